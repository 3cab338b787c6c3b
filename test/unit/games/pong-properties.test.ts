/** What must hold in every match: seeded matches of all sizes and rates, checked after each tick. */
import { describe, expect, it } from 'vitest';
import { stateHash } from '../../../shared/sim/state-hash.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import type { PongParameters } from '../../../shared/games/pong/parameters.ts';
import type { PongState } from '../../../shared/games/pong/state.ts';
import type { GameEvent } from '../../../shared/games/game.ts';
import { deepFreeze, dice, expectInside, expectIntegers, open, pointsIn, randomPlayers, run, sum } from './play.ts';

const SEATINGS = [
  [0, 1],
  [0, 2],
  [3, 1],
  [2, 3],
  [0, 1, 2],
  [1, 2, 3],
  [0, 1, 2, 3],
];
const RATES = [10, 30, 60, 120, 1000];

/** One match of `seconds`, checked at every tick: court, integers, points against events. */
function playChecked(start: PongState, seed: number, seconds: number): PongState {
  const { rate } = start.court;
  const players = randomPlayers(seed, rate);
  const events: GameEvent[] = [];
  let state = start;
  for (let tick = 0; tick < seconds * rate; tick++) {
    const before = state;
    const seen = events.length;
    state = pong.step(before, players(tick), events);
    expectInside(state);
    const points = pointsIn(events.slice(seen));
    if (points > 1 || sum(state.scores) - sum(before.scores) !== points) {
      expect.fail(`${points} point events, scores ${before.scores.join()} to ${state.scores.join()}`);
    }
    if (tick % rate === 0) expectIntegers(state);
  }
  return state;
}

describe('60 matches of 120 s with random held keys', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'match %i keeps the ball in the court and each point once',
    (seed) => {
      const seats = SEATINGS[seed % SEATINGS.length] as number[];
      // 1000 ticks a second for a third of the time: as many ticks as the others together.
      const rate = RATES[seed % RATES.length] as number;
      playChecked(open({ seats, seed, rate, parameters: { target: 99 } }), seed + 1000, rate === 1000 ? 40 : 120);
    },
  );
});

/** Parameters anywhere in their ranges, the ends of the ranges more often than the rest. */
function anyParameters(roll: (sides: number) => number): Partial<PongParameters> {
  const entries = Object.entries(pong.parameters).map(([name, { min, max }]) => {
    const kind = roll(4);
    return [name, kind === 0 ? min : kind === 1 ? max : min + roll(max - min + 1)];
  });
  return Object.fromEntries(entries) as Partial<PongParameters>;
}

it('400 matches with any parameters, any seats and any rate hold too', () => {
  const roll = dice(77);
  for (let match = 0; match < 400; match++) {
    const seats = SEATINGS[roll(SEATINGS.length)] as number[];
    const rate = RATES[roll(4)] as number;
    playChecked(open({ seats, seed: match, rate, parameters: anyParameters(roll) }), match, 5);
  }
});

it('joins and leaves in the middle of everything change no point and lose no ball', () => {
  for (let match = 0; match < 40; match++) {
    const roll = dice(match);
    const players = randomPlayers(match, 60);
    const events: GameEvent[] = [];
    let state = open({ seats: [], seed: match, parameters: { target: 99, serveMs: 200, ballSpeed: 8000 } });
    for (let tick = 0; tick < 6000; tick++) {
      if (roll(90) === 0) {
        const seat = roll(4);
        const changed = roll(2) === 0 ? pong.join(state, seat) : pong.leave(state, seat);
        expect(changed.scores).toEqual(state.scores);
        state = changed;
      }
      state = pong.step(state, players(tick), events);
      expectInside(state);
      if (tick % 60 === 0) expectIntegers(state);
    }
    expect(sum(state.scores)).toBe(pointsIn(events));
    for (const event of events) if (event.kind === 'point') expect(event.seat).not.toBe(event.against);
  }
});

it.each([0, 1, 2, 3, 4])('the same seed and commands give the same hash at every tick (%i)', (seed) => {
  const hashes = (): string[] => {
    const players = randomPlayers(seed, 60);
    const all: string[] = [];
    let state = open({ seats: [0, 1, 2, 3], seed });
    for (let tick = 0; tick < 1200; tick++) {
      state = pong.step(state, players(tick), []);
      all.push(stateHash(state));
    }
    return all;
  };
  const first = hashes();
  expect(hashes()).toEqual(first);
  expect(new Set(first).size).toBeGreaterThan(1000);
});

it('other seeds give other matches', () => {
  const ends = [1, 2, 3, 4, 5, 6].map((seed) => stateHash(run(open({ seed }), 120).state.ball));
  expect(new Set(ends).size).toBe(6);
});

it('a state taken through JSON goes on to the same end', () => {
  const players = randomPlayers(9, 60);
  let direct = open({ seats: [0, 1, 2, 3], seed: 9 });
  let carried = direct;
  for (let tick = 0; tick < 2000; tick++) {
    const commands = players(tick);
    direct = pong.step(direct, commands, []);
    carried = pong.step(JSON.parse(JSON.stringify(carried)) as PongState, commands, []);
  }
  expect(carried).toEqual(direct);
});

it('never writes to its input, and the commands and older states stay as they were', () => {
  for (const seed of [1, 2, 3]) {
    const players = randomPlayers(seed, 60);
    let state = deepFreeze(
      open({ seats: [0, 1, 2, 3], seed, parameters: { target: 2, serveMs: 100, ballSpeed: 9000 } }),
    );
    for (let tick = 0; tick < 3000; tick++) {
      const before = stateHash(state);
      const next = pong.step(state, deepFreeze(players(tick)), []);
      if (tick % 50 === 0) expect(stateHash(state)).toBe(before);
      state = deepFreeze(next);
    }
    deepFreeze(pong.join(deepFreeze(pong.leave(state, 0)), 0));
  }
});

describe('rallies end when nobody moves', () => {
  it.each(SEATINGS.map((seats) => [seats.join(' and '), seats] as const))('with seats %s', (_name, seats) => {
    const still = dice(4);
    for (let seed = 0; seed < 60; seed++) {
      const places = [0, 1, 2, 3].map(() => still(4096));
      const commands = places.map((to) => pong.validate({ to }, 0));
      const { ticks } = run(
        open({ seats, seed }),
        60 * 600,
        () => commands,
        (state) => sum(state.scores) > 0,
      );
      expect(ticks, `seed ${seed}, places ${places.join()}`).toBeLessThan(60 * 600);
    }
  });

  it('with paddles left in the middle of their sides', () => {
    for (const seats of SEATINGS) {
      for (let seed = 0; seed < 60; seed++) {
        const { ticks } = run(
          open({ seats, seed }),
          60 * 600,
          () => [],
          (state) => sum(state.scores) > 0,
        );
        expect(ticks, `seats ${seats.join()}, seed ${seed}`).toBeLessThan(60 * 600);
      }
    }
  });
});
