/** The 14 bytes that spectators of sum get; docs/games.md has the table. Little endian. */
import { msOf } from '../ticks.ts';
import { SUM_PHASES, type SumPhase, type SumState } from './state.ts';

const VIEW_BYTES = 14;
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
  const left = phase === 'over' ? 0 : Math.ceil(msOf(until - tick, rate) / TIME_MS);
  const seated = players[0].seated | (players[1].seated << 1);
  data.setUint16(7, left, true);
  bytes.set([turn, added, seated, players[0].score, players[1].score], 9);
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
    leftMs: data.getUint16(7, true) * TIME_MS,
    turn: byte(9),
    added: byte(10),
    seated: [(byte(11) & 1) !== 0, (byte(11) & 2) !== 0],
    scores: [byte(12), byte(13)],
  };
}
