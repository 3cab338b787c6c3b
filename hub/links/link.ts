/** How a device is attached. A room never knows which kind it has; the lobby knows only this. */
import { decode, type Decoded } from '../../shared/contract/codec.ts';
import type { DownMessage } from '../../shared/contract/messages.ts';
import { PaddlewireError, type ErrorCode } from '../../shared/errors.ts';

export interface LinkCounters {
  framesIn: number;
  framesOut: number;
  bytesIn: number;
  bytesOut: number;
  /** Frames that were lost on the way in, by cause. Empty where the link cannot lose any. */
  readonly lost: Readonly<Record<string, number>>;
}

/** Whose token a device came with (hub/league). */
export interface Holder {
  readonly user: number;
  readonly token: number;
}

export interface Link {
  readonly kind: 'serial' | 'mqtt' | 'bot';
  /** Where it is: the path of a port, the client id of a connection, the id of a bot. */
  readonly address: string;
  /** The id that the device on it must have, or null where HELLO may say any. */
  readonly deviceId: string | null;
  /** Whether a device that does not answer PING is to be taken for gone. */
  readonly answersPing: boolean;
  readonly counters: LinkCounters;
  /** Absent: it came without a token. */
  readonly holder?: Holder;
  /** Sends, best effort, never waits. State (OBSERVE) may be dropped where the receiver is slow. */
  send(message: DownMessage): void;
  /** Ends it. `closed` of the handler is called once, whoever ends it. */
  close(reason: ErrorCode): void;
}

/** What a link reports to; the lobby. */
export interface LinkHandler {
  received(link: Link, decoded: Decoded): void;
  /** Something arrived that is no message. */
  refused(link: Link, error: PaddlewireError): void;
  /** The hub itself failed at something that this link brought or was to be sent: a bug. */
  failed(link: Link, error: unknown): void;
  /** @param expected whether the device said goodbye */
  closed(link: Link, reason: string, expected: boolean): void;
}

export const emptyCounters = (lost: Readonly<Record<string, number>> = {}): LinkCounters => ({
  framesIn: 0,
  framesOut: 0,
  bytesIn: 0,
  bytesOut: 0,
  lost,
});

/**
 * Decodes what arrived on a link and hands it on. Whatever goes wrong ends here: what is no message is refused, and a
 * bug of ours costs this link, never the hub.
 */
export function deliver(
  link: Link,
  handler: LinkHandler,
  payload: Uint8Array,
  onDecoded?: (decoded: Decoded) => void,
): void {
  guard(link, handler, () => {
    try {
      const decoded = decode(payload);
      onDecoded?.(decoded);
      handler.received(link, decoded);
    } catch (error) {
      if (!(error instanceof PaddlewireError)) throw error;
      handler.refused(link, error);
    }
  });
}

/** Runs what concerns one link; a bug in it costs this link, never the hub. */
export function guard(link: Link, handler: LinkHandler, run: () => void): void {
  try {
    run();
  } catch (error) {
    handler.failed(link, error);
  }
}
