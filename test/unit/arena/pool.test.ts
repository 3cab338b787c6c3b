/** Matches in threads: the same as in this one, many at once, and a bad one costs itself. Needs `npm run build:node`. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { playMatchAtOnce } from '../../../hub/arena/arena.ts';
import { botPlayer } from '../../../hub/arena/bot-player.ts';
import { ArenaPool, type PlayerSpec, type PoolParts, type PoolTask } from '../../../hub/arena/pool.ts';
import { botFor, type BotMaker } from '../../../shared/games/bots.ts';
import { withDefaults } from '../../../shared/games/game.ts';
import { gameNamed, type AnyGame } from '../../../shared/games/registry.ts';
import { openJournal } from '../../../shared/journal/open.ts';
import { holdsGood, verify } from '../../../shared/journal/verify.ts';
import { compiledUrl } from '../../../shared/package-files.ts';
import { updating } from '../../support/agents/agents.ts';

function open(parts: PoolParts = {}): ArenaPool {
  const pool = new ArenaPool({ threads: 2, ...parts });
  onTestFinished(() => pool.stop());
  return pool;
}

const WITH_AGENTS: PoolParts = {
  worker: compiledUrl('hub/cli/match/agents-worker.js'),
  execArgv: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
};
const bot = (seed: number): PlayerSpec => ({ kind: 'bot', name: 'bot', seed });
const agent = (file: string): PlayerSpec => ({ kind: 'agent', name: 'agent', file, args: [] });

const task = (seed: number, more: Partial<PoolTask> = {}): PoolTask => ({
  id: `m${seed}`,
  game: 'pong',
  parameters: { target: 1 },
  players: [bot(seed), bot(seed + 1)],
  seed,
  rate: 60,
  ...more,
});

describe('a pool', () => {
  it('plays more matches than it has threads, each as it would be played here', async () => {
    const pool = open();
    const reports = await Promise.all([1, 2, 3, 4, 5].map((seed) => pool.play(task(seed))));
    const game = gameNamed('pong') as AnyGame;
    const make = botFor('pong') as BotMaker;
    for (const [at, report] of reports.entries()) {
      const seed = at + 1;
      const here = playMatchAtOnce({
        game,
        parameters: withDefaults(game.parameters, { target: 1 }),
        players: [botPlayer(make, seed), botPlayer(make, seed + 1)],
        seed,
        rate: 60,
        id: `m${seed}`,
      });
      expect(report).toEqual({ ...here, journal: null });
    }
  });

  it('gives the journal of a match that wants one', async () => {
    const { journal, ticks } = await open().play(task(1, { record: true }));
    const verdict = verify(openJournal(journal as Uint8Array));
    expect(holdsGood(verdict)).toBe(true);
    expect(verdict).toMatchObject({ ticks, finished: true });
  });

  it('plays agents in TypeScript, where its threads know them', async () => {
    const report = await open(WITH_AGENTS).play(task(1, { players: [agent(updating("return 'up';")), bot(2)] }));
    expect(report).toMatchObject({ ending: { kind: 'win' }, invalid: [0, 0, 0, 0] });
    await expect(open().play(task(1, { players: [agent('a.ts'), bot(2)] }))).rejects.toMatchObject({
      code: 'player-unknown',
    });
  });

  it.each([
    ['game-unknown', { game: 'chess' }],
    ['game-without-bot', { game: 'buzzer' }],
    ['players-wrong', { players: [bot(1)] }],
    ['agent-missing', { players: [agent('/nowhere.ts'), bot(2)] }],
  ])('refuses with %s what cannot be played, and goes on', async (code, more) => {
    const pool = open({ ...WITH_AGENTS, threads: 1 });
    await expect(pool.play(task(1, more))).rejects.toMatchObject({ code });
    expect((await pool.play(task(2))).failure).toBeNull();
  });

  it('gives a match up that hangs its thread', async () => {
    const pool = open({ ...WITH_AGENTS, threads: 1, matchMs: 1500 });
    const hung = pool.play(task(1, { players: [agent(updating('for (;;);')), bot(2)] }));
    await expect(hung).rejects.toMatchObject({ code: 'agent-hung' });
  });

  it('plays on in a fresh thread when one has ended', async () => {
    const pool = open({ ...WITH_AGENTS, threads: 1 });
    const ended = pool.play(task(1, { players: [agent(updating('process.exit(1);')), bot(2)] }));
    await expect(ended).rejects.toMatchObject({ code: 'agent-crashed' });
    expect((await pool.play(task(2))).failure).toBeNull();
  });

  it('that is stopped plays no more', async () => {
    const pool = open({ threads: 1 });
    const one = pool.play(task(1, { parameters: { target: 99 } }));
    const other = pool.play(task(2));
    const ends = Promise.all([
      expect(other).rejects.toMatchObject({ code: 'internal-error' }),
      expect(one).rejects.toMatchObject({ code: 'agent-crashed' }),
    ]);
    await pool.stop();
    await ends;
  });
});
