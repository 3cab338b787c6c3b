/** What a step of the device's script is, and what it has to work with. */
import type { UpMessage } from '../../../shared/contract/messages.ts';
import type { Clock } from '../../clock.ts';
import type { Logged, Transcript } from '../transcript.ts';
import type { HubPart } from './hub-part.ts';
import type { DeviceEntry, DeviceWire } from './wire.ts';

export interface DeviceScript {
  readonly wire: DeviceWire;
  readonly clock: Clock;
  /** Asks a person for something; null if nobody is there. */
  readonly hands: ((sentence: string) => void) | null;
  /** Says what is being done. */
  readonly say: (line: string) => void;
  /** How long to wait for the device to be there at all, in ms. */
  readonly patienceMs: number;
}

export interface Talk extends DeviceScript {
  readonly hub: HubPart;
  readonly log: Transcript<DeviceEntry>;
}

export interface Step {
  readonly name: string;
  /** Names of what comes within it, in the transcript. */
  readonly parts?: readonly string[];
  /** Why it cannot be made; null if it can. */
  readonly whyNot?: (talk: Talk) => string | null;
  readonly run: (talk: Talk) => Promise<void>;
}

export type DeviceTranscript = Transcript<DeviceEntry> & { readonly wireKind: DeviceWire['kind'] };

/** Whether an entry is a message up of a type. */
export const isUpOf =
  (...types: UpMessage['type'][]) =>
  (entry: Logged<DeviceEntry>): boolean =>
    entry.kind === 'up' &&
    ((entry.message !== null && types.includes(entry.message.type)) ||
      (entry.short !== null && types.includes('INPUT')));
