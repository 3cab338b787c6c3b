/** What a seat can ask of its mallet, as one integer; from buttons and axis, or from an agent's list of floats. */
import { BUTTON } from '../../contract/messages.ts';
import type { Sensed } from '../game.ts';

/** Bits 0 to 7 y and 8 to 15 x, each plus 128; bit 16: shot; bit 17: as the seat sees it; from bit 18: place plus 1. */
export type HockeyCommand = number;

/** Full speed: what 1.0 becomes. */
export const FULL = 127;
/** Full speed in each direction when two go together: 127 / sqrt(2). */
const DIAGONAL = 90;
const ZERO = 128;
const SHOT = 1 << 16;
const OWN_VIEW = 1 << 17;
const PLACE_SHIFT = 18;
/** The largest axis value. */
export const AXIS_MAX = 4095;

export interface Wish {
  /** -127 to 127. */
  readonly x: number;
  readonly y: number;
  readonly shot: boolean;
  /** x and y are as on a table that the seat sees from its own end: it always plays from left to right. */
  readonly ownView: boolean;
  /** Where its y is to be, 0 to 4095; -1: nowhere. */
  readonly place: number;
}

const pack = ({ x, y, shot, ownView, place }: Wish): HockeyCommand =>
  (y + ZERO) | ((x + ZERO) << 8) | (shot ? SHOT : 0) | (ownView ? OWN_VIEW : 0) | ((place + 1) << PLACE_SHIFT);

export const wishOf = (command: HockeyCommand): Wish => ({
  x: ((command >> 8) & 0xff) - ZERO,
  y: (command & 0xff) - ZERO,
  shot: (command & SHOT) !== 0,
  ownView: (command & OWN_VIEW) !== 0,
  place: (command >> PLACE_SHIFT) - 1,
});

/** To stand still. */
export const STILL: HockeyCommand = pack({ x: 0, y: 0, shot: false, ownView: false, place: -1 });

/** Four directions as on the screen; opposites stand still. An axis is a place from top to bottom. */
export function fromSensed({ buttons, axis }: Sensed): HockeyCommand {
  const way = (back: number, forth: number): number =>
    ((buttons & forth) === 0 ? 0 : 1) - ((buttons & back) === 0 ? 0 : 1);
  const x = way(BUTTON.left, BUTTON.right);
  const y = way(BUTTON.up, BUTTON.down);
  const length = x !== 0 && y !== 0 ? DIAGONAL : FULL;
  const place = y === 0 && axis !== null ? axis : -1;
  return pack({ x: x * length, y: y * length, shot: (buttons & BUTTON.action) !== 0, ownView: false, place });
}

/** [x, y, shot]: three floats from -1 to 1, of the seat's own view; more than 0 is a shot. null for all else. */
export function fromAgent(value: unknown): HockeyCommand | null {
  if (!Array.isArray(value) || value.length !== 3 || !value.every(isShare)) return null;
  const [x, y, shot] = value as [number, number, number];
  return pack({ x: part(x), y: part(y), shot: shot > 0, ownView: true, place: -1 });
}

/** Adding 0 makes 0 of -0. */
const part = (share: number): number => Math.round(share * FULL) + 0;

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= -1 && value <= 1;
