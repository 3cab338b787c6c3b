/** The state of a match of hockey: plain data of integers, replaced and never changed. */
import type { Table } from './table.ts';

export const SEATS = ['1', '2'] as const;
export type HockeySeat = 0 | 1;
export const BOTH = [0, 1] as const;
/** x and y. */
export type Pair = readonly [number, number];

export interface Mallet {
  readonly seated: 0 | 1;
  /** Centre, in units from the table's top left corner. */
  readonly at: Pair;
  /** Units per tick. */
  readonly velocity: Pair;
  /** Ticks until it can shoot again. */
  readonly cool: number;
  /** How often it has hit and shot the puck. */
  readonly hits: number;
  readonly shots: number;
}

export interface HockeyState {
  readonly table: Table;
  readonly puck: { readonly at: Pair; readonly velocity: Pair };
  readonly mallets: readonly [Mallet, Mallet];
  /** From 1. In odd rounds seat 1 plays on the left, in even ones on the right. */
  readonly round: number;
  /** Ticks until the round ends without a goal. */
  readonly left: number;
  /** Ticks until the puck is let go; nothing moves before. */
  readonly wait: number;
  /** Whose half the puck was put into. */
  readonly server: HockeySeat;
  /** The half that the puck is in, 0 left, and for how many ticks. */
  readonly half: 0 | 1;
  readonly stay: number;
  readonly scores: Pair;
  readonly over: 0 | 1;
  /** 1 once anybody has been seated. */
  readonly begun: 0 | 1;
}

export const otherThan = (seat: HockeySeat): HockeySeat => (seat === 0 ? 1 : 0);

/** 0: the seat plays on the left in this round; 1: on the right. */
export const sideOf = (round: number, seat: HockeySeat): 0 | 1 => ((seat + round - 1) % 2 === 0 ? 0 : 1);

/** @throws RangeError for an index that the game has not: a bug of the caller */
export function toSeat(index: number): HockeySeat {
  if (index !== 0 && index !== 1) throw new RangeError(`Hockey has no seat ${index}.`);
  return index;
}
