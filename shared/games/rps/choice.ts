/** Rock, paper, scissors: what can be chosen, how it is said, and what beats what. */
import { BUTTON } from '../../contract/messages.ts';
import type { Sensed } from '../game.ts';

/** 0 stands for no choice: the state holds integers only. */
export type Choice = 0 | 1 | 2 | 3;
export const WORDS = ['rock', 'paper', 'scissors'] as const;
/** By choice; as the program of the wiki spells them. */
export const LETTERS = ['-', 'R', 'P', 'S'] as const;

/** Paper beats rock, scissors beat paper, rock beats scissors. No choice beats nothing and is beaten by nothing. */
export const beats = (one: Choice, other: Choice): boolean => one !== 0 && other !== 0 && (one - other + 3) % 3 === 1;

const BUTTONS: ReadonlyMap<number, Choice> = new Map([
  [BUTTON.left, 1],
  [BUTTON.up, 2],
  [BUTTON.right, 3],
]);

/** The choice of the one button that is held. Two at once are none: nobody knows which was meant. */
export const choiceOfButtons = ({ buttons }: Sensed): Choice => BUTTONS.get(buttons) ?? 0;

const SAID: ReadonlyMap<unknown, Choice> = new Map<unknown, Choice>([
  ['rock', 1],
  ['R', 1],
  ['paper', 2],
  ['P', 2],
  ['scissors', 3],
  ['S', 3],
  ['none', 0],
]);

/** The choice that a program says by word or letter; null: not a choice. */
export const choiceOfAgent = (value: unknown): Choice | null => SAID.get(value) ?? null;

/** A button that is pressed and let go within one tick has been pressed. */
export const mergeChoices = (first: Choice, next: Choice): Choice => (next === 0 ? first : next);
