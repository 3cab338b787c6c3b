/** What a terminal draws of a predicted match of Pong: between two ticks, with corrections smoothed away. */
import { pong } from '../games/pong/pong.ts';
import { ALL_SEATS, perSeat, type Seat } from '../games/pong/sides.ts';
import type { PongState } from '../games/pong/state.ts';
import { UNITS_PER_PX } from '../games/pong/court.ts';
import { readPongView, type PongView } from '../games/pong/view.ts';
import type { Frame, Pair } from './predictor.ts';
import { Smoother } from './smoother.ts';

/** A ball that is further off than this part of the court's width was lost or saved: nothing flies that fast. */
const BALL_JUMP = 0.12;
/** A paddle that is so much of its side off was away for long. */
const PADDLE_JUMP = 0.25;
/** A correction moves the own paddle by this part of its speed at most: whoever plays moves it more, and feels no other hand. */
const OWN_PACE = 0.35;

export class PongPicture {
  readonly #smoother: Smoother;

  /** @param own the own seat: its paddle obeys whatever is being corrected */
  constructor({ size, sides, rate }: PongState['court'], own: number | null) {
    const [width, height] = [size[0] / UNITS_PER_PX, size[1] / UNITS_PER_PX];
    const ball = width * BALL_JUMP;
    const [upright, flat] = [height * PADDLE_JUMP, width * PADDLE_JUMP];
    const paces = sides.map(({ speed }, seat) =>
      seat === own ? (OWN_PACE * speed * rate) / UNITS_PER_PX / 1000 : Infinity,
    );
    this.#smoother = new Smoother([ball, ball, upright, upright, flat, flat], [Infinity, Infinity, ...paces]);
  }

  /** @param told the newest state that the hub told: points are shown when they are true, not when they are believed */
  draw(frame: Frame<PongState>, told: PongState, now: number): PongView {
    const believed = viewBetween(frame, frame.part);
    const expected = frame.expected === null ? null : viewBetween(frame.expected, frame.part);
    const places = placesOf(believed);
    // A ball that waits for its serve is in the middle, and one that flies is not: to glide from one to the other is no way.
    const jumped = expected !== null && (expected.server === null) !== (believed.server === null);
    const before = expected === null ? null : placesOf(expected);
    const [x = 0, y = 0, ...paddles] = this.#smoother.smooth(places, before, now, [jumped, jumped]);
    return {
      ...believed,
      ball: { x, y },
      paddles: perSeat((seat) => (believed.paddles[seat] === null ? null : (paddles[seat] ?? null))),
      scores: told.scores,
    };
  }
}

/** The view between two ticks. What sat down, or was taken back to the middle, jumps when the tick is over. */
export const viewBetween = ({ before, after }: Pair<PongState>, part: number): PongView =>
  mixedView(viewOf(before), viewOf(after), part);

/** The view between two, in the same sense. */
export function mixedView(a: PongView, b: PongView, part: number): PongView {
  const mix = (from: number, to: number): number => from + (to - from) * part;
  const jumped = a.server !== b.server;
  const paddle = (seat: Seat): number | null => {
    const [from, to] = [a.paddles[seat], b.paddles[seat]];
    return from === null || to === null ? to : mix(from, to);
  };
  const ball = { x: mix(a.ball.x, b.ball.x), y: mix(a.ball.y, b.ball.y) };
  return { ...(jumped ? a : { ...b, ball }), paddles: perSeat(paddle) };
}

/** The view of a state as the hub told it. */
export function viewOf(state: PongState): PongView {
  const view = readPongView(pong.view(state));
  if (view === null) throw new Error('a view that was just written cannot be read');
  return view;
}

/** What glides: the ball, then each paddle. */
export const placesOf = ({ ball, paddles }: PongView): number[] => [
  ball.x,
  ball.y,
  ...ALL_SEATS.map((seat) => paddles[seat] ?? 0),
];
