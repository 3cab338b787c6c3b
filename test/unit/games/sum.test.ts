/** Sum: turns, the end at ten, and what happens to who says nothing or too much. */
import { describe, expect, it } from 'vitest';
import { botFor } from '../../../shared/games/bots.ts';
import { withDefaults, type GameEvent } from '../../../shared/games/game.ts';
import { sum } from '../../../shared/games/sum/sum.ts';
import type { SumParameters, SumState } from '../../../shared/games/sum/state.ts';
import { readSumView } from '../../../shared/games/sum/view.ts';

const open = (values: Partial<SumParameters> = {}, seed = 1): SumState =>
  sum.join(sum.join(sum.initial(withDefaults(sum.parameters, { showMs: 0, ...values }), seed, 60), 0), 1);

/** Whoever's turn it is adds this, the other says 9 all the time: that counts for nothing. */
function add(state: SumState, number: number, events: GameEvent[] = []): SumState {
  return sum.step(state, state.turn === 0 ? [number, 9] : [9, number], events);
}

const play = (state: SumState, ...numbers: number[]): SumState =>
  numbers.reduce((now, number) => add(now, number), state);

describe('a round', () => {
  it('goes in turns, and who brings the sum to ten has the point', () => {
    const begun = open({ rounds: 1 });
    const beginner = begun.turn;
    const nine = play(begun, 3, 3, 3);
    expect(nine).toMatchObject({ sum: 9, added: 3, turn: beginner === 0 ? 1 : 0, phase: 'think' });
    const events: GameEvent[] = [];
    const ended = add(nine, 1, events);
    expect(events).toEqual([{ kind: 'point', seat: nine.turn, against: beginner }]);
    expect(sum.outcome(ended)).toEqual({ kind: 'win', winner: nine.turn });
    expect(add(ended, 1)).toBe(ended);
  });

  it('never goes beyond its target, and counts more than may be added as the most that may', () => {
    expect(play(open(), 9)).toMatchObject({ sum: 3, added: 3 });
    expect(play(open({ rounds: 1 }), 3, 3, 3, 3)).toMatchObject({ sum: 10, added: 1, phase: 'over' });
  });

  it('adds 1 for whoever says nothing in time, and counts that', () => {
    let state = open({ thinkMs: 1000 });
    const slow = state.turn;
    for (let tick = 0; tick < 59; tick++) state = add(state, 0);
    expect(state.sum).toBe(0);
    state = add(state, 0);
    expect(state).toMatchObject({ sum: 1, turn: slow === 0 ? 1 : 0 });
    expect(sum.stats?.(state, slow)).toEqual({ missed: 1 });
  });

  it('is begun by each in turn, the first by chance', () => {
    const first = new Set(Array.from({ length: 20 }, (_, seed) => open({}, seed).turn));
    expect(first).toEqual(new Set([0, 1]));
    const state = open();
    expect(play(state, 3, 3, 3, 1)).toMatchObject({ round: 2, sum: 0, turn: state.turn === 0 ? 1 : 0 });
  });

  it('is shown for a while, in which nothing counts', () => {
    let state = play(open({ showMs: 100 }), 3, 3, 3, 1);
    expect(state).toMatchObject({ phase: 'shown', round: 1, sum: 10 });
    expect(sum.awaits?.(state)).toEqual([]);
    for (let tick = 0; tick < 6; tick++) state = sum.step(state, [3, 3], []);
    expect(state).toMatchObject({ phase: 'think', round: 2, sum: 0 });
  });
});

describe('what is told', () => {
  it('to a seat: whose turn it is and how far it is', () => {
    const state = play(open(), 2);
    const seat = state.turn;
    expect(sum.observe(state, seat)).toMatchObject({ yours: true, sum: 2, target: 10, largest: 3, added: 2, round: 1 });
    expect(sum.observe(state, seat === 0 ? 1 : 0)).toMatchObject({ yours: false, sum: 2 });
    expect(sum.awaits?.(state)).toEqual([seat]);
    expect(sum.observe(sum.leave(state, 0), 0)).toBeNull();
  });

  it('to spectators', () => {
    const state = play(open({ target: 300, largest: 9, thinkMs: 60_000 }), 9, 8);
    expect(readSumView(sum.view(state))).toEqual({
      phase: 'think',
      round: 1,
      rounds: 4,
      sum: 17,
      target: 300,
      turn: state.turn,
      added: 8,
      leftMs: 60_000,
      seated: [true, true],
      scores: [0, 0],
    });
    expect(readSumView(new Uint8Array(12))).toBeNull();
  });
});

describe('a number', () => {
  it('is an integer from 1 to 9, or its digit', () => {
    expect([1, 9, '3'].map((value) => sum.validate(value, 0))).toEqual([1, 9, 3]);
    for (const value of [0, 10, -1, 1.5, '10', '', ' ', '+', [1], null]) expect(sum.validate(value, 0)).toBeNull();
  });
});

describe('the bot', () => {
  it('speaks when it is its turn, once, and knows where to go', () => {
    const seen = { you: '1', yours: true, sum: 3, target: 10, largest: 3, round: 1 };
    const answers = Array.from({ length: 40 }, (_, seed) => botFor('sum')?.(seed)(seen));
    // 6 is the place from which nobody can win: 3 is right, and mostly said.
    expect(answers.filter((answer) => answer === 3).length).toBeGreaterThan(20);
    const bot = botFor('sum')?.(1);
    expect(bot?.({ ...seen, yours: false })).toBeNull();
    expect(bot?.(seen)).not.toBeNull();
    expect(bot?.(seen)).toBeNull();
  });
});
