/** What one seat is told each tick: whole px and px per second, so that a first program needs no arithmetic. */
import { UNITS_PER_PX } from './court.ts';
import { NOBODY, SEATS, toSeat, type Seat, type SeatName } from './sides.ts';
import { isSeated, seatedSeats, type PongState } from './state.ts';

export interface PongObservation {
  readonly you: SeatName;
  /** Width and height of the court. */
  readonly court: readonly [number, number];
  /** Side of the ball's square. */
  readonly size: number;
  /** Centre of the ball from the court's top left corner, and its px per second; 0, 0 before a serve. */
  readonly ball: readonly [number, number];
  readonly velocity: readonly [number, number];
  /** Length of your paddle. */
  readonly length: number;
  /** Centre of each paddle along its side: y for left and right, x for up and down. */
  readonly paddles: Readonly<Partial<Record<SeatName, number>>>;
  readonly scores: Readonly<Record<SeatName, number>>;
  /** The seat that the waiting ball will be served to; null while it flies. */
  readonly serving: SeatName | null;
}

/** The observation of a seat; null for one that nobody has. */
export function observe(state: PongState, index: number): PongObservation | null {
  const seat = toSeat(index);
  if (!isSeated(state, seat)) return null;
  const { court, ball, rally, scores } = state;
  const paddles: Partial<Record<SeatName, number>> = {};
  for (const taken of seatedSeats(state)) paddles[SEATS[taken]] = toPx(state.paddles[taken].at);
  return {
    you: SEATS[seat],
    court: [toPx(court.size[0]), toPx(court.size[1])],
    size: toPx(2 * court.ballHalf),
    ball: [toPx(ball.at[0]), toPx(ball.at[1])],
    velocity: [toPx(ball.velocity[0] * court.rate), toPx(ball.velocity[1] * court.rate)],
    length: lengthOf(state, seat),
    paddles,
    scores: { left: scores[0], right: scores[1], up: scores[2], down: scores[3] },
    serving: rally.server === NOBODY ? null : SEATS[rally.server],
  };
}

const lengthOf = ({ court }: PongState, seat: Seat): number => toPx(2 * court.sides[seat].halfLength);

/** Rounds to the nearest px; adding 0.5 and cutting keeps -0 out. */
const toPx = (units: number): number => Math.floor(units / UNITS_PER_PX + 0.5);
