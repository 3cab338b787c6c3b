/** Matches without a clock: results, lateness, bad commands, bad games. Time stands still but where a test lets it pass. */
import { describe, expect, it, vi } from 'vitest';
import { playMatch, playMatchAtOnce, type MatchSetup } from '../../../hub/arena/arena.ts';
import { botPlayer } from '../../../hub/arena/bot-player.ts';
import type { Player } from '../../../hub/arena/player.ts';
import { PaddlewireError } from '../../../shared/errors.ts';
import { botFor, type BotMaker } from '../../../shared/games/bots.ts';
import { withDefaults, type Game, type Outcome } from '../../../shared/games/game.ts';
import { gameNamed, GAMES, type AnyGame } from '../../../shared/games/registry.ts';
import { openJournal } from '../../../shared/journal/open.ts';
import { holdsGood, verify } from '../../../shared/journal/verify.ts';

const named = (name: string): AnyGame => gameNamed(name) as AnyGame;
const bot = (game: string, seed: number): Player => botPlayer(botFor(game) as BotMaker, seed);
const player = (act: Player['act'], more: Partial<Player> = {}): Player => ({ name: 'test', act, ...more });

function setup(game: AnyGame, players: (Player | null)[], more: Partial<MatchSetup> = {}): MatchSetup {
  return { game, parameters: withDefaults(game.parameters), players, seed: 1, rate: 60, ...more };
}

const PONG = named('pong');
const still = (): Player => player(() => null);

interface Count {
  readonly tick: number;
  readonly said: readonly (number | null)[];
}

/** Two players count to ten, say numbers, and the first wins; what is given makes it worse. */
function counting(more: Partial<Game<Count, number>> = {}): AnyGame {
  const game: Game<Count, number> = {
    name: 'counting',
    version: 1,
    about: 'Counts.',
    seats: ['a', 'b'],
    minSeats: 2,
    parameters: {},
    controls: {},
    late: 'null',
    initial: () => ({ tick: 0, said: [] }),
    join: (state) => state,
    leave: (state) => state,
    step: ({ tick }, commands) => ({ tick: tick + 1, said: commands }),
    command: () => 0,
    validate: (value) => (typeof value === 'number' && Number.isInteger(value) ? value : null),
    scores: ({ tick }) => [tick, 0],
    outcome: ({ tick }): Outcome | null => (tick < 10 ? null : { kind: 'win', winner: 0 }),
    observe: ({ said }) => said,
    view: () => new Uint8Array(),
    ...more,
  };
  return game;
}

/** What the second seat sees of the first, which spoke once. */
function seenOfSilent(late: 'repeat' | 'null'): unknown[] {
  const seen: unknown[] = [];
  const one = player((tick) => (tick === 1 ? 5 : null));
  const other = player((_tick, what) => void seen.push((what as number[])[0] ?? null));
  playMatchAtOnce(setup(counting({ late }), [one, other]));
  return seen.slice(0, 5);
}

/** Timers and the clock are the test's. */
function withTime(run: (advance: (ms: number) => Promise<void>) => Promise<void>): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  return run(async (ms) => void (await vi.advanceTimersByTimeAsync(ms))).finally(() => void vi.useRealTimers());
}

/** What a bug of a game does. */
function broken(): never {
  throw new Error('a bug');
}

