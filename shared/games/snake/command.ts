/** What a player asks of its snake: which directions it holds, and which it has tapped since the tick before. */
import { BUTTON } from '../../contract/messages.ts';
import type { Sensed } from '../game.ts';

/** Bits 0 to 3: held up, down, left, right, as in BUTTON. Bits 4 to 7: tapped. */
export type SnakeCommand = number;

/** Up, down, left, right. */
export type Way = 0 | 1 | 2 | 3;
export const WAYS = ['up', 'down', 'left', 'right'] as const;
const ALL = [0, 1, 2, 3] as const satisfies readonly Way[];

const DIRECTIONS = BUTTON.up | BUTTON.down | BUTTON.left | BUTTON.right;
const TAPPED_SHIFT = 4;

/** Neither goes on nor back. */
export const isTurn = (from: Way, to: Way): boolean => from >> 1 !== to >> 1;

export const waysIn = (bits: number): Way[] => ALL.filter((way) => (bits & (1 << way)) !== 0);

export function fromSensed({ buttons }: Sensed): SnakeCommand {
  const held = buttons & DIRECTIONS;
  return held | (held << TAPPED_SHIFT);
}

/** A direction that was tapped within one tick, and is no longer held, has been tapped. */
export const merge = (first: SnakeCommand, next: SnakeCommand): SnakeCommand =>
  next | (first & (DIRECTIONS << TAPPED_SHIFT));

/** The directions in a command that were not held in the one before. */
export function pressed(command: SnakeCommand, before: SnakeCommand): Way[] {
  return command === before ? [] : waysIn((command >> TAPPED_SHIFT) & ~before & DIRECTIONS);
}

export const held = (command: SnakeCommand): Way[] => waysIn(command & DIRECTIONS);

const SAID: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ...WAYS.map((way) => [way, BUTTON[way]] as const),
  ['none', 0],
]);

/** A word for a direction, or `none`; null for all else. */
export function fromAgent(value: unknown): SnakeCommand | null {
  const buttons = SAID.get(value);
  return buttons === undefined ? null : fromSensed({ buttons, axis: null });
}
