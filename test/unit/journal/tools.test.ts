/** Verify, diff, seek, cut, fork and rows on matches whose every state is known. */
import { describe, expect, it } from 'vitest';
import { GAMES } from '../../../shared/games/registry.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import type { Plain } from '../../../shared/journal/byte-writer.ts';
import type { Call } from '../../../shared/journal/calls.ts';
import { cut, fork } from '../../../shared/journal/cut.ts';
import { diff, isSameMatch } from '../../../shared/journal/diff.ts';
import { JournalReader } from '../../../shared/journal/journal-reader.ts';
import { JournalWriter } from '../../../shared/journal/journal-writer.ts';
import { MatchRecorder } from '../../../shared/journal/match-recorder.ts';
import { Replay } from '../../../shared/journal/replay.ts';
import { rows } from '../../../shared/journal/rows.ts';
import { seek } from '../../../shared/journal/seek.ts';
import { timeline } from '../../../shared/journal/timeline.ts';
import { holdsGood, verify } from '../../../shared/journal/verify.ts';
import { Bytes, RandomMatch, recordMatch } from '../../support/journals.ts';

const read = (bytes: Uint8Array): JournalReader => new JournalReader(bytes);

/** The same journal with calls changed. */
function changed(bytes: Uint8Array, change: (call: Call, at: number) => Call | null): JournalReader {
  const out = new Bytes();
  const writer = new JournalWriter(read(bytes).header, out.sink);
  let at = 0;
  for (const call of read(bytes).calls()) {
    const other = change(call, at++);
    if (other !== null) writer.write(other);
  }
  writer.finish();
  return read(out.all);
}

function made(write: (sink: (bytes: Uint8Array) => void) => void): JournalReader {
  const out = new Bytes();
  write(out.sink);
  return read(out.all);
}

describe('verify', () => {
  const bytes = recordMatch(pong, { seed: 3, ticks: 4000, rare: 0, seats: 4, parameters: { target: 99 } });

  it('names the first tick that differs, and the field, when a key frame follows', () => {
    const { disagreement } = verify(
      changed(bytes, (call) => (call.op === 'input' && call.tick > 600 && call.tick < 660 ? null : call)),
    );
    expect(disagreement).toMatchObject({ equalUntil: 600, tick: 660, what: 'state', fieldTick: 1800 });
    expect(disagreement?.field).toMatch(/^(ball|paddles|random|rally|scores)/);
  });

  it('names exactly the field that was changed in a key frame', () => {
    const { disagreement } = verify(
      changed(bytes, (call) => {
        if (call.op !== 'key' || call.tick !== 1800) return call;
        const state = structuredClone(call.state) as { ball: { at: number[] } };
        (state.ball.at as [number, number])[1] += 1;
        return { ...call, state: state as unknown as Plain };
      }),
    );
    expect(disagreement).toMatchObject({ tick: 1800, field: 'ball.at[1]', fieldTick: 1800 });
    expect(disagreement?.said).toBe((disagreement?.found as number) + 1);
  });

  it('names a wrong result and wrong commands', () => {
    const won = recordMatch(pong, { seed: 3, ticks: 60_000, rare: 0, parameters: { target: 1 } });
    const wrong = changed(won, (call) => (call.op === 'outcome' ? { ...call, scores: [9, 9, 9, 9] } : call));
    expect(verify(wrong).disagreement).toMatchObject({ what: 'scores', field: '[0]', said: 9 });
    const commands = changed(bytes, (call) => (call.op === 'key' ? { ...call, commands: [7, 7, 7, 7] } : call));
    expect(verify(commands).disagreement).toMatchObject({ tick: 1800, what: 'commands' });
  });
});

describe('diff', () => {
  it('finds nothing between a journal and one that was begun at another time', () => {
    const bytes = recordMatch(pong, { seed: 3, ticks: 500 });
    const out = new Bytes();
    const writer = new JournalWriter({ ...read(bytes).header, startedAt: 1, about: { room: 'other' } }, out.sink);
    for (const call of read(bytes).calls()) writer.write({ ...call, time: call.time + 77 });
    writer.finish();
    expect(isSameMatch(diff(read(bytes), read(out.all)))).toBe(true);
  });

  it('finds the call, and the first tick and field of the state that follow from it', () => {
    const bytes = recordMatch(pong, { seed: 3, ticks: 500, rare: 0 });
    let dropped: Call | null = null;
    const other = changed(bytes, (call) => {
      if (dropped !== null || call.op !== 'input' || call.tick < 100 || call.command === 0) return call;
      dropped = call;
      return null;
    });
    const found = diff(read(bytes), other);
    expect(found.header).toBeNull();
    expect(found.call?.one).toEqual(dropped);
    const { tick } = dropped as unknown as Call;
    expect(found.state?.tick).toBeGreaterThan(tick);
    expect(found.state?.tick).toBeLessThan(tick + 3);
    expect(found.state?.field).toMatch(/^paddles/);
  });

  it('finds another seed', () => {
    const found = diff(
      read(recordMatch(pong, { seed: 3, ticks: 50 })),
      read(recordMatch(pong, { seed: 4, ticks: 50 })),
    );
    expect(found.header).toMatchObject({ field: 'seed', one: 3, other: 4 });
  });
});

