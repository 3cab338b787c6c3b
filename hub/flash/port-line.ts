/** A serial port as the flasher needs it. */
import { SerialPort } from 'serialport';
import { PaddlewireError, type ErrorCode } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { BoardLine } from './stk500.ts';

const FIRST_BAUD = 115_200;
/** How long the reset line is held; the capacitor between DTR and RESET of an Uno passes an edge of any length. */
const PULSE_MS = 50;

/** Why a port could not be opened: a code and a sentence (hub/links/serial/port-trouble.ts). */
export type Explain = (path: string, error: Error) => { readonly code: ErrorCode; readonly text: string };

interface Listener {
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onClose: () => void;
}

/** Opens a port. @throws PaddlewireError with the code that `explain` gives */
export async function openPortLine(path: string, clock: Pick<Clock, 'after'>, explain: Explain): Promise<PortLine> {
  const line = new PortLine(path, clock, explain);
  await line.open();
  return line;
}

export class PortLine implements BoardLine {
  readonly path: string;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #explain: Explain;
  readonly #listeners = new Set<Listener>();
  #port: SerialPort | null = null;
  #baud = FIRST_BAUD;

  constructor(path: string, clock: Pick<Clock, 'after'>, explain: Explain) {
    this.path = path;
    this.#clock = clock;
    this.#explain = explain;
  }

  async open(): Promise<void> {
    const port = new SerialPort({ path: this.path, baudRate: this.#baud, autoOpen: false, hupcl: true });
    // A write to a port that was just pulled fails as an event.
    port.on('error', () => {});
    await new Promise<void>((resolve, reject) => {
      port.open((error) => {
        if (error === null) return resolve();
        const { code, text } = this.#explain(this.path, error);
        reject(new PaddlewireError(code, text));
      });
    });
    this.#port = port;
    port.on('data', (bytes: Buffer) => {
      for (const { onBytes } of this.#listeners) onBytes(bytes);
    });
    port.on('close', () => {
      if (this.#port !== port) return;
      this.#port = null;
      for (const { onClose } of this.#listeners) onClose();
    });
  }

  write(bytes: Uint8Array): void {
    this.#port?.write(bytes);
  }

  listen(onBytes: Listener['onBytes'], onClose: Listener['onClose']): () => void {
    const listener = { onBytes, onClose };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async setBaud(baud: number): Promise<void> {
    this.#baud = baud;
    await new Promise<void>((resolve) => {
      if (this.#port === null) resolve();
      else this.#port.update({ baudRate: baud }, () => resolve());
    });
  }

  /** By DTR; a port that has none (a pty) is opened anew, which resets an Uno as well. */
  async reset(): Promise<void> {
    const pulsed = (await this.#signal(false)) && (await this.#wait()) && (await this.#signal(true));
    if (!pulsed && this.#port !== null) {
      await this.close();
      await this.open();
    }
    await this.#wait();
  }

  /** When others may open it. */
  close(): Promise<void> {
    const port = this.#port;
    this.#port = null;
    return new Promise((resolve) => {
      if (port === null || !port.isOpen) resolve();
      else port.close(() => resolve());
    });
  }

  /** @returns whether the port has such lines */
  #signal(level: boolean): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#port === null) resolve(false);
      else this.#port.set({ dtr: level, rts: level }, (error) => resolve(error === null || error === undefined));
    });
  }

  #wait(): Promise<true> {
    return new Promise((resolve) => void this.#clock.after(PULSE_MS, () => resolve(true)));
  }
}
