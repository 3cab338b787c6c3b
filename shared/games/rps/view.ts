/** What spectators of rock-paper-scissors get: 7 bytes and 2 for each seat; docs/games.md has the table. */
import { msOf } from '../ticks.ts';
import type { Choice } from './choice.ts';
import { RPS_PHASES, SEATS, type RpsPhase, type RpsState } from './state.ts';

const HEAD_BYTES = 7;
const SEAT_BYTES = 2;
const TIME_MS = 100;

const SEATED = 1;
const READY = 2;
const CHOICE_SHIFT = 2;
const WON = 16;

export interface RpsSeatView {
  readonly seated: boolean;
  /** It has chosen; what, is told when all have. */
  readonly ready: boolean;
  /** 0 until it is shown. */
  readonly choice: Choice;
  readonly won: boolean;
  readonly score: number;
}

export interface RpsView {
  readonly phase: RpsPhase;
  readonly round: number;
  readonly target: number;
  /** Until the phase ends by itself, to 100 ms. */
  readonly leftMs: number;
  readonly seats: readonly RpsSeatView[];
}

export function writeRpsView({ phase, round, values, until, tick, rate, players, winners }: RpsState): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + SEAT_BYTES * players.length);
  const left = phase === 'over' ? 0 : Math.ceil(msOf(until - tick, rate) / TIME_MS);
  const head = [RPS_PHASES.indexOf(phase), round & 0xff, round >> 8, values.target, left & 0xff, left >> 8];
  bytes.set([...head, players.length]);
  for (const [seat, { seated, choice, score }] of players.entries()) {
    const at = HEAD_BYTES + seat * SEAT_BYTES;
    const shown = phase === 'choose' ? 0 : choice << CHOICE_SHIFT;
    const won = phase !== 'choose' && winners.includes(seat) ? WON : 0;
    bytes[at] = (seated === 1 ? SEATED | (choice === 0 ? 0 : READY) | shown : 0) | won;
    bytes[at + 1] = Math.min(255, score);
  }
  return bytes;
}

/** Reads a view; null if the bytes are not one. */
export function readRpsView(bytes: Uint8Array): RpsView | null {
  const [phase = 0, low = 0, high = 0, target = 0, left = 0, leftHigh = 0, count = 0] = bytes;
  const name = RPS_PHASES[phase];
  if (name === undefined || count !== SEATS.length || bytes.length !== HEAD_BYTES + SEAT_BYTES * count) return null;
  const seats = Array.from({ length: count }, (_, seat) => {
    const [flags = 0, score = 0] = bytes.subarray(HEAD_BYTES + seat * SEAT_BYTES);
    const choice = ((flags >> CHOICE_SHIFT) & 3) as Choice;
    return {
      seated: (flags & SEATED) !== 0,
      ready: (flags & READY) !== 0,
      choice,
      won: (flags & WON) !== 0,
      score,
    };
  });
  return { phase: name, round: low + 256 * high, target, leftMs: (left + 256 * leftHigh) * TIME_MS, seats };
}
