/** An open serial port, whoever reads it: nothing is lost between readers, it ends once, and a flood is not read. */
import { EventEmitter } from 'node:events';
import { SerialPort } from 'serialport';
import type { Cancel, Clock } from '../../clock.ts';
import { FloodGuard } from './flood-guard.ts';

/** Bytes waiting for a board that does not read, above which nothing more should be sent to it. */
const FULL_BYTES = 4096;
/** Bytes kept while nobody reads: as many as a board can say before its dialect's software is loaded. */
const HELD_BYTES = 8192;
/** How long a port that floods is left alone; less than the silence that ends a link. */
const FLOOD_PAUSE_MS = 1500;
/** How long after that it has to behave. */
const CALM_MS = 2000;

interface Events {
  data: [Buffer];
  close: [];
}

/** Opens a port. @throws Error as serialport words it; see openTrouble */
export function openLine(path: string, baudRate: number, clock: Clock): Promise<Line> {
  return new Promise((resolve, reject) => {
    const port: SerialPort = new SerialPort({ path, baudRate, hupcl: true }, (error) => {
      // A write to a port that was just pulled fails as an event, also after its user has let go of it.
      port.on('error', () => {});
      if (error === null) resolve(new Line(port, clock));
      else reject(error);
    });
  });
}

export class Line {
  readonly path: string;
  readonly #port: SerialPort;
  readonly #clock: Clock;
  readonly #events = new EventEmitter<Events>();
  #guard: FloodGuard;
  #held: Buffer[] = [];
  #ended = false;
  /** Changes of the rate, one after the other. */
  #rate: Promise<unknown> = Promise.resolve();
  #timer: Cancel | null = null;
  /** What comes is thrown away: the rest of a flood. */
  #dropping = false;
  /** Whether it floods, or did a moment ago. */
  flooding = false;
  /** Is called when `flooding` changes. */
  onFlood: () => void = () => {};

  constructor(port: SerialPort, clock: Clock) {
    this.path = port.path;
    this.#port = port;
    this.#clock = clock;
    this.#guard = new FloodGuard(clock.now());
    port.on('data', (chunk: Buffer) => this.#take(chunk));
    // A lost port may say `close` once, twice or never (then a write fails): whatever comes first counts.
    port.on('close', () => this.#end());
    port.on('error', () => void this.close());
  }

  get baudRate(): number {
    return this.#port.baudRate;
  }

  get isFull(): boolean {
    return this.#port.writableLength > FULL_BYTES;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** `data` brings bytes, what nobody has read yet first, never before this call returns; `close` comes once. */
  on<E extends keyof Events>(event: E, listener: (...args: Events[E]) => void): void {
    this.#events.on(event, listener as never);
    if (event === 'data' && this.#held.length > 0) queueMicrotask(() => this.#release());
  }

  off<E extends keyof Events>(event: E, listener: (...args: Events[E]) => void): void {
    this.#events.off(event, listener as never);
  }

  /** Gives bytes back: the next reader of `data` gets them first. */
  unread(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#held.unshift(Buffer.from(bytes));
  }

  write(bytes: Uint8Array, done?: (error?: Error | null) => void): void {
    if (this.#ended) queueMicrotask(() => done?.());
    else this.#port.write(bytes, (error) => done?.(error));
  }

  /** When all that was written has left the computer, or the line has ended. */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#ended) resolve();
      else this.#port.drain(() => resolve());
    });
  }

  /** Goes to another rate, after those asked for before. What was received but not read yet is lost. @returns whether it could */
  setBaud(baudRate: number): Promise<boolean> {
    const done = this.#rate.then(() => this.#update(baudRate));
    this.#rate = done;
    return done;
  }

  #update(baudRate: number): Promise<boolean> {
    return new Promise((resolve) => {
      // What has arrived by now is read first.
      setImmediate(() => {
        if (this.#ended) resolve(false);
        else this.#port.update({ baudRate }, (error) => resolve(error === null));
      });
    });
  }

  /** @returns when others may open it; repeat-safe */
  close(): Promise<void> {
    const { closing, isOpen } = this.#port;
    // Closing ends a read that spins on a hang-up it missed (serialport/bindings-cpp#164).
    const closed = new Promise<void>((resolve) => {
      if (closing) this.#port.once('close', () => resolve());
      else if (isOpen) this.#port.close(() => resolve());
      else resolve();
    });
    this.#end();
    return closed;
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#timer?.();
    this.#held = [];
    this.#events.emit('close');
    this.#events.removeAllListeners();
  }

  #take(chunk: Buffer): void {
    if (this.#ended || this.#dropping) return;
    if (this.#guard.take(chunk.length, this.#clock.now())) this.#pause();
    else if (this.#held.length > 0 || this.#events.listenerCount('data') === 0) this.#hold(chunk);
    else this.#events.emit('data', chunk);
  }

  #hold(chunk: Buffer): void {
    const held = this.#held.reduce((sum, { length }) => sum + length, 0);
    if (held + chunk.length <= HELD_BYTES) this.#held.push(chunk);
  }

  #release(): void {
    while (this.#held.length > 0 && this.#events.listenerCount('data') > 0) {
      this.#events.emit('data', this.#held.shift() as Buffer);
    }
  }

  #pause(): void {
    this.#dropping = true;
    this.#port.pause();
    this.#timer?.();
    this.#timer = this.#clock.after(FLOOD_PAUSE_MS, () => this.#resume());
    this.#tellFlood(true);
  }

  /** What has piled up meanwhile is old: it is thrown away, here and in the system. */
  #resume(): void {
    this.#port.resume();
    this.#port.flush(() =>
      setImmediate(() => {
        this.#dropping = false;
        this.#guard = new FloodGuard(this.#clock.now());
      }),
    );
    this.#timer = this.#clock.after(CALM_MS, () => this.#tellFlood(false));
  }

  #tellFlood(flooding: boolean): void {
    if (this.flooding === flooding) return;
    this.flooding = flooding;
    this.onFlood();
  }
}
