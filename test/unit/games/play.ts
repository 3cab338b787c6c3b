/** What the tests of Pong share: seeded players, and the checks that must hold after every tick. */
import { expect } from 'vitest';
import { withDefaults, type GameEvent } from '../../../shared/games/game.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import type { PongParameters } from '../../../shared/games/pong/parameters.ts';
import type { Ball, PongState } from '../../../shared/games/pong/state.ts';
import { nextBelow, seedPrng } from '../../../shared/sim/prng.ts';

export interface Opening {
  readonly seats?: readonly number[];
  readonly seed?: number;
  readonly rate?: number;
  readonly parameters?: Partial<PongParameters>;
}

/** A match with these seats taken, before its first tick. */
export function open({ seats = [0, 1], seed = 1, rate = 60, parameters = {} }: Opening = {}): PongState {
  const empty = pong.initial(withDefaults(pong.parameters, parameters), seed, rate);
  return seats.reduce((state, seat) => pong.join(state, seat), empty);
}

/** The same match with the ball already flying as given; places and velocities in px. */
export function inFlight(state: PongState, x: number, y: number, vx: number, vy: number): PongState {
  const velocity = [Math.round(vx * 256), Math.round(vy * 256)] as const;
  const speed = Math.max(1, Math.round(Math.hypot(...velocity)));
  const ball: Ball = { at: [Math.round(x * 256), Math.round(y * 256)], velocity, speed };
  return { ...state, ball, rally: { ...state.rally, server: -1, wait: 0 } };
}

/** The same match with a paddle's centre at `px` along its side. */
export function withPaddleAt(state: PongState, seat: 0 | 1 | 2 | 3, px: number): PongState {
  const paddles = [...state.paddles] as [...PongState['paddles']];
  paddles[seat] = { ...paddles[seat], at: Math.round(px * 256) };
  return { ...state, paddles };
}

/** Steps until `done` or for `ticks`; returns the last state and all events. */
export function run(
  state: PongState,
  ticks: number,
  commands: (tick: number, state: PongState) => readonly (number | null)[] = () => [],
  done: (state: PongState) => boolean = () => false,
): { state: PongState; events: GameEvent[]; ticks: number } {
  const events: GameEvent[] = [];
  let tick = 0;
  let now = state;
  while (tick < ticks && !done(now)) now = pong.step(now, commands(tick++, now), events);
  return { state: now, events, ticks: tick };
}

/** A source of small numbers that is the same on every run. */
export function dice(seed: number): (sides: number) => number {
  let state = seedPrng(seed);
  return (sides) => {
    const [value, next] = nextBelow(state, sides);
    state = next;
    return value;
  };
}

/** Four seats that hold buttons for a while, then others, now and then an axis. */
export function randomPlayers(seed: number, rate: number): (tick: number) => (number | null)[] {
  const roll = dice(seed);
  const held: (number | null)[] = [null, null, null, null];
  const until = [0, 0, 0, 0];
  return (tick) => {
    for (const seat of [0, 1, 2, 3]) {
      if (tick < (until[seat] as number)) continue;
      until[seat] = tick + 1 + roll(2 * rate);
      const axis = roll(5) === 0 ? roll(4096) : null;
      held[seat] = roll(12) === 0 ? null : pong.command({ buttons: roll(32), axis }, seat);
    }
    return [...held];
  };
}

/** Fails unless the ball is whole inside the court, every paddle on its side, and the ball in none of them. */
export function expectInside({ court, ball, paddles }: PongState): void {
  for (const axis of [0, 1] as const) {
    const place = ball.at[axis];
    if (place < court.ballHalf || place > court.size[axis] - court.ballHalf) {
      expect.fail(`the ball is out of the court: ${ball.at.join(', ')}`);
    }
  }
  for (const seat of [0, 1, 2, 3] as const) {
    const { at } = paddles[seat];
    const { low, high } = court.sides[seat];
    if (at < low || at > high) expect.fail(`paddle ${seat} is off its side: ${at}`);
    if (paddles[seat].seated === 1 && isInPaddle(court, ball, seat, at)) {
      expect.fail(`the ball is in paddle ${seat}: ${ball.at.join(', ')}`);
    }
  }
}

function isInPaddle(court: PongState['court'], ball: Ball, seat: 0 | 1 | 2 | 3, at: number): boolean {
  const { face, edge, thickness, halfLength } = court.sides[seat];
  const [across, along] = seat < 2 ? ball.at : [ball.at[1], ball.at[0]];
  const middle = edge === 0 ? face - thickness / 2 : face + thickness / 2;
  const near = Math.abs(across - middle) < thickness / 2 + court.ballHalf;
  return near && Math.abs(along - at) < halfLength + court.ballHalf;
}

/** Fails unless every leaf is a safe integer; -0 is not one, because it does not survive being sent. */
export function expectIntegers(value: unknown, path = 'state'): void {
  if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) expectIntegers(entry, `${path}.${key}`);
  } else if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
    expect.fail(`${path} is ${Object.is(value, -0) ? '-0' : String(value)}`);
  }
}

/** Freezes a value and all it holds: a step that writes to its input then throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const entry of Object.values(value)) deepFreeze(entry);
  }
  return value;
}

export const pointsIn = (events: readonly GameEvent[]): number =>
  events.filter((event) => event.kind === 'point').length;

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);
