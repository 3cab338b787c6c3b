/** The court of one match: everything that parameters and tick rate fix, worked out once, in units of 1/256 px. */
import type { PongParameters } from './parameters.ts';
import { ALONG, INWARD, NORMAL, perSeat, type Pair, type PerSeat, type Seat } from './sides.ts';

/** Position units in a pixel. */
export const UNITS_PER_PX = 256;
const RATIO_ONE = 10_000;
/** Slowest speed of anything that moves, in units per tick: below it too few directions would be left. */
const MIN_SPEED = 8;

/** One side of the court and the paddle that can stand there. */
export interface Side {
  /** Coordinate of the court's edge on the normal axis. */
  readonly edge: number;
  /** Coordinate of the paddle's face, the surface towards the middle, on the normal axis. */
  readonly face: number;
  readonly thickness: number;
  readonly halfLength: number;
  /** Range of the paddle's centre along the side. */
  readonly low: number;
  readonly high: number;
  /** Of the paddle, in units per tick. */
  readonly speed: number;
}

export interface Court {
  readonly size: Pair;
  readonly sides: PerSeat<Side>;
  /** Half the side of the ball's square. */
  readonly ballHalf: number;
  /** First and highest speed of the ball, in units per tick. */
  readonly ballSpeed: number;
  readonly maxBallSpeed: number;
  /** Growth of the speed at each hit, per 10,000. */
  readonly speedUp: number;
  /** Fastest paddle, in units per tick. */
  readonly paddleSpeed: number;
  /** A tick is cut into parts in which nothing moves further than this, so nothing passes through anything. */
  readonly stride: number;
  readonly serveTicks: number;
  readonly target: number;
  /** Ticks per second. */
  readonly rate: number;
}

/** The court of a match. `rate` in ticks a second. Rounds down to whole units. */
export function makeCourt(parameters: PongParameters, rate: number): Court {
  const size: Pair = [parameters.width * UNITS_PER_PX, parameters.height * UNITS_PER_PX];
  const smaller = Math.min(...size);
  const ballHalf = part(smaller, parameters.ballSize) >> 1;
  const ballSpeed = perTick(part(smaller, parameters.ballSpeed), rate);
  const sides = perSeat((seat) => makeSide(parameters, size, seat, rate));
  return {
    size,
    sides,
    ballHalf,
    ballSpeed,
    maxBallSpeed: ballSpeed * parameters.maxSpeedRatio,
    speedUp: parameters.speedUp,
    paddleSpeed: Math.max(...sides.map((side) => side.speed)),
    // A hit can double the speed in the middle of a tick: ball and paddle still close in by less than the ball's size.
    stride: ballHalf >> 1,
    serveTicks: Math.round((parameters.serveMs * rate) / 1000),
    target: parameters.target,
    rate,
  };
}

function makeSide(parameters: PongParameters, size: Pair, seat: Seat, rate: number): Side {
  const across = size[NORMAL[seat]];
  const along = size[ALONG[seat]];
  const thickness = part(across, parameters.paddleThickness);
  const halfLength = part(along, parameters.paddleLength) >> 1;
  const edge = INWARD[seat] === 1 ? 0 : across;
  return {
    edge,
    face: edge + INWARD[seat] * (part(across, parameters.paddlePadding) + thickness),
    thickness,
    halfLength,
    low: halfLength,
    high: along - halfLength,
    speed: perTick(part(along, parameters.paddleSpeed), rate),
  };
}

const part = (whole: number, ratio: number): number => Math.floor((whole * ratio) / RATIO_ONE);

const perTick = (perSecond: number, rate: number): number => Math.max(MIN_SPEED, Math.round(perSecond / rate));
