/** What a played match says of its prediction, in figures. Lengths in percent of the court's width, or of a paddle's way. */
import { UNITS_PER_PX } from '../../../shared/games/pong/court.ts';
import { OWN, RATE, trueBall, type Played, type Shot } from './lossy-match.ts';

/** The first seconds are for finding the hub's time. */
const WARM_UP_SHOTS = 2 * RATE;
/** A corrected flight is glided to within so many frames. */
const CORRECTED_SHOTS = 20;

export interface Figures {
  readonly shots: number;
  /** Distance of the drawn ball from where it truly was at the drawn tick. */
  readonly ballError: readonly number[];
  /** The same for the newest SYNC drawn as it comes. */
  readonly unpredictedError: readonly number[];
  /** Steps of the ball beyond what its velocity explains, in frames long after any mispredicted bounce. */
  readonly jumps: readonly number[];
  /** The same for the newest SYNC drawn as it comes. */
  readonly unpredictedJumps: readonly number[];
  /** Presses and releases, and those that the very next frame did not show. */
  readonly presses: number;
  readonly unanswered: number;
}

export function figuresOf({ shots, truth }: Played): Figures {
  const width = truth[0]!.court.size[0] / UNITS_PER_PX;
  const percent = (length: number): number => (100 * length) / width;
  const figures = {
    shots: 0,
    ballError: [] as number[],
    unpredictedError: [] as number[],
    jumps: [] as number[],
    unpredictedJumps: [] as number[],
    presses: 0,
    unanswered: 0,
  };
  let quiet = 0;
  for (let index = WARM_UP_SHOTS; index < shots.length; index++) {
    const [before, shot] = [shots[index - 1]!, shots[index]!];
    quiet = shot.bounced ? 0 : quiet + 1;
    const [ball, ballBefore] = [trueBall(truth, shot.tick), trueBall(truth, before.tick)];
    if (ball === null || ballBefore === null) continue;
    figures.shots++;
    figures.ballError.push(percent(distance(shot.drawn.ball, ball)));
    figures.unpredictedError.push(percent(distance(shot.newest, ball)));
    const served = shot.drawn.server !== before.drawn.server;
    const explained = Math.max(speed(shot) * (shot.tick - before.tick), distance(ball, ballBefore));
    if (quiet > CORRECTED_SHOTS && !served) {
      figures.jumps.push(percent(Math.max(0, distance(shot.drawn.ball, before.drawn.ball) - explained)));
    }
    if (shot.newestScores === before.newestScores) {
      figures.unpredictedJumps.push(percent(Math.max(0, distance(shot.newest, before.newest) - explained)));
    }
    if (before.pressed === null) continue;
    figures.presses++;
    if (!answers(before, shot)) figures.unanswered++;
  }
  return figures;
}

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

type Spot = Shot['newest'];
const distance = (a: Spot, b: Spot): number => Math.hypot(a.x - b.x, a.y - b.y);

/** px per tick; a bounce within the frame has changed it. */
const speed = ({ frame }: Shot): number => Math.max(frame.before.ball.speed, frame.after.ball.speed) / UNITS_PER_PX;

/** Whether the own paddle moves as the buttons say that were pressed or released in the frame before. */
function answers(before: Shot, shot: Shot): boolean {
  const { speed: fastest, low, high } = shot.frame.before.court.sides[OWN];
  const at = shot.frame.before.paddles[OWN].at;
  // At the end of its way it cannot.
  if (at - low < 4 * fastest || high - at < 4 * fastest) return true;
  const step = fastest / UNITS_PER_PX;
  const moved = shot.drawn.paddles[OWN]! - before.drawn.paddles[OWN]!;
  if (before.pressed === 0) return Math.abs(moved) < 1.5 * step;
  return (before.pressed === 1 ? -moved : moved) > 0.5 * step;
}
