/**
 * Ball against paddles and edges. Bounding boxes, as in the Distributed Pong lecture: the axis on which the ball came in
 * is reversed, and the ball is set outside the obstacle. What that leaves out is here too: the angle off a paddle's
 * face, and a ball that has no room left between a paddle and an edge.
 */
import { deflect } from './deflect.ts';
import { touch, type Flight } from './flight.ts';
import type { Side } from './court.ts';
import { ALL_SEATS, ALONG, INWARD, NORMAL, type PerSeat, type Seat } from './sides.ts';
import type { Paddle } from './state.ts';

/** Distance of the ball's centre from the paddle's face, positive in front of it. */
const aheadOf = (flight: Flight, seat: Seat, side: Side): number =>
  INWARD[seat] * (flight.at[NORMAL[seat]] - side.face);

/** Whether the boxes overlap; `paddleAt` is the paddle's centre along its side. Touching is not overlapping. */
export function overlaps(flight: Flight, seat: Seat, paddleAt: number): boolean {
  const side = flight.court.sides[seat];
  const { ballHalf } = flight.court;
  const ahead = aheadOf(flight, seat, side);
  if (ahead >= ballHalf || ahead <= -side.thickness - ballHalf) return false;
  return Math.abs(flight.at[ALONG[seat]] - paddleAt) < side.halfLength + ballHalf;
}

/** Bounces the ball off a paddle that it overlaps. `paddleWay` is what the paddle moves in the whole tick. */
export function bounceOffPaddle(flight: Flight, seat: Seat, paddleAt: number, paddleWay: number): void {
  const side = flight.court.sides[seat];
  const { ballHalf } = flight.court;
  const ahead = aheadOf(flight, seat, side);
  const beside = flight.at[ALONG[seat]] - paddleAt;
  // How fast the ball comes in on each axis as the paddle sees it, and how deep it is in from where it came.
  const inwards = INWARD[seat] * flight.velocity[NORMAL[seat]];
  const sideways = flight.velocity[ALONG[seat]] - paddleWay;
  const reach = side.halfLength + ballHalf;
  const depth = inwards > 0 ? ahead + side.thickness + ballHalf : ballHalf - ahead;
  const depthBeside = sideways > 0 ? beside + reach : reach - beside;
  touch(flight, seat);
  // The axis that was entered last, depth over speed being the shorter time, is the one that collided.
  if (depth * Math.abs(sideways) > depthBeside * Math.abs(inwards)) bounceOffEnd(flight, seat, paddleAt, sideways);
  else if (inwards > 0) bounceOffBack(flight, seat);
  else bounceOffFace(flight, seat, beside - wayBack(sideways, depth, inwards));
}

/** How far the ball went sideways since it met the face: the angle is that of the place where it was hit. */
const wayBack = (sideways: number, depth: number, inwards: number): number =>
  inwards === 0 ? 0 : Math.floor((sideways * depth) / -inwards);

function bounceOffFace(flight: Flight, seat: Seat, beside: number): void {
  setAhead(flight, seat, flight.court.ballHalf);
  deflect(flight, seat, beside);
  flight.hits += 1;
  flight.events.push({ kind: 'bounce', seat });
}

function bounceOffBack(flight: Flight, seat: Seat): void {
  const axis = NORMAL[seat];
  setAhead(flight, seat, -flight.court.sides[seat].thickness - flight.court.ballHalf);
  flight.velocity[axis] = 0 - flight.velocity[axis];
  flight.events.push({ kind: 'bounce', seat });
}

/** Sends the ball away from the paddle's end. A paddle that is faster than the ball pushes it along: no new bounce. */
function bounceOffEnd(flight: Flight, seat: Seat, paddleAt: number, sideways: number): void {
  const axis = ALONG[seat];
  const away = sideways > 0 ? -1 : 1;
  flight.at[axis] = paddleAt + away * (flight.court.sides[seat].halfLength + flight.court.ballHalf);
  if (flight.velocity[axis] * away >= 0) return;
  flight.velocity[axis] = 0 - flight.velocity[axis];
  flight.events.push({ kind: 'bounce', seat });
}

/** At the edges: a wall reflects, and where somebody sits the ball is lost. */
export function meetEdges(flight: Flight, paddles: PerSeat<Paddle>): void {
  const { court, at, velocity } = flight;
  for (const seat of ALL_SEATS) {
    const axis = NORMAL[seat];
    const inside = INWARD[seat] * (at[axis] - court.sides[seat].edge) - court.ballHalf;
    if (paddles[seat].seated === 1) {
      if (inside <= 0) {
        flight.lost = seat;
        return;
      }
    } else if (inside < 0) {
      at[axis] = court.sides[seat].edge + INWARD[seat] * court.ballHalf;
      if (velocity[axis] * INWARD[seat] < 0) {
        velocity[axis] = 0 - velocity[axis];
        flight.events.push({ kind: 'bounce', seat: null });
      }
    }
  }
}

/** Takes a ball that still overlaps a paddle, because an edge left it no room, to the front of the paddle. */
export function freeSqueezed(flight: Flight, seat: Seat): void {
  const axis = NORMAL[seat];
  setAhead(flight, seat, flight.court.ballHalf);
  if (flight.velocity[axis] * INWARD[seat] >= 0) return;
  flight.velocity[axis] = 0 - flight.velocity[axis];
  flight.events.push({ kind: 'bounce', seat });
}

function setAhead(flight: Flight, seat: Seat, ahead: number): void {
  flight.at[NORMAL[seat]] = flight.court.sides[seat].face + INWARD[seat] * ahead;
}
