/** The state of a match: plain data of integers, replaced and never changed. */
import type { PrngState } from '../../sim/prng.ts';
import type { ServeWish } from './command.ts';
import type { Court } from './court.ts';
import { ALL_SEATS, ALONG, type Pair, type PerSeat, type Seat, type SeatOrNobody } from './sides.ts';

export interface Ball {
  /** Centre, in units of 1/256 px from the court's top left corner. */
  readonly at: Pair;
  /** Units per tick; 0, 0 before a serve. */
  readonly velocity: Pair;
  /** Length of the velocity: grows with the rally. */
  readonly speed: number;
}

export interface Paddle {
  readonly seated: 0 | 1;
  /** Centre along the side, in units. */
  readonly at: number;
  /** Direction in which it moved in the last tick. */
  readonly move: -1 | 0 | 1;
  /** The serve that the seat's last command asked for: only the press counts, not the holding. */
  readonly action: ServeWish;
}

/** From one serve to the point that ends it. */
export interface Rally {
  /** The seat that the waiting ball will be served to; NOBODY while the ball flies. */
  readonly server: SeatOrNobody;
  /** Ticks until the serve goes by itself. */
  readonly wait: number;
  /** The seat that touched the ball last, and the last one before it that is another seat. */
  readonly touched: SeatOrNobody;
  readonly touchedBefore: SeatOrNobody;
  /** How often a paddle's face was hit. */
  readonly hits: number;
}

export interface PongState {
  readonly court: Court;
  readonly random: PrngState;
  readonly ball: Ball;
  readonly paddles: PerSeat<Paddle>;
  readonly rally: Rally;
  readonly scores: PerSeat<number>;
  /** 1 once anybody has been seated: an empty court is then a void match and not a new one. */
  readonly begun: 0 | 1;
}

export const isSeated = (state: PongState, seat: Seat): boolean => state.paddles[seat].seated === 1;

export const seatedSeats = (state: PongState): Seat[] => ALL_SEATS.filter((seat) => isSeated(state, seat));

/** A paddle in the middle of its side. */
export const centredPaddle = (court: Court, seat: Seat, seated: 0 | 1): Paddle => ({
  seated,
  at: court.size[ALONG[seat]] >> 1,
  move: 0,
  action: 0,
});

/** A copy of a tuple with one entry replaced. */
export function withSeat<T>(values: PerSeat<T>, seat: Seat, value: T): PerSeat<T> {
  const copy: [T, T, T, T] = [...values];
  copy[seat] = value;
  return copy;
}
