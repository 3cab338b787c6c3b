/** Where the ball goes from the face of a paddle, and from a serve. */
import { nextBelow } from '../../sim/prng.ts';
import type { ServeWish } from './command.ts';
import { ANGLE_UNITS, cosine, scaled, sine } from './angle.ts';
import type { Flight } from './flight.ts';
import { ALONG, INWARD, NORMAL, type Pair, type Seat } from './sides.ts';
import type { PongState } from './state.ts';

/** Angles from the side's normal, in 1/16 degree: at the middle of a paddle and at its ends. */
const MIN_EXIT = 4 * ANGLE_UNITS;
const MAX_EXIT = 60 * ANGLE_UNITS;
const MAX_SERVE = 45 * ANGLE_UNITS;
const RATIO_ONE = 10_000;

/**
 * The hit point alone gives the new direction, so that a player can aim. Never straight along the normal: a ball
 * between two paddles that stand still would come back to the same place for ever.
 * @param beside where the ball's centre is along the paddle, from the paddle's centre, in units
 */
export function deflect(flight: Flight, seat: Seat, beside: number): void {
  const { court } = flight;
  flight.speed = Math.min(court.maxBallSpeed, Math.ceil((flight.speed * court.speedUp) / RATIO_ONE));
  const reach = court.sides[seat].halfLength + court.ballHalf;
  const offset = Math.min(Math.abs(beside), reach);
  const angle = MIN_EXIT + Math.floor(((MAX_EXIT - MIN_EXIT) * offset) / reach);
  let forward = beside > 0;
  if (beside === 0) {
    const [bit, random] = nextBelow(flight.random, 2);
    forward = bit === 1;
    flight.random = random;
  }
  const along = scaled(flight.speed, sine(angle));
  flight.velocity[NORMAL[seat]] = INWARD[seat] * scaled(flight.speed, cosine(angle));
  flight.velocity[ALONG[seat]] = forward ? along : -along;
}

/** A velocity towards a seat's side, up to 45 degrees off its normal, in the half that is wished for, and the generator after it. */
export function serveVelocity({ court, random }: PongState, seat: Seat, wish: ServeWish): [Pair, PongState['random']] {
  const [drawn, next] = nextBelow(random, 2 * MAX_SERVE + 1);
  const angle = Math.abs(drawn - MAX_SERVE);
  const velocity: [number, number] = [0, 0];
  const along = scaled(court.ballSpeed, sine(angle));
  velocity[NORMAL[seat]] = -INWARD[seat] * scaled(court.ballSpeed, cosine(angle));
  const forward = wish >= 2 ? wish === 3 : drawn > MAX_SERVE;
  velocity[ALONG[seat]] = forward ? along : -along;
  return [velocity, next];
}
