/**
 * From directions on the screen to those of the court. On a phone held upright the court is turned until the own side is
 * at the bottom; what is left on the screen is then another direction for the rules.
 */
import { BUTTON } from '../../../shared/contract/messages.ts';

/** Quarter turns of the court, clockwise. */
export type Turn = 0 | 1 | 2 | 3;
/** Clockwise from the top. */
export const DIRECTIONS = ['up', 'right', 'down', 'left'] as const;
export type Direction = (typeof DIRECTIONS)[number];

const TO_BOTTOM: Readonly<Record<string, Turn>> = { left: 3, right: 1, up: 2, down: 0 };

/** The turn that brings a side to the bottom. */
export const turnFor = (side: string): Turn => TO_BOTTOM[side] ?? 0;

/** Buttons that mean directions on the screen, as those that mean the same on a turned court. */
export function onCourt(buttons: number, turn: Turn): number {
  let turned = buttons & BUTTON.action;
  for (const [index, direction] of DIRECTIONS.entries()) {
    if ((buttons & BUTTON[direction]) === 0) continue;
    turned |= BUTTON[DIRECTIONS[(index - turn + 4) % 4] ?? direction];
  }
  return turned;
}

/** The two directions in which a side's paddle moves on the screen: backward and forward by the rules of touch zones. */
export function zonesFor(side: string, turn: Turn): readonly [Direction, Direction] {
  const upright = (side === 'left' || side === 'right') === (turn % 2 === 0);
  return upright ? ['up', 'down'] : ['left', 'right'];
}
