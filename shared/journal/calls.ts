/** What a journal tells: every call that made a match what it was, in order. docs/journal.md gives each its bytes. */
import type { Plain } from './byte-writer.ts';
import type { DeviceKind } from '../contract/messages.ts';

/** What a match begins with. No personal names: seats have a kind and a colour only. */
export interface JournalHeader {
  readonly format: number;
  readonly game: string;
  /** Version of the game's rules. */
  readonly rules: number;
  readonly parameters: { readonly [name: string]: Plain };
  readonly seed: number;
  /** Ticks a second. */
  readonly rate: number;
  readonly seats: readonly string[];
  /** Wall clock in ms since 1970. */
  readonly startedAt: number;
  /** What the caller wants to find it by: the room, the id of the match. */
  readonly about: { readonly [name: string]: Plain };
}

export const SEAT_EVENTS = ['join', 'leave', 'drop', 'rejoin', 'takeover'] as const;
export type SeatEvent = (typeof SEAT_EVENTS)[number];

export type CallBody =
  /** A seat's command from this tick on; null: none. `begins`: the first of a run, as a reader tells it. */
  | { readonly op: 'input'; readonly seat: number; readonly command: Plain; readonly begins?: true }
  | { readonly op: 'seat'; readonly event: SeatEvent; readonly seat: number; readonly kind: DeviceKind | '' }
  /** A word of who leads the game. */
  | { readonly op: 'host'; readonly word: string }
  | { readonly op: 'pause'; readonly reason: string }
  | { readonly op: 'resume' }
  /** A goal, a teacher's note. */
  | { readonly op: 'mark'; readonly kind: string; readonly data: Plain }
  /** No keys: the whole memory. */
  | { readonly op: 'memory'; readonly keys: readonly (string | number)[]; readonly value: Plain }
  /** Settings of the lab: delay, jitter, loss of a seat. */
  | { readonly op: 'lab'; readonly settings: Plain }
  /** The hash of the whole state at this tick (shared/sim/state-hash.ts). */
  | { readonly op: 'hash'; readonly hash: string }
  /** The whole state at this tick, and the commands in force: replay can begin here. */
  | { readonly op: 'key'; readonly state: Plain; readonly commands: readonly Plain[] }
  | { readonly op: 'outcome'; readonly outcome: Plain; readonly scores: readonly number[]; readonly hash: string }
  /** A caller's own; `code` from 64 to 255. */
  | { readonly op: 'custom'; readonly code: number; readonly data: Plain };

/** A call with its place: it came when the match had played `tick` ticks, `time` ms after it began. */
export type Call = CallBody & { readonly tick: number; readonly time: number };

export type Op = CallBody['op'];
/** A call of one op. */
export type CallOf<O extends Op> = Extract<Call, { op: O }>;
