/** A board running StandardFirmata as a device of the contract: messages as objects go in and out, the board plays. */
import type { DownMessage, UpMessage } from '../../shared/contract/messages.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import { FirmataBoard, type PaddlePins } from './firmata-board.ts';
import { PaddleSession } from './paddle-session.ts';
import type { FirmataTransport } from './wire.ts';

export type { PaddlePins } from './firmata-board.ts';
export type { FirmataTransport } from './wire.ts';

export interface FirmataPaddleOptions {
  /** The open port, at 57600 baud. It stays the caller's, who also closes it. */
  readonly transport: FirmataTransport;
  /** Stable id. Firmata has none, so it must come from what is stable about the port or the board. */
  readonly id: string;
  readonly name?: string;
  /** Wished room and side; the hub chooses when left out. */
  readonly room?: string;
  readonly side?: string;
  /** Monotonic, in µs; stamps inputs, modulo 2^32. */
  readonly clock: () => number;
  /** Buttons at D2 and D3, light at D13, piezo at D11, no knob, where left out. */
  readonly pins?: Partial<PaddlePins>;
  /** How long the board may take to tell what it is, in ms. */
  readonly timeoutMs?: number;
}

const PINS: PaddlePins = { up: 2, down: 3, light: 13, piezo: 11, knob: null };
const TIMEOUT_MS = 8000;
const TICK_MS = 20;

export class FirmataPaddle {
  readonly #options: FirmataPaddleOptions;
  readonly #messageListeners = new Set<(message: UpMessage) => void>();
  readonly #closeListeners = new Set<() => void>();
  #board: FirmataBoard | null = null;
  #session: PaddleSession | null = null;
  #ticker: NodeJS.Timeout | null = null;
  #tickedAt = 0;
  #closed = false;

  constructor(options: FirmataPaddleOptions) {
    this.#options = options;
  }

  /**
   * Waits until the board has told what it is, and introduces it by HELLO. Once, and not after `close`.
   * @throws PaddlewireError port-silent if no Firmata answers in time, port-lost if the port went away
   */
  async start(): Promise<void> {
    if (this.#closed || this.#board) throw new PaddlewireError('port-lost', 'A Firmata paddle starts once.');
    const { transport, clock, pins, timeoutMs = TIMEOUT_MS } = this.#options;
    const board = new FirmataBoard({
      transport,
      clock,
      pins: { ...PINS, ...pins },
      events: {
        buttons: (held, timeUs) => this.#session?.buttons(held, (timeUs % 2 ** 32) >>> 0),
        knob: (position) => this.#session?.axis(position, this.#now()),
        alive: (token) => this.#emit({ type: 'PONG', token, time: this.#now(), lost: 0 }),
        lost: () => this.close(),
      },
    });
    this.#board = board;
    try {
      await board.connect(timeoutMs);
    } catch (error) {
      this.close();
      throw error;
    }
    this.#begin(board);
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

  /** Takes a message of the hub. Without effect before `start` has succeeded and after `close`. */
  receive(message: DownMessage): void {
    const session = this.#session;
    if (!session || !this.#board) return;
    // The board itself has to answer: a PONG of this process would hide a board that hangs.
    if (message.type === 'PING') this.#board.probe(message.token);
    if (message.type === 'EFFECT' && message.effect === 'tone' && session.hasHub) {
      this.#board.tone(message.value, message.ms);
    }
    session.receive(message, this.#now());
    this.#board.light(session.light.lit);
  }

  /** Silences the board, lets go of the port, which stays open, and leaves no timer. Repeat-safe. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#ticker) clearInterval(this.#ticker);
    this.#board?.close();
    this.#session = null;
    for (const fn of this.#closeListeners) fn();
    this.#closeListeners.clear();
    this.#messageListeners.clear();
  }

  #begin(board: FirmataBoard): void {
    const { id, name = '', room = '', side = '' } = this.#options;
    const session = new PaddleSession({ id, name, firmware: board.firmware, room, side }, (message) =>
      this.#emit(message),
    );
    this.#session = session;
    this.#tickedAt = this.#options.clock();
    this.#ticker = setInterval(() => this.#tick(board, session), TICK_MS);
    session.start();
  }

  #tick(board: FirmataBoard, session: PaddleSession): void {
    const now = this.#options.clock();
    const hadHub = session.hasHub;
    session.tick((now - this.#tickedAt) / 1000);
    this.#tickedAt = now;
    if (hadHub && !session.hasHub) board.tone(0, 0);
    board.light(session.light.lit);
  }

  #now(): number {
    return (this.#options.clock() % 2 ** 32) >>> 0;
  }

  #emit(message: UpMessage): void {
    for (const fn of this.#messageListeners) fn(message);
  }
}
