/** What one seat is told of hockey: as if it sat at the left end of the table, in whole px and px per second. */
import { SEATS, otherThan, sideOf, type HockeySeat, type HockeyState, type Pair } from './state.ts';
import { UNITS_PER_PX } from './table.ts';
import { msOf } from '../ticks.ts';

export interface HockeyObservation {
  readonly you: string;
  /** Where you are for those who watch: left or right. */
  readonly side: 'left' | 'right';
  readonly table: Pair;
  /** From the corner at your left hand's far end: your goal is at x = 0, the other at the table's width. */
  readonly puck: Pair;
  readonly puckVelocity: Pair;
  readonly own: Pair;
  readonly ownVelocity: Pair;
  readonly other: Pair;
  readonly otherVelocity: Pair;
  /** Whether you could shoot now, if the puck is near enough. */
  readonly ready: boolean;
  /** ms until the puck is let go; 0: it is. */
  readonly wait: number;
  readonly round: number;
  readonly rounds: number;
  /** ms until the round ends without a goal. */
  readonly left: number;
  /** Yours first. */
  readonly scores: Pair;
}

export function observe(state: HockeyState, seat: HockeySeat): HockeyObservation | null {
  const { table, puck, mallets, round, scores, wait, left } = state;
  if (mallets[seat].seated === 0) return null;
  const side = sideOf(round, seat);
  const other = otherThan(seat);
  const place = ([x, y]: Pair): Pair =>
    side === 0 ? [toPx(x), toPx(y)] : [toPx(table.width - x), toPx(table.height - y)];
  const velocity = ([x, y]: Pair): Pair => {
    const turned = side === 0 ? table.rate : -table.rate;
    return [toPx(x * turned), toPx(y * turned)];
  };
  return {
    you: SEATS[seat],
    side: side === 0 ? 'left' : 'right',
    table: [toPx(table.width), toPx(table.height)],
    puck: place(puck.at),
    puckVelocity: velocity(puck.velocity),
    own: place(mallets[seat].at),
    ownVelocity: velocity(mallets[seat].velocity),
    other: place(mallets[other].at),
    otherVelocity: velocity(mallets[other].velocity),
    ready: mallets[seat].cool === 0,
    wait: msOf(wait, table.rate),
    round,
    rounds: table.rounds,
    left: msOf(left, table.rate),
    scores: [scores[seat], scores[other]],
  };
}

/** Rounds to the nearest px; adding 0.5 and cutting keeps -0 out. */
const toPx = (units: number): number => Math.floor(units / UNITS_PER_PX + 0.5);
