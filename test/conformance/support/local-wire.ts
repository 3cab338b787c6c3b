/** A device that speaks the contract's messages in this process, such as the one in front of a Firmata board. */
import { encode } from '../../../shared/contract/codec.ts';
import type { DownMessage, UpMessage } from '../../../shared/contract/messages.ts';
import type { DeviceWire, WireEvent } from '../../../hub/conform/device/wire.ts';

interface LocalDevice {
  start(): Promise<void>;
  onMessage(listener: (message: UpMessage) => void): unknown;
  receive(message: DownMessage): void;
  close(): void;
}

export class LocalWire implements DeviceWire {
  readonly kind = 'local';
  readonly raw = null;
  readonly line = null;
  readonly setBaud = null;
  readonly reopen = null;
  readonly #device: LocalDevice;

  constructor(device: LocalDevice) {
    this.#device = device;
  }

  open(tell: (event: WireEvent) => void): Promise<void> {
    this.#device.onMessage((message) => tell({ kind: 'up', bytes: encode(message) }));
    return this.#device.start();
  }

  send(message: DownMessage): void {
    this.#device.receive(message);
  }

  close(): Promise<void> {
    this.#device.close();
    return Promise.resolve();
  }
}
