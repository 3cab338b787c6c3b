/** The state of a match of snake: plain data of integers, replaced and never changed. Fields are numbered row by row. */
import type { PrngState } from '../../sim/prng.ts';
import type { ParameterValues, Parameters } from '../game.ts';
import type { SnakeCommand, Way } from './command.ts';

export const parameters = {
  width: { kind: 'integer', min: 8, max: 24, default: 24, unit: 'fields', doc: 'Width of the garden.' },
  // So many rows of so many fields are what OBSERVE has room for.
  height: { kind: 'integer', min: 8, max: 15, default: 15, unit: 'fields', doc: 'Height of the garden.' },
  speed: { kind: 'integer', min: 1, max: 20, default: 7, unit: 'fields/s', doc: 'How fast snakes are.' },
  food: { kind: 'integer', min: 1, max: 8, default: 3, unit: 'pieces', doc: 'Pieces of food that lie there.' },
  lives: { kind: 'integer', min: 1, max: 9, default: 3, unit: 'lives', doc: 'Lives of each player.' },
  matchMs: { kind: 'integer', min: 5000, max: 240_000, default: 90_000, unit: 'ms', doc: 'Length of a match.' },
} as const satisfies Parameters;

export type SnakeParameters = ParameterValues<typeof parameters>;

export const SEATS = ['1', '2', '3', '4'] as const;

export interface Snake {
  readonly seated: 0 | 1;
  /** The head first; empty: it has died, or waits for room to begin. */
  readonly body: readonly number[];
  readonly way: Way;
  /** Turns that are asked for and not yet made, at most two: one for the next field, one for the field after. */
  readonly turns: readonly Way[];
  /** What its player said last. */
  readonly said: SnakeCommand;
  readonly lives: number;
  /** Moves until it may begin again. */
  readonly rest: number;
  readonly score: number;
  readonly eaten: number;
  readonly deaths: number;
}

export interface SnakeState {
  readonly rate: number;
  readonly values: SnakeParameters;
  readonly random: PrngState;
  /** Ticks until all move, and until the match is over. */
  readonly wait: number;
  readonly left: number;
  readonly snakes: readonly Snake[];
  readonly food: readonly number[];
  readonly over: 0 | 1;
  /** 1 once anybody has been seated. */
  readonly begun: 0 | 1;
}

export const ABSENT: Snake = {
  seated: 0,
  body: [],
  way: 0,
  turns: [],
  said: 0,
  lives: 0,
  rest: 0,
  score: 0,
  eaten: 0,
  deaths: 0,
};

/** Ticks that a snake stays on a field. */
export const ticksPerMove = ({ values, rate }: SnakeState): number => Math.max(1, Math.round(rate / values.speed));
