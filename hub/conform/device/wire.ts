/** How the kit reaches a device under test: the least that the script needs, so that a test can hand in its own. */
import type { Decoded } from '../../../shared/contract/codec.ts';
import type { DownMessage, Message, UpMessage } from '../../../shared/contract/messages.ts';
import type { ShortInput } from '../../../shared/contract/short-input.ts';

/** What a client told when it connected by MQTT. */
export interface Greeting {
  readonly clientId: string;
  /** 3: MQTT 3.1; 4: 3.1.1. */
  readonly protocol: number;
  readonly keepaliveS: number;
  readonly will: { readonly topic: string; readonly payload: string; readonly retain: boolean } | null;
}

/** What a wire reports. */
export type WireEvent =
  | { readonly kind: 'up'; readonly bytes: Uint8Array; readonly retain?: boolean }
  /** Frames that arrived spoilt. */
  | { readonly kind: 'spoilt'; readonly frames: number }
  | { readonly kind: 'connected'; readonly greeting: Greeting }
  | { readonly kind: 'subscribed'; readonly filter: string }
  /** Something on a topic that is not its `up`. */
  | { readonly kind: 'published'; readonly topic: string; readonly payload: string }
  | { readonly kind: 'closed' };

export interface DeviceWire {
  readonly kind: 'serial' | 'mqtt' | 'local';
  /** Begins to listen; what comes is told from then on. */
  open(tell: (event: WireEvent) => void): Promise<void>;
  send(message: DownMessage): void;
  /** Sends bytes as a message that need not be one; null where only whole messages can be sent. */
  readonly raw: ((bytes: Uint8Array) => void) | null;
  /** Sends bytes on a serial line as they are; null on others. */
  readonly line: ((bytes: Uint8Array) => void) | null;
  /** Goes to another rate when all has been sent; null where there is none. @returns whether it could */
  readonly setBaud: ((baud: number) => Promise<boolean>) | null;
  /** Ends the connection so that the device has to come back; null where that cannot be done. */
  readonly reopen: (() => Promise<void>) | null;
  close(): Promise<void>;
}

/** What the transcript of a device holds. */
export type DeviceEntry =
  | {
      readonly kind: 'up';
      readonly bytes: Uint8Array;
      readonly retain: boolean;
      readonly message: UpMessage | null;
      readonly short: ShortInput | null;
      readonly form: Decoded['form'] | null;
      /** Why it is no message up; null if it is one. */
      readonly problem: string | null;
    }
  | { readonly kind: 'down'; readonly message: Message }
  /** Bytes that the kit sent and that are no message of the hub. */
  | { readonly kind: 'provoked'; readonly bytes: Uint8Array }
  | { readonly kind: 'asked'; readonly sentence: string }
  | Exclude<WireEvent, { kind: 'up' }>;
