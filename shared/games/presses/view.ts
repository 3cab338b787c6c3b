/**
 * The view of games of presses, 215 bytes for 30 seats (docs/games.md has the table). Little endian; times in 10 µs
 * after the light.
 */

export const PRESS_PHASES = ['idle', 'wait', 'lit', 'hold', 'shown', 'over'] as const;
/** idle: nobody plays, or the buzzer is not armed; hold: the first press is here, earlier ones may be on their way. */
export type PressPhase = (typeof PRESS_PHASES)[number];

export interface PressSeatView {
  readonly seated: boolean;
  /** Pressed too early or answered wrongly: out of this round. */
  readonly out: boolean;
  readonly winner: boolean;
  /** ms after the light, and how exact that is; null: not pressed. */
  readonly press: { readonly ms: number; readonly bound: number } | null;
  readonly score: number;
}

export interface PressView {
  readonly phase: PressPhase;
  /** From 1; 0 before the first. */
  readonly round: number;
  /** How many rounds, or points to win; 0: without end. */
  readonly of: number;
  readonly tie: boolean;
  readonly seats: readonly PressSeatView[];
}

const HEAD_BYTES = 5;
const SEAT_BYTES = 7;
const UNIT_MS = 0.01;
const SEATED = 1;
const PRESSED = 2;
const OUT = 4;
const WINNER = 8;
const MAX_TIME = 0xff_ffff;
const MAX_BOUND = 0xffff;

export function writePressView({ phase, round, of, tie, seats }: PressView): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + SEAT_BYTES * seats.length);
  const data = new DataView(bytes.buffer);
  bytes.set([PRESS_PHASES.indexOf(phase), Math.min(255, round), Math.min(255, of), tie ? 1 : 0, seats.length]);
  for (const [index, { seated, out, winner, press, score }] of seats.entries()) {
    const at = HEAD_BYTES + index * SEAT_BYTES;
    const pressed = press === null ? 0 : PRESSED;
    bytes[at] = (seated ? SEATED : 0) | pressed | (out ? OUT : 0) | (winner ? WINNER : 0);
    const time = Math.max(0, Math.min(MAX_TIME, Math.round((press?.ms ?? 0) / UNIT_MS)));
    data.setUint16(at + 1, time & 0xffff, true);
    data.setUint8(at + 3, time >> 16);
    data.setUint16(at + 4, Math.min(MAX_BOUND, Math.ceil((press?.bound ?? 0) / UNIT_MS)), true);
    data.setUint8(at + 6, Math.min(255, score));
  }
  return bytes;
}

/** Reads a view; null if the bytes are not one. */
export function readPressView(bytes: Uint8Array): PressView | null {
  const [phase = 0, round = 0, of = 0, tie = 0, count = 0] = bytes;
  const name = PRESS_PHASES[phase];
  if (name === undefined || bytes.length !== HEAD_BYTES + SEAT_BYTES * count) return null;
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const seats = Array.from({ length: count }, (_, index) => readSeat(data, HEAD_BYTES + index * SEAT_BYTES));
  return { phase: name, round, of, tie: tie === 1, seats };
}

function readSeat(data: DataView, at: number): PressSeatView {
  const flags = data.getUint8(at);
  const time = data.getUint16(at + 1, true) + data.getUint8(at + 3) * 0x1_0000;
  const bound = data.getUint16(at + 4, true);
  return {
    seated: (flags & SEATED) !== 0,
    out: (flags & OUT) !== 0,
    winner: (flags & WINNER) !== 0,
    press: (flags & PRESSED) === 0 ? null : { ms: time * UNIT_MS, bound: bound * UNIT_MS },
    score: data.getUint8(at + 6),
  };
}
