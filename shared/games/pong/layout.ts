/** Sizes of a match's court in px, for whoever draws it. */
import { makeCourt, UNITS_PER_PX } from './court.ts';
import { NORMAL, perSeat, type PerSeat, type Seat } from './sides.ts';
import type { PongParameters } from './parameters.ts';

/** A paddle's box around its centre, and where that centre lies on the axis on which the paddle does not move. */
export interface PaddleLayout {
  readonly width: number;
  readonly height: number;
  readonly fixed: number;
}

export interface PongLayout {
  readonly width: number;
  readonly height: number;
  /** Side of the ball's square. */
  readonly ball: number;
  readonly paddles: PerSeat<PaddleLayout>;
}

/** The layout that goes with a match's parameters. Lengths in px, in steps of 1/256 (paddle centres 1/512). */
export function pongLayout(parameters: PongParameters): PongLayout {
  const court = makeCourt(parameters, 1);
  const paddle = (seat: Seat): PaddleLayout => {
    const { edge, face, thickness, halfLength } = court.sides[seat];
    const long = (2 * halfLength) / UNITS_PER_PX;
    const thick = thickness / UNITS_PER_PX;
    const centre = (edge === 0 ? face - thickness / 2 : face + thickness / 2) / UNITS_PER_PX;
    return NORMAL[seat] === 0
      ? { width: thick, height: long, fixed: centre }
      : { width: long, height: thick, fixed: centre };
  };
  return {
    width: parameters.width,
    height: parameters.height,
    ball: (2 * court.ballHalf) / UNITS_PER_PX,
    paddles: perSeat(paddle),
  };
}
