/** Replaying while recording makes a copy, byte for byte, of every match of every game. */
import { describe, expect, it } from 'vitest';
import { GAMES, type AnyGame } from '../../../shared/games/registry.ts';
import { JournalReader, type Damage } from '../../../shared/journal/journal-reader.ts';
import { JournalWriter } from '../../../shared/journal/journal-writer.ts';
import { Replay, type Rules } from '../../../shared/journal/replay.ts';
import { holdsGood, verify } from '../../../shared/journal/verify.ts';
import { Bytes, RandomMatch, recordMatch } from '../../support/journals.ts';

/** Matches of each game. */
const MATCHES = 1000;

interface Copy {
  readonly bytes: Uint8Array;
  readonly replay: Replay;
  readonly damage: Damage | null;
}

function copy(bytes: Uint8Array, game: AnyGame, rules: Rules): Copy {
  const reader = new JournalReader(bytes);
  const replay = new Replay(game, reader.header, rules);
  const out = new Bytes();
  const writer = new JournalWriter(reader.header, out.sink);
  for (const call of reader.calls()) {
    replay.apply(call);
    writer.write(call);
  }
  writer.finish();
  return { bytes: out.all, replay, damage: reader.damage };
}

const differs = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) !== 0;

describe.each(GAMES.map((game) => [game.name, game] as const))('%s', (_name, game) => {
  it(`${MATCHES} matches: the copy is the same file, by real rules and by no-op rules, and ends in the same state`, () => {
    const wrong: number[] = [];
    for (let seed = 1; seed <= MATCHES; seed++) {
      const match = new RandomMatch(game, { seed, ticks: 100 + (seed % 200), rare: 60, rate: 10 + (seed % 51) });
      const bytes = match.play();
      const real = copy(bytes, game, 'real');
      const noop = copy(bytes, game, 'no-op');
      const sameState = JSON.stringify(real.replay.state) === JSON.stringify(match.state);
      const whole = real.damage === null && noop.damage === null;
      if (differs(bytes, real.bytes) || differs(bytes, noop.bytes) || !sameState || !whole) wrong.push(seed);
    }
    expect(wrong).toEqual([]);
  });

  it('every match verifies, and its index is what a scan finds', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const reader = new JournalReader(recordMatch(game, { seed, ticks: 200, rare: 40 }));
      const verdict = verify(reader);
      expect(verdict.disagreement, `seed ${seed}`).toBeNull();
      expect(holdsGood(verdict) && verdict.finished, `seed ${seed}`).toBe(true);
      expect(verdict.compared).toBeGreaterThan(0);
      expect(reader.index()).toEqual(reader.scan());
    }
  });

  it('times and ticks never go back', () => {
    const wrong: number[] = [];
    for (let seed = 1; seed <= 100; seed++) {
      let [tick, time] = [0, 0];
      for (const call of new JournalReader(recordMatch(game, { seed, ticks: 200, rare: 100 })).calls()) {
        if (call.tick < tick || call.time < time) wrong.push(seed);
        [tick, time] = [call.tick, call.time];
      }
    }
    expect(wrong).toEqual([]);
  });
});
