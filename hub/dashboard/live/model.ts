/** What the hub tells by JSON, as this page holds it. Read by parse.ts, which lets nothing else through. */
import type { Begins, Lab } from '../../../shared/contract/api.ts';
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
  /** What happens when a device vanishes; null: the hub does not say. */
  readonly policy: string | null;
  /** When a match begins: by itself as soon as enough sit, or when who leads says so. */
  readonly begins: Begins;
  /** Seats whose network is made worse on purpose. */
  readonly lab: Readonly<Record<string, Lab>>;
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
  readonly kind: string;
  readonly link: string;
  readonly name: string;
  readonly inputsPerSecond: number;
  /** Frames lost on the way to the hub, INPUTs that never came, frames that the device says it lost. */
  readonly lost: number;
  readonly missed: number;
  readonly lostOnDevice: number;
  readonly refused: number;
}

/** A serial port with which something is wrong. */
export interface PortTrouble {
  readonly path: string;
  /** A sentence. */
  readonly text: string;
}

/** A figure and how it is spread. */
export interface Spread {
  readonly p50: number;
  readonly p99: number;
}

export interface Health {
  /** `ok`, or what is wrong with the disk. */
  readonly store: string;
  readonly links: ReadonlyMap<string, LinkInfo>;
  readonly troubles: readonly PortTrouble[];
  readonly figures: Figures;
}

/** What the hub measures of itself; null for what it does not tell. */
export interface Figures {
  readonly uptimeS: number | null;
  readonly rooms: number | null;
  readonly devices: number | null;
  readonly clients: number | null;
  readonly tickLatenessMs: Spread | null;
  readonly tickWorkMs: Spread | null;
  readonly ticksSkipped: number | null;
  readonly messagesIn: number | null;
  readonly messagesOut: number | null;
  readonly memoryBytes: number | null;
  readonly diskFreeBytes: number | null;
  readonly journalLagMs: number | null;
  readonly unsaved: number | null;
  /** Messages refused, by code. */
  readonly refused: Readonly<Record<string, number>>;
}
