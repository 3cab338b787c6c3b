/** The 20 bytes that spectators of hockey get; docs/games.md has the table. Little endian, places in 1/64 px. */
import { msOf } from '../ticks.ts';
import { BOTH, type HockeyState, type Pair } from './state.ts';
import { UNITS_PER_PX } from './table.ts';

const VIEW_BYTES = 20;
const COARSE = 4;
const COARSE_PER_PX = UNITS_PER_PX / COARSE;
const WAIT_MS = 40;
const LEFT_MS = 100;

const SEATED = [1, 2] as const;
const OVER = 4;

export interface HockeyView {
  readonly round: number;
  readonly rounds: number;
  readonly seated: readonly [boolean, boolean];
  readonly over: boolean;
  /** ms until the puck is let go, to 40 ms. */
  readonly waitMs: number;
  /** Places of centres in px. */
  readonly puck: Pair;
  readonly mallets: readonly [Pair, Pair];
  readonly scores: Pair;
  /** ms until the round ends without a goal, to 100 ms. */
  readonly leftMs: number;
}

export function writeHockeyView({ table, puck, mallets, round, wait, left, scores, over }: HockeyState): Uint8Array {
  const bytes = new Uint8Array(VIEW_BYTES);
  const data = new DataView(bytes.buffer);
  const seated = BOTH.reduce((bits: number, seat) => bits | (mallets[seat].seated === 1 ? SEATED[seat] : 0), 0);
  const waited = Math.min(0xff, Math.ceil(msOf(wait, table.rate) / WAIT_MS));
  bytes.set([round, table.rounds, seated | (over === 1 ? OVER : 0), waited]);
  for (const [index, { at }] of [puck, ...mallets].entries()) {
    // In a goal the puck may be beyond the edge.
    data.setUint16(4 + 4 * index, Math.max(0, at[0]) / COARSE, true);
    data.setUint16(6 + 4 * index, at[1] / COARSE, true);
  }
  bytes.set(scores, 16);
  data.setUint16(18, Math.ceil(msOf(left, table.rate) / LEFT_MS), true);
  return bytes;
}

/** Reads a view; null if the bytes are not one. */
export function readHockeyView(bytes: Uint8Array): HockeyView | null {
  if (bytes.length !== VIEW_BYTES) return null;
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const byte = (at: number): number => data.getUint8(at);
  const px = (at: number): number => data.getUint16(at, true) / COARSE_PER_PX;
  const place = (index: number): Pair => [px(4 + 4 * index), px(6 + 4 * index)];
  return {
    round: byte(0),
    rounds: byte(1),
    seated: [(byte(2) & SEATED[0]) !== 0, (byte(2) & SEATED[1]) !== 0],
    over: (byte(2) & OVER) !== 0,
    waitMs: byte(3) * WAIT_MS,
    puck: place(0),
    mallets: [place(1), place(2)],
    scores: [byte(16), byte(17)],
    leftMs: data.getUint16(18, true) * LEFT_MS,
  };
}
