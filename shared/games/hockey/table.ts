/** The table of one match: what parameters and tick rate fix, worked out once, in units of 1/256 px and ticks. */
import type { ParameterValues, Parameters } from '../game.ts';
import { ticksOf } from '../ticks.ts';

const MS = { kind: 'integer', unit: 'ms' } as const;
const SPEED = { kind: 'integer', unit: 'px/s' } as const;

export const parameters = {
  rounds: { kind: 'integer', min: 1, max: 20, default: 6, unit: 'rounds', doc: 'Rounds; after each, sides change.' },
  roundMs: { ...MS, min: 5000, max: 300_000, default: 30_000, doc: 'A round without a goal ends after this.' },
  goal: { kind: 'integer', min: 100, max: 400, default: 180, unit: 'px', doc: 'How wide a goal is; the side is 440.' },
  malletSpeed: { ...SPEED, min: 100, max: 2000, default: 600, doc: 'Fastest way of a mallet.' },
  puckSpeed: { ...SPEED, min: 100, max: 4000, default: 1200, doc: 'Fastest way of the puck, and how fast a shot is.' },
  serveMs: { ...MS, min: 0, max: 10_000, default: 1000, doc: 'Wait before a round begins.' },
  holdMs: { ...MS, min: 1000, max: 60_000, default: 7000, doc: 'Longest stay of the puck in one half.' },
} as const satisfies Parameters;

export type HockeyParameters = ParameterValues<typeof parameters>;

/** Position units in a pixel. */
export const UNITS_PER_PX = 256;
export const WIDTH_PX = 800;
export const HEIGHT_PX = 440;
export const MALLET_PX = 30;
export const PUCK_PX = 18;
/** How near the puck has to be to be shot, beyond touching. */
const REACH_PX = 14;
/** After a shot the next one needs this long. */
const SHOT_MS = 700;
/** A mallet is as fast as it can be after this. */
const PUSH_MS = 120;
/** Of its speed the puck loses this part in a second, per 1000. */
const DRAG = 250;

/** What stands for 1 in `drag`. */
export const DRAG_ONE = 65_536;

export interface Table {
  readonly rate: number;
  readonly width: number;
  readonly height: number;
  /** Radii. */
  readonly mallet: number;
  readonly puck: number;
  /** Half of a goal. */
  readonly goal: number;
  /** Greatest distance of centres at which a shot hits. */
  readonly reach: number;
  /** Fastest, in units per tick, and how much faster a mallet gets in a tick. */
  readonly malletSpeed: number;
  readonly push: number;
  readonly puckSpeed: number;
  /** What is left of the puck's speed after a tick, of DRAG_ONE. */
  readonly drag: number;
  /** A tick is cut into so many parts that nothing passes through anything. */
  readonly parts: number;
  readonly rounds: number;
  readonly roundTicks: number;
  readonly serveTicks: number;
  readonly holdTicks: number;
  readonly shotTicks: number;
}

export function makeTable(values: HockeyParameters, rate: number): Table {
  const perTick = (pxPerSecond: number): number => Math.max(1, Math.round((pxPerSecond * UNITS_PER_PX) / rate));
  const puck = PUCK_PX * UNITS_PER_PX;
  const malletSpeed = perTick(values.malletSpeed);
  const puckSpeed = perTick(values.puckSpeed);
  return {
    rate,
    width: WIDTH_PX * UNITS_PER_PX,
    height: HEIGHT_PX * UNITS_PER_PX,
    mallet: MALLET_PX * UNITS_PER_PX,
    puck,
    goal: (values.goal * UNITS_PER_PX) >> 1,
    reach: (MALLET_PX + PUCK_PX + REACH_PX) * UNITS_PER_PX,
    malletSpeed,
    push: Math.max(1, Math.ceil(malletSpeed / ticksOf(PUSH_MS, rate))),
    puckSpeed,
    drag: DRAG_ONE - Math.round((DRAG_ONE * DRAG) / (1000 * rate)),
    // Both at their fastest, towards each other, come closer by less than half the puck's radius.
    parts: Math.ceil((2 * (puckSpeed + 2 * malletSpeed)) / puck),
    rounds: values.rounds,
    roundTicks: ticksOf(values.roundMs, rate),
    serveTicks: ticksOf(values.serveMs, rate),
    holdTicks: ticksOf(values.holdMs, rate),
    shotTicks: ticksOf(SHOT_MS, rate),
  };
}
