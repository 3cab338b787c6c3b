/** A command of games in which only the moment of a press counts. */
import type { Controls, Sensed, Stamp } from '../game.ts';

/** `press` is the newest press, as long as nothing newer came; the rules tell by its moment whether they know it. */
export interface PressCommand {
  readonly press: Stamp | null;
}

/** Seats for a class: as many as the smaller of a teacher's patience and a snapshot's room. */
export const PRESS_SEATS = Array.from({ length: 30 }, (_, index) => String(index + 1));

/** Any button is the button. */
export const ANY_BUTTON: Controls = { up: 'press', down: 'press', left: 'press', right: 'press', action: 'press' };

const NOTHING: PressCommand = { press: null };

/** Any button is the button; one that is still held is no press. */
export const pressOf = ({ buttons, stamp }: Sensed): PressCommand =>
  buttons === 0 || stamp === undefined ? NOTHING : { press: stamp };

/** An agent says `press`, or `none`. */
export function pressOfAgent(value: unknown, stamp: Stamp | undefined): PressCommand | null {
  if (value === 'none') return NOTHING;
  return value === 'press' && stamp !== undefined ? { press: stamp } : null;
}

/** A press that is released within the same tick is still a press, and of two the earlier one counts. */
export function mergePresses({ press }: PressCommand, next: PressCommand): PressCommand {
  if (press === null || next.press === null) return press === null ? next : { press };
  return { press: press.at <= next.press.at ? press : next.press };
}
