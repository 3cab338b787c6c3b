/** A board that prints lines as a device of the contract: its lines become inputs, the hub's messages lines. */
import { BUTTON, type DownMessage, type UpMessage } from '../../shared/contract/messages.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import { LineReader, readTextLine, type TextLine } from '../../shared/serial/text-lines.ts';
import { PaddleSession } from '../johnny-five/paddle-session.ts';
import { DownLines } from './down-lines.ts';

/** What is needed of a serial port. It must be open. */
export interface TextTransport {
  on(event: 'data', listener: (data: Uint8Array) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  off(event: 'data', listener: (data: Uint8Array) => void): unknown;
  off(event: 'close', listener: () => void): unknown;
  write(data: Uint8Array): unknown;
}

export interface TextPaddleOptions {
  /** It stays the caller's, who also closes it. */
  readonly transport: TextTransport;
  /** Id for a board that says none by `hello`. */
  readonly id: string;
  /** Monotonic, in µs; stamps inputs, modulo 2^32. */
  readonly clock: () => number;
}

const TICK_MS = 20;
/** How long a board may take to say its id when it is asked, before it goes by another. */
const HELLO_MS = 300;
/** A tap is held so long: some ticks of any game. */
const TAP_MS = 60;
/** Lines that are not understood are answered so many times a second at most. */
const MAX_ANSWERS = 1;
const MAX_QUOTE = 32;

export class TextPaddle {
  /** A board that prints nothing is a board where no button is pressed. */
  readonly answersPing = false;
  /** Lines that were not understood or too long. */
  unknown = 0;
  readonly #options: TextPaddleOptions;
  readonly #lines = new LineReader();
  readonly #down = new DownLines();
  readonly #messageListeners = new Set<(message: UpMessage) => void>();
  readonly #closeListeners = new Set<() => void>();
  readonly #onData = (data: Uint8Array): void => this.#take(data);
  readonly #onClose = (): void => this.close();
  #session: PaddleSession | null = null;
  /** The id by which it is introduced; null before. */
  #id: string | null = null;
  #held = 0;
  #axis: number | null = null;
  /** Time left, in ms. */
  #tapLeft = 0;
  #answers = 0;
  #ticker: NodeJS.Timeout | null = null;
  #tickedAt = 0;
  #secondLeft = 1000;
  #closed = false;
  #introduce: (() => void) | null = null;

  constructor(options: TextPaddleOptions) {
    this.#options = options;
  }

  /**
   * Asks the board for its id, waits a moment, and introduces it. Once, and not after `close`.
   * @throws PaddlewireError port-lost if the port went away meanwhile
   */
  async start(): Promise<void> {
    const { transport, clock, id } = this.#options;
    transport.on('data', this.#onData);
    transport.on('close', this.#onClose);
    this.#say('', 'hello?');
    this.#tickedAt = clock();
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, HELLO_MS);
      this.#introduce = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#introduce = null;
    if (this.#closed) throw new PaddlewireError('port-lost');
    if (this.#id === null) this.#begin(id, '');
  }

  /** Calls `fn` with each message of the device. @returns a function that ends it */
  onMessage(fn: (message: UpMessage) => void): () => void {
    this.#messageListeners.add(fn);
    return () => void this.#messageListeners.delete(fn);
  }

  /** Calls `fn` once, when the port is gone or the paddle was closed. @returns a function that ends it */
  onClose(fn: () => void): () => void {
    this.#closeListeners.add(fn);
    return () => void this.#closeListeners.delete(fn);
  }

  /** Takes a message of the hub. Without effect before it was introduced and after `close`. */
  receive(message: DownMessage): void {
    if (this.#session === null) return;
    this.#say(...this.#down.of(message));
    this.#session.receive(message, this.#now());
  }

  /** Lets go of the port, which stays open, and leaves no timer. Repeat-safe. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#ticker !== null) clearInterval(this.#ticker);
    this.#options.transport.off('data', this.#onData);
    this.#options.transport.off('close', this.#onClose);
    this.#session = null;
    this.#introduce?.();
    for (const fn of this.#closeListeners) fn();
    this.#closeListeners.clear();
    this.#messageListeners.clear();
  }

  #begin(id: string, name: string): void {
    this.#id = id;
    const identity = { id, name, firmware: 'text', room: '', side: '' };
    this.#session = new PaddleSession(identity, (message) => this.#emit(message));
    if (this.#axis !== null) this.#session.axis(this.#axis, this.#now());
    this.#session.buttons(this.#held, this.#now());
    this.#session.start();
  }

  #take(data: Uint8Array): void {
    const tooLong = this.#lines.tooLong;
    this.#lines.push(data, (line) => {
      const read = readTextLine(line);
      if (read === null) this.#misunderstood(line);
      else this.#obey(read);
    });
    this.unknown += this.#lines.tooLong - tooLong;
  }

  #obey(line: TextLine): void {
    if (this.#closed) return;
    if (line.is === 'hello') this.#hello(line.id, line.name);
    else if (line.is === 'axis') this.#turn(line.position);
    else if (line.is === 'held') this.#hold(line.buttons | (this.#held & BUTTON.action));
    else {
      this.#tapLeft = TAP_MS;
      this.#hold(this.#held | BUTTON.action);
    }
  }

  /** Its own id; also when it starts anew, or another board took its place. */
  #hello(id: string, name: string): void {
    if (id !== this.#id) this.#begin(id, name);
    this.#introduce?.();
  }

  #turn(position: number): void {
    if (position === this.#axis) return;
    this.#axis = position;
    this.#session?.axis(position, this.#now());
  }

  /** A sketch may say the same again and again: only a change is an input. */
  #hold(buttons: number): void {
    if (buttons === this.#held) return;
    this.#held = buttons;
    this.#session?.buttons(buttons, this.#now());
  }

  #misunderstood(line: string): void {
    this.unknown++;
    if (this.#answers++ < MAX_ANSWERS) this.#say(`? ${line.replaceAll(/[^\u0020-\u007e]/g, '?').slice(0, MAX_QUOTE)}`);
  }

  #tick(): void {
    const now = this.#options.clock();
    const elapsedMs = (now - this.#tickedAt) / 1000;
    this.#tickedAt = now;
    this.#session?.tick(elapsedMs);
    this.#secondLeft -= elapsedMs;
    if (this.#secondLeft <= 0) [this.#secondLeft, this.#answers] = [1000, 0];
    if (this.#tapLeft <= 0) return;
    this.#tapLeft -= elapsedMs;
    if (this.#tapLeft <= 0) this.#hold(this.#held & ~BUTTON.action);
  }

  #say(...lines: readonly string[]): void {
    for (const line of lines) this.#options.transport.write(new TextEncoder().encode(`${line}\n`));
  }

  #now(): number {
    return (this.#options.clock() % 2 ** 32) >>> 0;
  }

  #emit(message: UpMessage): void {
    for (const fn of this.#messageListeners) fn(message);
  }
}