describe('a match in the arena', () => {
  it.each(GAMES.filter(({ name }) => botFor(name) !== undefined && name !== 'reaction').map(({ name }) => name))(
    'of two bots of %s ends, and is the same each time',
    async (name) => {
      const play = () => playMatch(setup(named(name), [bot(name, 1), bot(name, 2)], { seed: 7 }));
      const [one, other] = [await play(), await play()];
      expect(one.failure).toBeNull();
      expect(one.ending?.kind).toMatch(/^(win|draw)$/);
      expect(other).toEqual(one);
    },
  );

  it('at once and with promises is the same match', async () => {
    const slow = (seed: number): Player => {
      const inner = bot('pong', seed);
      return player((tick, seen) => Promise.resolve(inner.act(tick, seen)));
    };
    const atOnce = playMatchAtOnce(setup(PONG, [bot('pong', 1), bot('pong', 2)]));
    const limits = { moveMs: 1_000_000, firstMoveMs: 1_000_000 };
    const later = await playMatch(setup(PONG, [slow(1), slow(2)], { limits }));
    expect(later).toEqual(atOnce);
  });

  it('is recorded so that its journal holds good', () => {
    const chunks: Uint8Array[] = [];
    const report = playMatchAtOnce(
      setup(PONG, [bot('pong', 1), still(), bot('pong', 3)], { record: (bytes) => void chunks.push(bytes) }),
    );
    const verdict = verify(openJournal(Buffer.concat(chunks)));
    expect(holdsGood(verdict)).toBe(true);
    expect(verdict).toMatchObject({ finished: true, ticks: report.ticks });
    expect(verdict.compared).toBeGreaterThan(3);
  });

  it('tells players where they sit, and how it ended', async () => {
    const told: unknown[] = [];
    const one = player(() => 1, { begin: (placed) => told.push(placed), end: (over) => void told.push(over) });
    await playMatch(setup(counting(), [one, still()], { id: 'm' }));
    expect(told).toEqual([
      { match: 'm', seat: 'a', index: 0, rate: 60 },
      { ending: { kind: 'win', winner: 0 }, scores: [10, 0], stats: null },
    ]);
  });

  it('asks only the seats that a game in turns awaits', () => {
    const asked: number[] = [];
    const game = counting({ awaits: ({ tick }) => (tick % 2 === 0 ? [0] : []) });
    const one = player((tick) => void asked.push(tick));
    const other = player(() => {
      throw new Error('nobody asked');
    });
    expect(playMatchAtOnce(setup(game, [one, other])).ending).toEqual({ kind: 'win', winner: 0 });
    expect(asked).toEqual([0, 2, 4, 6, 8]);
  });

  it('repeats what a silent seat said last where the game has it so, else it says nothing', () => {
    expect(seenOfSilent('repeat')).toEqual([null, null, 5, 5, 5]);
    expect(seenOfSilent('null')).toEqual([null, null, 5, null, null]);
  });

  it('refuses too few and too many players', async () => {
    await expect(playMatch(setup(PONG, [still()]))).rejects.toMatchObject({ code: 'players-wrong' });
    const five = [still(), still(), still(), still(), still()];
    await expect(playMatch(setup(PONG, five))).rejects.toMatchObject({ code: 'players-wrong' });
  });

  it('of players that need time is not played at once', () => {
    const one = player(() => Promise.resolve(1));
    expect(() => playMatchAtOnce(setup(counting(), [one, still()]))).toThrow(RangeError);
  });
});

describe('a late player', () => {
  it('has a second for its first move, then a tick, and its late answer counts for no other tick', () =>
    withTime(async (advance) => {
      const answers: ((value: number) => void)[] = [];
      const asked: number[] = [];
      const seen: unknown[] = [];
      const slow = player((tick) => {
        asked.push(tick);
        return new Promise((resolve) => answers.push(resolve));
      });
      const quick = player((_tick, what) => void seen.push((what as number[])[0] ?? null));
      const playing = playMatch(setup(counting(), [slow, quick]));
      await advance(999);
      expect(seen).toHaveLength(1);
      answers[0]?.(1);
      await advance(0);
      expect(asked).toEqual([0, 1]);
      await advance(17);
      // It missed tick 1 and still thinks: tick 2 it misses too.
      expect(asked).toEqual([0, 1]);
      answers[1]?.(99);
      await advance(17);
      expect(asked).toEqual([0, 1, 3]);
      answers[2]?.(3);
      await advance(17 * 20);
      const report = await playing;
      expect(seen).not.toContain(99);
      expect(seen.slice(0, 5)).toEqual([null, 1, null, null, 3]);
      expect(report.late[0]).toBeGreaterThanOrEqual(2);
      expect(report.late[1]).toBe(0);
      expect(report.ticks).toBe(10);
    }));

  it('has the time of a game in turns', () =>
    withTime(async (advance) => {
      const slow = player(() => new Promise((resolve) => setTimeout(resolve, 4999, 1)));
      const playing = playMatch(setup(counting({ thinkMs: () => 5000 }), [slow, still()]));
      await advance(50_000);
      expect(await playing).toMatchObject({ late: [0, 0], ending: { kind: 'win' } });
    }));

  it('that never answers is ended after so many budgets; the others lose no tick until then', () =>
    withTime(async (advance) => {
      const failed: unknown[] = [];
      let ticks = 0;
      const hung = player(() => new Promise(() => {}), { fail: ({ code }) => void failed.push(code) });
      const other = player(() => void ticks++);
      const game = counting({ outcome: () => null });
      const playing = playMatch(setup(game, [hung, other]));
      await advance(6000);
      const report = await playing;
      expect(report.gone).toMatchObject({ seat: 0, code: 'agent-hung' });
      expect(report.ending).toEqual({ kind: 'disconnected', seat: 0 });
      expect(failed).toEqual(['agent-hung']);
      expect(report.late[0]).toBe(report.ticks + 1);
      expect(ticks).toBe(report.ticks + 1);
      // From 1 s on a tick of a sixtieth each.
      expect(ticks).toBeGreaterThan(200);
    }));
});

