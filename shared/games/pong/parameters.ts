/**
 * What a teacher can set. The defaults of sizes and speeds are those of the Distributed Pong lecture (its Config);
 * ratios are integers per 10,000, so that they travel and hash exactly.
 */
import type { ParameterValues, Parameters } from '../game.ts';

const RATIO = { kind: 'integer', unit: '1/10000' } as const;

export const parameters = {
  width: { kind: 'integer', min: 200, max: 1000, default: 900, unit: 'px', doc: 'Width of the court.' },
  height: { kind: 'integer', min: 200, max: 1000, default: 600, unit: 'px', doc: 'Height of the court.' },
  paddleThickness: { ...RATIO, min: 20, max: 500, default: 100, doc: 'Paddle thickness, of the court across it.' },
  paddleLength: { ...RATIO, min: 200, max: 5000, default: 1000, doc: 'Paddle length, of the court along it.' },
  paddlePadding: { ...RATIO, min: 0, max: 2000, default: 500, doc: 'Gap behind a paddle, of the court across it.' },
  paddleSpeed: { ...RATIO, min: 200, max: 50_000, default: 2000, doc: 'Way of a paddle in 1 s, of its side.' },
  ballSize: { ...RATIO, min: 100, max: 2000, default: 500, doc: "Ball, of the court's smaller dimension." },
  ballSpeed: { ...RATIO, min: 200, max: 50_000, default: 2000, doc: 'First speed in 1 s, of the smaller dimension.' },
  speedUp: { ...RATIO, min: 10_000, max: 20_000, default: 10_625, doc: 'Growth of the speed at each paddle hit.' },
  maxSpeedRatio: { kind: 'integer', min: 1, max: 10, default: 4, unit: 'times', doc: 'Highest speed, of the first.' },
  serveMs: { kind: 'integer', min: 0, max: 10_000, default: 1000, unit: 'ms', doc: 'Wait before a serve.' },
  target: { kind: 'integer', min: 1, max: 99, default: 5, unit: 'points', doc: 'Points that win the match.' },
} as const satisfies Parameters;

export type PongParameters = ParameterValues<typeof parameters>;