describe.each(GAMES.map((game) => [game.name, game] as const))('%s', (_name, game) => {
  const match = new RandomMatch(game, { seed: 11, ticks: 3000, rare: 15, rate: 30 });
  const bytes = match.play();
  const states = [...timeline(read(bytes))];

  it('seek gives the state at any tick, as playing from the beginning does', () => {
    const replay = new Replay(game, read(bytes).header);
    const calls = [...read(bytes).calls()];
    let next = 0;
    for (let tick = 0; tick < match.tick; tick += 37) {
      for (let call = calls[next]; call !== undefined && call.tick <= tick; call = calls[++next]) replay.apply(call);
      replay.playTo(tick);
      const found = seek(read(bytes), tick).replay;
      expect(found.state).toEqual(replay.state);
      expect(found.commands).toEqual(replay.commands);
    }
    expect(() => seek(read(bytes), match.tick + 1)).toThrow(`There is no tick ${match.tick + 1}`);
  });

  it('cut gives a journal that holds good and has the same states', () => {
    const [from, to] = [Math.floor(match.tick / 3), Math.floor(match.tick / 2)];
    const part = made((sink) => cut(read(bytes), { from, to }, sink));
    const verdict = verify(part);
    expect([verdict.disagreement, verdict.damage, verdict.ticks]).toEqual([null, null, to]);
    for (const { tick, state } of timeline(part)) expect(state).toEqual(states[tick]?.state);
    const whole = made((sink) => cut(read(bytes), { from: null, to: null }, sink));
    expect(isSameMatch(diff(whole, read(bytes)))).toBe(true);
    expect(() => cut(read(bytes), { from: 0, to: 1e6 }, () => {})).toThrow('There is no tick 1000000');
    expect(() => cut(read(bytes), { from: 9, to: 8 }, () => {})).toThrow('before it begins');
  });

  it('fork begins with a key frame, and goes on by a recorder behind it', () => {
    const at = Math.floor(match.tick / 2);
    const begun = new Bytes();
    fork(read(bytes), { at, startedAt: 5, about: { forkTick: at } }, begun.sink);
    const forked = read(begun.all);
    const [first] = forked.calls();
    expect(first).toMatchObject({ op: 'key', tick: at, time: 0 });
    const moment = seek(forked, at).replay;
    expect(moment.state).toEqual(seek(read(bytes), at).replay.state);
    const written = forked.whole();
    const { tick, state, commands } = moment;
    const parts = { header: forked.header, sink: begun.sink, time: () => 100 };
    const recorder = new MatchRecorder(parts, { written, tick, state, commands });
    let now = state;
    for (let more = 0; more < 100; more++) {
      recorder.step(commands);
      now = game.step(now, commands, []);
      recorder.played(now);
    }
    recorder.finish({ kind: 'void' }, game.scores(now), now);
    const verdict = verify(read(begun.all));
    expect(holdsGood(verdict) && verdict.finished).toBe(true);
    expect(verdict.ticks).toBe(at + 100);
  });

  it('rows have every tick and seat once, rewards that add up to the points, and the result', () => {
    const total = new Map<string, number>();
    const seen = new Set<string>();
    let last: { score: number; outcome: unknown } | null = null;
    for (const row of rows(read(bytes))) {
      expect(seen.has(`${row.tick} ${row.seat}`)).toBe(false);
      seen.add(`${row.tick} ${row.seat}`);
      total.set(row.seat, (total.get(row.seat) ?? 0) + row.reward);
      last = row;
    }
    const scores = game.scores(match.state);
    for (const [seat, points] of total) expect(points).toBeLessThanOrEqual(scores[game.seats.indexOf(seat)] ?? 0);
    // When everybody has left there is nobody to tell it to.
    const somebody = game.seats.some((_, seat) => game.observe(match.state, seat) !== null);
    if (somebody) expect(last?.outcome).not.toBeNull();
    else expect(game.outcome(match.state)).toEqual({ kind: 'void' });
    expect(seen.size).toBeGreaterThan(match.tick);
  });

  it('the timeline has every state that the match had, and its points', () => {
    expect(states.at(-1)?.state).toEqual(match.state);
    expect(states).toHaveLength(match.tick + 1);
    const gained = game.seats.map((_, seat) => states.reduce((sum, moment) => sum + (moment.gained[seat] ?? 0), 0));
    expect(gained).toEqual(game.scores(match.state));
  });
});

describe('size', () => {
  it('ten lively minutes of four players stay under 64 KB', () => {
    const options = { ticks: 36_000, seats: 4, rare: 3, changes: 17, parameters: { target: 99, ballSpeed: 1000 } };
    for (const seed of [1, 2, 3]) {
      const match = new RandomMatch(pong, { seed, ...options });
      const bytes = match.play();
      const inputs = [...read(bytes).calls()].filter(({ op }) => op === 'input').length;
      expect(match.tick).toBe(36_000);
      expect(inputs / 600, 'changes a second').toBeGreaterThan(10);
      expect(bytes.length).toBeLessThan(65_536);
    }
  });
});
