/**
 * Circles and walls: the puck and both mallets through one tick, in parts so short that nothing passes through
 * anything. A scratch copy that the rules change, made from a state and never kept.
 */
import type { GameEvent } from '../game.ts';
import type { Wish } from './command.ts';
import { FULL, AXIS_MAX } from './command.ts';
import { BOTH, sideOf, type HockeySeat, type HockeyState, type Pair } from './state.ts';
import { DRAG_ONE, type Table } from './table.ts';

type Place = [number, number];

interface Moving {
  readonly at: Place;
  velocity: Place;
}

export interface MovingMallet extends Moving {
  readonly seat: HockeySeat;
  readonly side: 0 | 1;
  readonly there: boolean;
  cool: number;
  hits: number;
  shots: number;
}

export interface Motion {
  readonly table: Table;
  readonly events: GameEvent[];
  readonly puck: Moving;
  readonly mallets: readonly [MovingMallet, MovingMallet];
  /** The side on which the puck has gone in; -1: none. */
  goal: -1 | 0 | 1;
}

/** What stands for 1 in a direction. */
const ONE = 16_384;
/** What a bounce leaves of the speed, of 16: off a mallet, off a wall. */
const MALLET_KEEPS = 14;
const WALL_KEEPS = 15;

/** Division towards zero: the same to the left as to the right. Adding 0 makes 0 of -0. */
const over = (value: number, by: number): number => Math.trunc(value / by) + 0;
const within = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** The integer square root, rounded down: exact, whatever the processor's root is. */
export function rootOf(square: number): number {
  let root = Math.floor(Math.sqrt(square));
  while (root * root > square) root--;
  while ((root + 1) * (root + 1) <= square) root++;
  return root;
}

export function begin({ table, puck, mallets, round }: HockeyState, events: GameEvent[]): Motion {
  const moving = (seat: HockeySeat): MovingMallet => {
    const { at, velocity, cool, hits, shots, seated } = mallets[seat];
    const side = sideOf(round, seat);
    return { seat, side, there: seated === 1, at: [...at], velocity: [...velocity], cool, hits, shots };
  };
  return {
    table,
    events,
    puck: { at: [...puck.at], velocity: [...puck.velocity] },
    mallets: [moving(0), moving(1)],
    goal: -1,
  };
}

/** How fast a mallet goes now: towards what is wished, by no more than its push. */
export function steer({ table }: Motion, mallet: MovingMallet, { x, y, ownView, place }: Wish): void {
  const turned = ownView && mallet.side === 1 ? -1 : 1;
  const goal: Place = [
    over(turned * x * table.malletSpeed, FULL),
    place < 0 ? over(turned * y * table.malletSpeed, FULL) : toPlace(table, mallet, place),
  ];
  mallet.velocity = [0, 1].map((axis) => {
    const now = mallet.velocity[axis] as number;
    return now + within((goal[axis] as number) - now, -table.push, table.push);
  }) as Place;
}

/** The speed with which a mallet goes to a place and stops there. */
function toPlace({ height, mallet: radius, malletSpeed }: Table, { at }: MovingMallet, place: number): number {
  const wished = radius + over((height - 2 * radius) * place, AXIS_MAX);
  return within(over(wished - at[1], 4), -malletSpeed, malletSpeed);
}

/** Moves all through the tick, until the puck is in a goal. */
export function move(motion: Motion): void {
  const { table, puck, mallets } = motion;
  for (let part = 1; part <= table.parts && motion.goal === -1; part++) {
    for (const mallet of mallets) {
      if (!mallet.there) continue;
      advance(mallet, part, table.parts);
      keepInHalf(table, mallet);
    }
    advance(puck, part, table.parts);
    for (const mallet of mallets) if (mallet.there) collide(motion, mallet);
    meetWalls(motion);
    for (const mallet of mallets) if (mallet.there) giveWay(motion, mallet);
  }
  puck.velocity = limited(puck.velocity.map((speed) => over(speed * table.drag, DRAG_ONE)) as Place, table.puckSpeed);
}

function advance({ at, velocity }: Moving, part: number, parts: number): void {
  for (const axis of BOTH) {
    const way = velocity[axis];
    at[axis] += over(way * part, parts) - over(way * (part - 1), parts);
  }
}

function keepInHalf({ width, height, mallet: radius }: Table, { at, side }: MovingMallet): void {
  const middle = width >> 1;
  at[0] = side === 0 ? within(at[0], radius, middle - radius) : within(at[0], middle + radius, width - radius);
  at[1] = within(at[1], radius, height - radius);
}

