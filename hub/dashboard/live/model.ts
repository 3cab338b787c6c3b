/** What the hub tells by JSON, as this page holds it. Read by parse.ts, which lets nothing else through. */
import type { RoomPhase } from '../../../shared/contract/messages.ts';
import type { Presence } from '../../../shared/contract/topics.ts';

export interface SeatInfo {
  readonly seat: string;
  readonly index: number;
  readonly device: string | null;
  readonly name: string | null;
  readonly kind: string | null;
  readonly link: string | null;
  readonly present: boolean;
  readonly points: number;
  readonly lifetimePoints: number;
  readonly lifetimeWins: number;
}

export interface Scoreboard {
  readonly room: string;
  readonly game: string;
  readonly match: string | null;
  /** Seats that have to be taken before a match begins. */
  readonly minSeats: number;
  readonly phase: RoomPhase;
  /** Ticks a second. */
  readonly rate: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly target: number | null;
  readonly countdownMs: number;
  readonly reason: string | null;
  readonly seats: readonly SeatInfo[];
  readonly winner: string | null;
  readonly final: boolean;
}

export interface DeviceInfo {
  readonly id: string;
  readonly state: Presence;
  readonly name: string;
  readonly kind: string;
  readonly link: string | null;
}

export interface RoomEvent {
  readonly event: string;
  readonly seat: string | null;
}

/** How a device's link does. */
export interface LinkInfo {
  readonly device: string;
  /** Port or client id. */
  readonly address: string;
  readonly firmware: string;
  /** The program it can be brought to. */
  readonly update: string | null;
  /** PING to PONG, p50, in ms. */
  readonly roundTripMs: number | null;
}

/** A serial port with which something is wrong. */
export interface PortTrouble {
  readonly path: string;
  /** A sentence. */
  readonly text: string;
}

export interface Health {
  /** `ok`, or what is wrong with the disk. */
  readonly store: string;
  readonly links: ReadonlyMap<string, LinkInfo>;
  readonly troubles: readonly PortTrouble[];
}
