/** A device whose software runs in the hub's process and speaks for a board on a port: of Firmata, or of text lines. */
import type { DownMessage, UpMessage } from '../../../shared/contract/messages.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { emptyCounters, guard, type Link, type LinkHandler } from '../link.ts';

/** What speaks for the board. */
export interface LocalDevice {
  /** Whether PONG comes from the board itself, so that one that hangs is noticed; true when left out. */
  readonly answersPing?: boolean;
  /** Introduces itself when the board has answered. @throws PaddlewireError port-silent, port-lost; it is closed then */
  start(): Promise<void>;
  onMessage(listener: (message: UpMessage) => void): unknown;
  /** Takes what the hub sends. */
  receive(message: DownMessage): void;
  onClose(listener: () => void): unknown;
  close(): void;
}

export class LocalLink implements Link {
  readonly kind = 'serial';
  readonly address: string;
  readonly deviceId = null;
  readonly answersPing: boolean;
  readonly counters = emptyCounters();
  readonly #device: LocalDevice;
  readonly #handler: LinkHandler;
  readonly #sent: (message: DownMessage) => void;
  #closed = false;

  /** @param sent is told of all that is sent to the device */
  constructor(address: string, device: LocalDevice, handler: LinkHandler, sent: (message: DownMessage) => void) {
    this.#sent = sent;
    this.address = address;
    this.answersPing = device.answersPing ?? true;
    this.#device = device;
    this.#handler = handler;
    device.onMessage((message) => {
      this.counters.framesIn++;
      if (!this.#closed) guard(this, handler, () => handler.received(this, { form: 'cbor', message }));
    });
    device.onClose(() => this.close('port-lost'));
  }

  send(message: DownMessage): void {
    if (this.#closed) return;
    this.#sent(message);
    this.counters.framesOut++;
    guard(this, this.#handler, () => this.#device.receive(message));
  }

  close(reason: ErrorCode): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#device.close();
    this.#handler.closed(this, reason, false);
  }
}
