/**
 * What Firmata and johnny-five get for a serial port. They never let go of it, so it is not the port itself but a wire
 * to it, which can be cut.
 */
import { EventEmitter } from 'node:events';

/** What is needed of a serial port: the one of `serialport`, or anything like it. It must be open. */
export interface FirmataTransport {
  on(event: 'data', listener: (data: Buffer) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  off(event: 'data', listener: (data: Buffer) => void): unknown;
  off(event: 'close', listener: () => void): unknown;
  write(data: Buffer, callback?: (error?: Error | null) => void): unknown;
  /** Baud, to pace a tone by; 57600 where it is not known. */
  readonly baudRate?: number;
}

/** Emits `data` and `close` as the port does, the latter once. */
export class Wire extends EventEmitter {
  #port: FirmataTransport | null = null;
  readonly #onData = (data: Buffer): void => void this.emit('data', data);
  readonly #onClose = (): void => {
    // serialport 13 may emit `close` twice for one unplug.
    if (!this.#port) return;
    this.cut();
    this.emit('close');
  };

  connect(port: FirmataTransport): void {
    this.#port = port;
    port.on('data', this.#onData);
    port.on('close', this.#onClose);
  }

  /** Firmata waits for the callback of each write, so it comes even if the bytes go nowhere. */
  write(data: Buffer, callback?: () => void): void {
    if (this.#port) this.#port.write(data, () => callback?.());
    else if (callback) queueMicrotask(callback);
  }

  /** Lets go of the port, which stays open. Repeat-safe. */
  cut(): void {
    this.#port?.off('data', this.#onData);
    this.#port?.off('close', this.#onClose);
    this.#port = null;
  }
}
