/** The 13 bytes that spectators of sum get; docs/games.md has the table. Little endian. */
import { msOf } from '../ticks.ts';
import { SUM_PHASES, type SumPhase, type SumState } from './state.ts';

const VIEW_BYTES = 13;
const TIME_MS = 100;

export interface SumView {
  readonly phase: SumPhase;
  readonly round: number;
  readonly rounds: number;
  readonly sum: number;
  readonly target: number;
  /** Whose turn it is, or who has won the round that is shown. */
  readonly turn: number;
  /** What was added last; 0: nothing yet. */
  readonly added: number;
  /** Until the turn ends by itself, to 100 ms. */
  readonly leftMs: number;
  readonly seated: readonly [boolean, boolean];
  readonly scores: readonly [number, number];
}

export function writeSumView(state: SumState): Uint8Array {
  const { phase, round, values, sum, turn, added, until, tick, rate, players } = state;
  const bytes = new Uint8Array(VIEW_BYTES);
  const data = new DataView(bytes.buffer);
  bytes.set([SUM_PHASES.indexOf(phase), round, values.rounds]);
  data.setUint16(3, sum, true);
  data.setUint16(5, values.target, true);
  const left = phase === 'over' ? 0 : Math.min(0xff, Math.ceil(msOf(until - tick, rate) / TIME_MS));
  const seated = players[0].seated | (players[1].seated << 1);
  bytes.set([turn, added, left, seated, players[0].score, players[1].score], 7);
  return bytes;
}

/** Reads a view; null if the bytes are not one. */
export function readSumView(bytes: Uint8Array): SumView | null {
  const phase = SUM_PHASES[bytes[0] ?? SUM_PHASES.length];
  if (phase === undefined || bytes.length !== VIEW_BYTES) return null;
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const byte = (at: number): number => data.getUint8(at);
  return {
    phase,
    round: byte(1),
    rounds: byte(2),
    sum: data.getUint16(3, true),
    target: data.getUint16(5, true),
    turn: byte(7),
    added: byte(8),
    leftMs: byte(9) * TIME_MS,
    seated: [(byte(10) & 1) !== 0, (byte(10) & 2) !== 0],
    scores: [byte(11), byte(12)],
  };
}
