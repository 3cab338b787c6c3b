/** The four seats and how their sides lie, as data: one copy of the rules serves all four. */

export const SEATS = ['left', 'right', 'up', 'down'] as const;
export type SeatName = (typeof SEATS)[number];
/** Index into SEATS. */
export type Seat = 0 | 1 | 2 | 3;
export const ALL_SEATS = [0, 1, 2, 3] as const satisfies readonly Seat[];
/** In place of a seat: none. The state holds integers only. */
export const NOBODY = -1;
export type SeatOrNobody = Seat | typeof NOBODY;

/** 0 is x, 1 is y. */
export type Axis = 0 | 1;
export type Pair = readonly [number, number];
export type PerSeat<T> = readonly [T, T, T, T];

/** A tuple made seat by seat. */
export const perSeat = <T>(value: (seat: Seat) => T): PerSeat<T> => [value(0), value(1), value(2), value(3)];

/** The axis that points from a seat's side into the court. */
export const NORMAL: PerSeat<Axis> = [0, 0, 1, 1];
/** The axis along which a seat's paddle moves. */
export const ALONG: PerSeat<Axis> = [1, 1, 0, 0];
/** The direction on the normal axis that leads into the court. */
export const INWARD: PerSeat<1 | -1> = [1, -1, 1, -1];
export const OPPOSITE: PerSeat<Seat> = [1, 0, 3, 2];
/** The neighbour clockwise, as seen on the court: left, up, right, down. */
export const CLOCKWISE: PerSeat<Seat> = [2, 3, 1, 0];

/** A seat from an index of the game's interface. @throws RangeError for an index that Pong has not: a bug of the caller */
export function toSeat(index: number): Seat {
  const seat = ALL_SEATS[index];
  if (seat === undefined) throw new RangeError(`Pong has no seat ${index}.`);
  return seat;
}
