/** What a seat can ask of its paddle, as one small integer; from buttons and axis, or from an agent's words. */
import { BUTTON } from '../../contract/messages.ts';
import type { Sensed } from '../game.ts';
import { ALONG, toSeat, type Seat } from './sides.ts';

/**
 * Bits 0 and 1: 1 backward (up, left), 2 forward (down, right). Bit 2: serve. Bits 3 to 15: place on the side plus 1.
 * Bits 16 and 17: where a serve is to go, 1 backward, 2 forward; journals from before they were there have none.
 */
export type PongCommand = number;

export type ServeWish = 0 | 1 | 2 | 3;

const BACKWARD = 1;
const FORWARD = 2;
const SERVE = 4;
const PLACE_SHIFT = 3;
const PLACE_BITS = 0x1fff;
const SERVE_WAY_SHIFT = 16;
/** The largest axis value: the paddle's centre at the lower or right end of its way. */
export const AXIS_MAX = 4095;

/** -1 backward, 1 forward, 0 stand still. Both asked for at once is standing still. */
export const moveOf = (command: PongCommand): -1 | 0 | 1 => {
  const bits = command & (BACKWARD | FORWARD);
  return bits === BACKWARD ? -1 : bits === FORWARD ? 1 : 0;
};
/** 0: no serve; 1: a serve; 2, 3: a serve whose ball goes backward, forward along the own side. */
export const asksServe = (command: PongCommand): ServeWish =>
  (command & SERVE) === 0 ? 0 : ((1 + (command >> SERVE_WAY_SHIFT)) as ServeWish);
/** The place to go to, 0..4095, or -1 for none. */
export const placeOf = (command: PongCommand): number => ((command >> PLACE_SHIFT) & PLACE_BITS) - 1;

/** The command of buttons and axis. A held direction goes before the axis; held opposites stand still. */
export function fromSensed({ buttons, axis }: Sensed, index: number): PongCommand {
  const seat = toSeat(index);
  const serve = (buttons & BUTTON.action) === 0 ? 0 : SERVE;
  const move = moveBits(buttons, seat);
  if (move !== 0 || axis === null) return move | serve;
  return serve | ((axis + 1) << PLACE_SHIFT);
}

/** On left and right only up and down count; above and below, a board with two buttons has up for left, down for right. */
function moveBits(buttons: number, seat: Seat): number {
  const vertical = ALONG[seat] === 1;
  const backward = vertical ? BUTTON.up : BUTTON.up | BUTTON.left;
  const forward = vertical ? BUTTON.down : BUTTON.down | BUTTON.right;
  return ((buttons & backward) === 0 ? 0 : BACKWARD) | ((buttons & forward) === 0 ? 0 : FORWARD);
}

const WORDS: ReadonlyMap<unknown, number> = new Map([
  ['up', BUTTON.up],
  ['down', BUTTON.down],
  ['left', BUTTON.left],
  ['right', BUTTON.right],
  ['none', 0],
  ['stop', 0],
  ['serve', BUTTON.action],
  ['NONE', 0],
]);

/** The words of the MLGame wiki: of a game whose paddles are above and below, so only those seats know them. */
const MLGAME_WORDS: ReadonlyMap<unknown, PongCommand> = new Map([
  ['MOVE_LEFT', BACKWARD],
  ['MOVE_RIGHT', FORWARD],
  ['SERVE_TO_LEFT', SERVE | (BACKWARD << SERVE_WAY_SHIFT)],
  ['SERVE_TO_RIGHT', SERVE | (FORWARD << SERVE_WAY_SHIFT)],
]);

/** The command of an agent's value: a word, or {move?: -1|0|1, to?: 0..4095, serve?: boolean}; null for all else. */
export function fromAgent(value: unknown, index: number): PongCommand | null {
  const buttons = WORDS.get(value);
  if (buttons !== undefined) return fromSensed({ buttons, axis: null }, index);
  const command = MLGAME_WORDS.get(value);
  if (command !== undefined) return ALONG[toSeat(index)] === 0 ? command : null;
  return isRecord(value) ? fromFields(value) : null;
}

function fromFields(fields: Readonly<Record<string, unknown>>): PongCommand | null {
  const names = Object.keys(fields);
  if (names.length === 0 || names.some((name) => !['move', 'to', 'serve'].includes(name))) return null;
  const { move = 0, to, serve = false } = fields;
  if (move !== -1 && move !== 0 && move !== 1) return null;
  if (typeof serve !== 'boolean') return null;
  if (to !== undefined && !isPlace(to)) return null;
  const bits = move === -1 ? BACKWARD : move === 1 ? FORWARD : 0;
  return bits | (serve ? SERVE : 0) | (to === undefined ? 0 : (to + 1) << PLACE_SHIFT);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isPlace = (to: unknown): to is number =>
  typeof to === 'number' && Number.isInteger(to) && to >= 0 && to <= AXIS_MAX;
