/** What the rig's handle and its worker thread say to each other. Commands are taken in the order they were given. */
import type { UnoCounters } from '../uno.ts';
import type { Noise } from './line-noise.ts';

/** Contact bounce of a press or release. */
export interface Bounce {
  /** How long the contact bounces, in ms. */
  readonly bounceMs: number;
  /** How many edges come besides the first; rounded down to an even number. */
  readonly edges: number;
}

/** Where things are connected, as Arduino pin numbers. */
export interface Wiring {
  readonly light: number;
  readonly tone: number;
}

export interface BoardSetup {
  readonly name: string;
  readonly hex: string;
  readonly bootloader: string | null;
  readonly eeprom: Uint8Array | null;
  readonly resetOnOpen: boolean;
  readonly bootMs: number;
  readonly wiring: Wiring;
  readonly master: number;
  readonly seed: number;
}

export type BoardCommand =
  | { readonly do: 'add'; readonly setup: BoardSetup }
  | { readonly do: 'pin'; readonly pin: number; readonly level: boolean; readonly bounce: Bounce | null }
  | { readonly do: 'analog'; readonly channel: number; readonly volts: number }
  | { readonly do: 'pins' | 'unplug' | 'freeze' | 'thaw' | 'reset' | 'eeprom' | 'stats' }
  | { readonly do: 'plug'; readonly master: number }
  | { readonly do: 'corrupt'; readonly noise: Noise | null };

/** What is to be done, and to which board; null: to the rig itself. */
export type Order =
  | { readonly board: number; readonly command: BoardCommand }
  | { readonly board: null; readonly command: { readonly do: 'stop' } };
/** An order with the number its report comes back under. */
export type Command = Order & { readonly id: number };

/** What can be seen and heard of a board. */
export interface PinState {
  /** Whether the light is lit. */
  readonly light: boolean;
  /** Frequency at the piezo in Hz, 0 when silent. */
  readonly tone: number;
}

export interface PinChange extends PinState {
  /** Wall time at which the rig saw it, by process.hrtime.bigint. */
  readonly wallNs: bigint;
  /** The board's cycle then. */
  readonly cycle: number;
}

/** One press or release as it was applied. */
export interface PressRecord {
  readonly pin: number;
  readonly level: boolean;
  /** Wall time of the first edge, by process.hrtime.bigint. */
  readonly wallNs: bigint;
  /** The board's cycle of the first edge. */
  readonly cycle: number;
}

export interface BoardStats {
  readonly cycles: number;
  /** How often the board could not keep up with the wall clock and was set back. */
  readonly slips: number;
  /** Wall time lost by slips, in ms. */
  readonly slippedMs: number;
  readonly frozen: boolean;
  readonly plugged: boolean;
  /** The rate of the board's serial port now, as its chip makes it (117647 for 115200); 0 while it is off. */
  readonly baud: number;
  /** Whether somebody has the port open. */
  readonly portOpen: boolean;
  readonly opens: number;
  readonly bytesToHost: number;
  readonly bytesFromHost: number;
  /** Bytes the board sent that nobody could read. */
  readonly bytesDropped: number;
  readonly bytesCorrupted: number;
  readonly counters: UnoCounters;
  /** The last presses and releases, oldest first, at most 4096. */
  readonly presses: readonly PressRecord[];
}

export type Report =
  | { readonly re: number; readonly value: unknown }
  | { readonly re: number; readonly error: string }
  | { readonly board: number; readonly change: PinChange };