/** From a mallet's centre to the puck's: the direction, of length ONE, and the distance. */
function between({ puck }: Motion, { at, side }: MovingMallet): { normal: Pair; distance: number } {
  const x = puck.at[0] - at[0];
  const y = puck.at[1] - at[1];
  const distance = rootOf(x * x + y * y);
  // On the same spot: away from the mallet's own goal.
  if (distance === 0) return { normal: [side === 0 ? ONE : -ONE, 0], distance };
  return { normal: [over(x * ONE, distance), over(y * ONE, distance)], distance };
}

/** A mallet is as heavy as the hand that holds it: the puck alone is turned, in the mallet's own frame of motion. */
function collide(motion: Motion, mallet: MovingMallet): void {
  const { table, puck, events } = motion;
  const { normal, distance } = between(motion, mallet);
  const touching = table.mallet + table.puck;
  if (distance >= touching) return;
  for (const axis of BOTH) puck.at[axis] = mallet.at[axis] + over(normal[axis] * touching, ONE);
  const closing = over(
    (puck.velocity[0] - mallet.velocity[0]) * normal[0] + (puck.velocity[1] - mallet.velocity[1]) * normal[1],
    ONE,
  );
  if (closing >= 0) return;
  const turn = over(-closing * (16 + MALLET_KEEPS), 16);
  for (const axis of BOTH) puck.velocity[axis] += over(normal[axis] * turn, ONE);
  // A puck that is only pressed against a wall is not hit again and again.
  if (-closing <= 2 * table.push) return;
  mallet.hits++;
  events.push({ kind: 'bounce', seat: mallet.seat });
}

/** Four walls with a goal in two of them. A puck in the mouth of a goal has the posts above and below it. */
function meetWalls(motion: Motion): void {
  const { table, puck, events } = motion;
  const { at } = puck;
  const radius = table.puck;
  const bounce = (axis: 0 | 1, place: number, inwards: 1 | -1): void => {
    at[axis] = place;
    if (puck.velocity[axis] * inwards >= 0) return;
    puck.velocity[axis] = over(-puck.velocity[axis] * WALL_KEEPS, 16);
    events.push({ kind: 'bounce', seat: null });
  };
  if (at[1] < radius) bounce(1, radius, 1);
  if (at[1] > table.height - radius) bounce(1, table.height - radius, -1);
  const side = at[0] < table.width >> 1 ? 0 : 1;
  const inwards = side === 0 ? 1 : -1;
  const depth = side === 0 ? radius - at[0] : at[0] - (table.width - radius);
  if (depth <= 0) return;
  const beside = at[1] - (table.height >> 1);
  const free = table.goal - radius;
  const beyond = Math.abs(beside) - free;
  // What it has entered last, the wall or a post, is what it has met.
  if (beyond > 0 && depth <= beyond) bounce(0, side === 0 ? radius : table.width - radius, inwards);
  else if (beyond > 0) bounce(1, (table.height >> 1) + Math.sign(beside) * free, beside > 0 ? -1 : 1);
  if (at[0] <= 0 || at[0] >= table.width) motion.goal = side;
}

/** A puck that a wall leaves no room stops the mallet that presses it, and can only slide past it. */
function giveWay(motion: Motion, mallet: MovingMallet): void {
  const { table, puck } = motion;
  const { normal, distance } = between(motion, mallet);
  const touching = table.mallet + table.puck;
  if (distance >= touching - 1) return;
  for (const axis of BOTH) mallet.at[axis] = puck.at[axis] - over(normal[axis] * touching, ONE);
  mallet.velocity = [0, 0];
  const pressed = over(puck.velocity[0] * normal[0] + puck.velocity[1] * normal[1], ONE);
  for (const axis of BOTH) puck.velocity[axis] -= over(normal[axis] * pressed, ONE);
  keepInHalf(table, mallet);
}

/** The same direction, no faster than this. */
function limited(velocity: Place, most: number): Place {
  const speed = rootOf(velocity[0] * velocity[0] + velocity[1] * velocity[1]);
  return speed <= most ? velocity : [over(velocity[0] * most, speed), over(velocity[1] * most, speed)];
}

/** A mallet that is near enough shoots the puck away from itself, as fast as a puck can be. */
export function shoot(motion: Motion, mallet: MovingMallet): void {
  const { table, puck, events } = motion;
  const { normal, distance } = between(motion, mallet);
  if (mallet.cool > 0 || distance > table.reach) return;
  puck.velocity = [over(normal[0] * table.puckSpeed, ONE), over(normal[1] * table.puckSpeed, ONE)];
  mallet.cool = table.shotTicks;
  mallet.shots++;
  events.push({ kind: 'bounce', seat: mallet.seat });
}
