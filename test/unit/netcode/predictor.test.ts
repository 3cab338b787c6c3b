/** The predictor by itself: what it takes, what it plays again, and where it stops. */
import { describe, expect, it } from 'vitest';
import type { MessageOf } from '../../../shared/contract/messages.ts';
import { withDefaults } from '../../../shared/games/game.ts';
import type { PongCommand } from '../../../shared/games/pong/command.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import type { PongState } from '../../../shared/games/pong/state.ts';
import { Predictor } from '../../../shared/netcode/predictor.ts';
import { stateHash } from '../../../shared/sim/state-hash.ts';

const RATE = 60;
const TICK_MS = 1000 / RATE;
const parameters = withDefaults(pong.parameters);
const DOWN = 2;

const predictor = (seat: number | null = 0): Predictor<PongState, PongCommand, typeof pong.parameters> =>
  new Predictor({ game: pong, parameters, rate: RATE, seat });

/** The states of a match in which each seat always gives the same command. */
function states(commands: readonly (number | null)[], ticks: number): PongState[] {
  let state = pong.initial(parameters, 11, RATE);
  for (const seat of [0, 1]) state = pong.join(state, seat);
  const all = [state];
  for (let tick = 1; tick <= ticks; tick++) all.push((state = pong.step(state, commands, [])));
  return all;
}

function syncOf(all: readonly PongState[], tick: number, commands: readonly (number | null)[]): MessageOf<'SYNC'> {
  const { court: _, ...state } = all[tick]!;
  return { type: 'SYNC', tick, seq: 0, commands, state };
}

const placeOf = (state: PongState, seat: 0 | 1): number => state.paddles[seat].at;

describe('the predictor', () => {
  it('plays on as the rules do: the same state at the same tick, without the fields that SYNC leaves out', () => {
    const commands = [1, 2, null, null];
    const all = states(commands, 60);
    const ahead = predictor();
    for (let tick = 1; tick <= 20; tick++) ahead.take(syncOf(all, tick, commands), tick * TICK_MS);
    const frame = ahead.frame(40 * TICK_MS)!;
    expect(frame.tick).toBeGreaterThan(40);
    expect(stateHash(frame.before)).toBe(stateHash(all[frame.tick]));
    expect(stateHash(frame.after)).toBe(stateHash(all[frame.tick + 1]));
  });

  it('plays its own inputs again that the hub has not counted, and no others', () => {
    const still = [0, 0, null, null];
    const all = states(still, 60);
    const ahead = predictor();
    for (let tick = 1; tick <= 10; tick++) ahead.take(syncOf(all, tick, still), tick * TICK_MS);
    const before = ahead.frame(10 * TICK_MS)!;
    ahead.input(1, { buttons: DOWN, axis: null }, 10 * TICK_MS);
    const { speed } = before.before.court.sides[0];
    const frame = ahead.frame(14 * TICK_MS)!;
    const moved = frame.tick - before.tick;
    expect(placeOf(frame.before, 0)).toBe(placeOf(before.before, 0) + moved * speed);
    // A SYNC from before the input changes nothing of that; one that has counted it says where the paddle is.
    ahead.take(syncOf(all, 11, still), 14 * TICK_MS);
    expect(placeOf(ahead.frame(14 * TICK_MS)!.before, 0)).toBe(placeOf(frame.before, 0));
    ahead.take({ ...syncOf(all, 12, still), seq: 1 }, 14 * TICK_MS);
    expect(placeOf(ahead.frame(14 * TICK_MS)!.before, 0)).toBe(placeOf(all[12]!, 0));
    expect(placeOf(frame.before, 1)).toBe(placeOf(before.before, 1));
  });

  it('moves a neighbour at the same keyboard at once, until the hub has counted it or must have lost it', () => {
    const still = [0, 0, null, null];
    const down = [0, 2, null, null];
    const all = states(still, 60);
    const ahead = predictor();
    for (let tick = 1; tick <= 10; tick++) ahead.take(syncOf(all, tick, still), tick * TICK_MS);
    const before = ahead.frame(10 * TICK_MS)!;
    ahead.beside(1, { buttons: DOWN, axis: null }, 10 * TICK_MS);
    const { speed } = before.before.court.sides[1];
    const frame = ahead.frame(14 * TICK_MS)!;
    const moved = (frame.tick - before.tick) * speed;
    expect(placeOf(frame.before, 1)).toBe(placeOf(before.before, 1) + moved);
    expect(placeOf(frame.before, 0)).toBe(placeOf(before.before, 0));
    // Counted: the same.
    const counted = all.slice(0, before.tick + 1);
    let state = all[before.tick]!;
    for (let more = 0; more < 2; more++) counted.push((state = pong.step(state, down, [])));
    ahead.take(syncOf(counted, before.tick + 2, down), 14 * TICK_MS);
    expect(placeOf(ahead.frame(14 * TICK_MS)!.before, 1)).toBe(placeOf(frame.before, 1));
    // Lost: the hub's word counts in the end.
    const lost = predictor();
    for (let tick = 1; tick <= 10; tick++) lost.take(syncOf(all, tick, still), tick * TICK_MS);
    lost.beside(1, { buttons: DOWN, axis: null }, 10 * TICK_MS);
    for (let tick = 11; tick <= 40; tick++) lost.take(syncOf(all, tick, still), tick * TICK_MS);
    expect(placeOf(lost.frame(40 * TICK_MS)!.before, 1)).toBe(placeOf(before.before, 1));
  });

  it('ignores what is older than what it knows, until the hub was silent: then play has begun anew', () => {
    const still = [0, 0, null, null];
    const all = states(still, 60);
    const ahead = predictor();
    expect(ahead.frame(0)).toBeNull();
    expect(ahead.silent(0)).toBe(false);
    expect(ahead.take(syncOf(all, 50, still), 1000)).toBe(true);
    expect(ahead.take(syncOf(all, 49, still), 1010)).toBe(false);
    expect(ahead.truth?.tick).toBe(50);
    expect(ahead.silent(2100)).toBe(true);
    expect(ahead.take(syncOf(all, 3, still), 2100)).toBe(true);
    expect(ahead.truth?.tick).toBe(3);
    expect(ahead.frame(2100)!.tick).toBeLessThan(12);
  });

  it('plays on alone for ten seconds, and no further', () => {
    const still = [0, 0, null, null];
    const all = states(still, 10);
    const ahead = predictor(null);
    ahead.take(syncOf(all, 10, still), 0);
    const ticks: number[] = [];
    for (let now = 0; now < 20_000; now += 100) ticks.push(ahead.frame(now)!.tick);
    expect(Math.max(...ticks)).toBe(610);
    expect(ticks.toSorted((a, b) => a - b)).toEqual(ticks);
  });
});
