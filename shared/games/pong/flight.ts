/** The ball's flight through one tick: a scratch copy that the rules change, made from a state and never kept. */
import type { PrngState } from '../../sim/prng.ts';
import type { GameEvent } from '../game.ts';
import type { Court } from './court.ts';
import type { PongState } from './state.ts';
import { NOBODY, type Seat, type SeatOrNobody } from './sides.ts';

export interface Flight {
  readonly court: Court;
  readonly events: GameEvent[];
  readonly at: [number, number];
  readonly velocity: [number, number];
  speed: number;
  random: PrngState;
  touched: SeatOrNobody;
  touchedBefore: SeatOrNobody;
  hits: number;
  /** The seat whose edge the ball has reached. */
  lost: SeatOrNobody;
}

export function takeOff({ court, ball, random, rally }: PongState, events: GameEvent[]): Flight {
  return {
    court,
    events,
    at: [ball.at[0], ball.at[1]],
    velocity: [ball.velocity[0], ball.velocity[1]],
    speed: ball.speed,
    random,
    touched: rally.touched,
    touchedBefore: rally.touchedBefore,
    hits: rally.hits,
    lost: NOBODY,
  };
}

/** Moves the ball by its share of part 1 to `parts` of the tick; the shares of all parts add up to the velocity. */
export function advance(flight: Flight, part: number, parts: number): void {
  const [x, y] = flight.velocity;
  flight.at[0] += shareUntil(x, part, parts) - shareUntil(x, part - 1, parts);
  flight.at[1] += shareUntil(y, part, parts) - shareUntil(y, part - 1, parts);
}

/** The share of a tick's way that is done when `part` of `parts` is over. */
export const shareUntil = (way: number, part: number, parts: number): number => Math.floor((way * part) / parts);

/** Notes who touched the ball, for the point to come. */
export function touch(flight: Flight, seat: Seat): void {
  if (flight.touched === seat) return;
  flight.touchedBefore = flight.touched;
  flight.touched = seat;
}