describe('a bad command', () => {
  it.each([
    ['no word of it', 'jump'],
    ['NaN', Number.NaN],
    ['a list of the wrong length', [1, 2, 3]],
    ['a field out of range', { move: 7 }],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('is told and counts as none: %s', async (_what, value) => {
    const told: string[] = [];
    const bad = player(() => value, { told: (code, text) => void told.push(`${code}: ${text}`) });
    const report = await playMatch(setup(PONG, [bad, bot('pong', 2)], { limits: { maxTicks: 5 } }));
    expect(report.invalid).toEqual([5, 0, 0, 0]);
    expect(told).toHaveLength(5);
    expect(told[0]).toMatch(/^command-invalid: pong has no such command/);
    expect(report.ticks).toBe(5);
  });

  it('names the words of a game that has some', async () => {
    const told: string[] = [];
    const bad = player(() => 'stone', { told: (_code, text) => void told.push(text) });
    await playMatch(setup(named('rps'), [bad, bot('rps', 2)], { limits: { maxTicks: 1 } }));
    expect(told[0]).toContain('rock, paper, scissors');
  });

  it('ends the match where the policy says so, naming the seat', async () => {
    const bad = player((tick) => (tick < 3 ? 1 : 'jump'));
    const report = await playMatch(setup(counting(), [still(), bad], { invalid: 'disconnect' }));
    expect(report).toMatchObject({
      ending: { kind: 'disconnected', seat: 1 },
      gone: { seat: 1, code: 'command-invalid' },
      ticks: 3,
    });
  });

  it('that its process refused is counted, and the match goes on', async () => {
    const bad = player(() => Promise.reject(new PaddlewireError('message-too-large')));
    const report = await playMatch(setup(counting(), [bad, still()]));
    expect(report).toMatchObject({ invalid: [10, 0], late: [0, 0], ending: { kind: 'win', winner: 0 } });
  });
});

describe('a player that cannot go on ends the match with its seat', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
      'agent-threw',
      /broken/,
    ],
    ['is rejected', () => Promise.reject(new PaddlewireError('agent-memory', 'much')), 'agent-memory', /much/],
  ] as const)('%s', async (_how, act, code, text) => {
    const report = await playMatch(setup(counting(), [player(act), still()]));
    expect(report).toMatchObject({
      ending: { kind: 'disconnected', seat: 0 },
      gone: { seat: 0, code, text: expect.stringMatching(text) },
      ticks: 0,
    });
  });
});

describe('a bad game costs its match and nothing else', () => {
  const bad: [string, string, Partial<Game<Count, number>>][] = [
    ['throws as it begins', 'game-failed', { initial: broken }],
    ['throws in a step', 'game-failed', { step: broken }],
    ['throws as it looks at a command', 'game-failed', { validate: broken }],
    ['throws as it says whom it awaits', 'game-failed', { awaits: broken }],
    ['throws as it tells what a seat sees', 'game-failed', { observe: broken }],
    ['throws as it is asked for its outcome', 'game-failed', { outcome: broken }],
    ['has NaN for a score', 'game-failed', { scores: () => [Number.NaN, 0] }],
    ['has NaN in its state', 'game-failed', { step: ({ tick }) => ({ tick: tick + 1, said: [Number.NaN] }) }],
    ['has a fraction in its state', 'game-failed', { step: ({ tick }) => ({ tick: tick + 1, said: [0.5] }) }],
    ['never ends', 'game-endless', { outcome: () => null }],
  ];

  it.each(bad)('%s: %s', async (_how, code, more) => {
    const report = await playMatch(
      setup(counting(more), [player(() => 1), player(() => 2)], { limits: { maxTicks: 100 } }),
    );
    expect(report.failure?.code).toBe(code);
    expect(report.ending).toBeNull();
  });
});
