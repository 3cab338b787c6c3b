/** What a room is given, and what it tells: settings, events, summary, output. */
import type { DownMessage, MessageOf, RoomPhase } from '../../shared/contract/messages.ts';
import type { PAUSE_REASONS, ROOM_EVENTS } from '../../shared/contract/pages.ts';
import type { Begins } from '../../shared/contract/api.ts';
import type { Ending, Game, ParameterValues, Parameters } from '../../shared/games/game.ts';
import type { Clock } from '../clock.ts';
import type { InvalidPolicy } from './invalid-policy.ts';
import type { LostPolicy } from './lost-policy.ts';
import type { DeviceKind } from '../../shared/contract/messages.ts';
import type { JournalHeader } from '../../shared/journal/calls.ts';
import type { WrittenSoFar } from '../../shared/journal/journal-writer.ts';
import type { MatchSoFar } from '../../shared/journal/match-recorder.ts';
import type { Credit, ScoreBook } from './match-book.ts';
import type { LogFile } from './match-log.ts';

export interface RoomSettings {
  readonly name: string;
  /** Ticks a second. */
  readonly rate: number;
  readonly policy: LostPolicy;
  /** Ignored, if left out. */
  readonly invalid?: InvalidPolicy;
  readonly begins: Begins;
  /** One match, and no other after it. */
  readonly once?: boolean;
  /** How long a seat is kept for a device that vanished, in ms. */
  readonly graceMs: number;
  /** Before a match, in ms. */
  readonly countdownMs: number;
  /** Before play goes on after a pause, in ms. */
  readonly resumeMs: number;
  /** Between a final result and the next match, in ms. */
  readonly restartMs: number;
}

export type PauseReason = (typeof PAUSE_REASONS)[number];

export interface RoomEvent {
  readonly event: (typeof ROOM_EVENTS)[number];
  readonly tick: number;
  readonly seat: string | null;
  readonly device: string | null;
}

/** All that a scoreboard shows but who sits where. */
export interface RoomSummary {
  readonly room: string;
  readonly game: string;
  readonly match: string | null;
  readonly phase: RoomPhase;
  readonly rate: number;
  readonly minSeats: number;
  readonly parameters: ParameterValues<Parameters>;
  readonly policy: LostPolicy;
  readonly begins: Begins;
  /** Until the match begins or goes on. */
  readonly countdownMs: number;
  /** Why it is paused. */
  readonly reason: PauseReason | null;
  readonly scores: readonly number[];
  /** Seat that won; null until it is final. */
  readonly winner: string | null;
  /** The result is on disk. */
  readonly final: boolean;
}

/** Where a room speaks to. */
export interface RoomOutput {
  /** An encoded SNAPSHOT. */
  state(bytes: Uint8Array): void;
  event(event: RoomEvent): void;
  /** The scoreboard is not what it was. */
  changed(): void;
  toDevice(device: string, message: DownMessage): void;
  /** A SYNC but for the number of the device's newest INPUT, which whoever took that knows. */
  sync(device: string, sync: SyncTick): void;
  /** A match has ended, and that is on disk. */
  ended?(result: MatchResult): void;
}

/** How a match ended, for those who keep books. */
export interface MatchResult {
  readonly match: string;
  readonly ending: Ending;
  /** Of all seats. */
  readonly scores: readonly number[];
  /** Of all seats: what the game tells beside points; null: nothing. */
  readonly stats: readonly (Readonly<Record<string, number>> | null)[];
  readonly ticks: number;
  /** Who sat there when it ended; who went away still did. */
  readonly players: readonly { readonly index: number; readonly name: string; readonly device: string | null }[];
  /** ms since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
}

export type SyncTick = Omit<MessageOf<'SYNC'>, 'seq'>;

export type { Credit } from './match-book.ts';

/** A match that was not finished when the hub ended. */
export interface SavedMatch {
  readonly id: string;
  readonly header: JournalHeader;
  readonly soFar: MatchSoFar & { readonly written: WrittenSoFar };
  /** Who sat where at the end. */
  readonly seats: readonly { readonly index: number; readonly device: string }[];
  readonly credit: readonly Credit[];
}

/** A moment of another match. */
export interface ForkedMatch {
  /** Of the other match. */
  readonly id: string;
  readonly header: JournalHeader;
  readonly tick: number;
  readonly state: unknown;
  readonly commands: readonly unknown[];
}

export interface RoomParts<S, C, P extends Parameters> {
  readonly game: Game<S, C, P>;
  readonly parameters: ParameterValues<P>;
  readonly settings: RoomSettings;
  readonly clock: Clock;
  /** A fresh seed, a uint32, for each match. */
  seed(): number;
  readonly book: ScoreBook;
  /** The journal of a match, by its id; null: none is kept. */
  journal(match: string): LogFile | null;
  kindOf(device: string): DeviceKind | '';
  readonly out: RoomOutput;
}
