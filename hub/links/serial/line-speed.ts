/**
 * A faster rate for the line of a board that can (docs/serial.md): up after WELCOME, back when it does not work there.
 * The board is told by BAUD at the old rate, then both go; an answer to a question at the new rate proves it.
 */
import { FIRST_BAUD, type DownMessage } from '../../../shared/contract/messages.ts';
import type { Cancel, Clock } from '../../clock.ts';
import type { Line } from './line.ts';

const FASTER = [1_000_000, 500_000, 250_000];
/** For the board to read BAUD, empty its transmitter and switch, and for a USB adapter to send what it holds. */
const SWITCH_MS = 20;
/** How long a frame may take that proves the new rate; the board gives up after 500 ms. */
const PROOF_MS = 300;
const PROOF_PINGS = 3;
/** After so long the board is surely back at the first rate, if the new one did not work. */
const BACK_MS = 350;
/** A board that answers PING several times a second and is silent for so long is at another rate, or gone. */
const SILENCE_MS = 1000;
const LOOK_MS = 250;
/** After so many silences there are no more tries. */
const MAX_SILENCES = 3;
/**
 * Of the last 32 frames 4 were lost: the line is worse than a press in eight. At 115200 a sound cable loses none in a
 * day; a burst of noise spoils two or three frames at any rate and is no reason to slow down.
 */
const WINDOW = 32;
const MAX_LOST = 4;
/**
 * Of PINGs of the line's own: nobody else counts that far, so their answers are mistaken for no others. Only they prove
 * the new rate: what the board said at the old one may arrive late, out of the buffer of a USB adapter.
 */
const FIRST_TOKEN = 0xf000_0000;

export interface LineSpeedParts {
  readonly line: Pick<Line, 'drain' | 'setBaud' | 'baudRate'>;
  readonly clock: Clock;
  /** The fastest rate to try; 115200: none. */
  readonly maxBaud: number;
  /** Writes a message now. */
  readonly say: (message: DownMessage) => void;
  /** What was held may be sent. */
  readonly ready: () => void;
}

export class LineSpeed {
  readonly #parts: LineSpeedParts;
  #state: 'first' | 'moving' | 'proving' | 'fast' | 'stopped' = 'first';
  #target = FIRST_BAUD;
  /** No more tries. */
  #over = false;
  #silences = 0;
  /** Counts changes of the rate: one that was overtaken by another ends. */
  #moves = 0;
  #token = FIRST_TOKEN;
  /** The first question of this climb. */
  #proofs = FIRST_TOKEN;
  #heardAt = 0;
  #timer: Cancel | null = null;
  /** Of the last frames, which were lost. */
  #window: boolean[] = [];
  /** What the board said it had lost; null: not yet at this rate. */
  #boardLost: number | null = null;

  constructor(parts: LineSpeedParts) {
    this.#parts = parts;
  }

  /** Whether messages have to wait: the two ends may be at different rates. */
  get holds(): boolean {
    return this.#state === 'moving' || this.#state === 'proving';
  }

  /** HELLO came: the board is at the first rate now. @param maxBaud what it can do */
  hello(maxBaud: number): void {
    const limit = Math.min(maxBaud, this.#parts.maxBaud);
    this.#target = FASTER.find((baud) => baud <= limit) ?? FIRST_BAUD;
    // Also in the middle of a move, which is then over: the board knows nothing of it.
    if (this.#state !== 'first' && this.#state !== 'stopped') void this.#back(0);
  }

  /** WELCOME was sent: the board has a hub, and may follow it. */
  welcomed(): void {
    if (this.#state === 'first' && !this.#over && this.#target > FIRST_BAUD) void this.#climb();
  }

  /** A whole frame came. */
  heard(): void {
    this.#heardAt = this.#parts.clock.now();
    if (this.#state === 'fast') this.#count(false);
    if (this.#state === 'proving' && this.#parts.line.baudRate === FIRST_BAUD) this.#settle('first');
  }

  /** So many frames came that were spoilt. */
  lost(frames: number): void {
    for (let frame = 0; frame < frames; frame++) this.#count(true);
  }

  /** A PONG came. @param lost how many frames the board has lost */
  pong(token: number, lost: number): void {
    if (this.#state === 'proving' && token >= this.#proofs) {
      this.#heardAt = this.#parts.clock.now();
      this.#settle('fast');
      this.#watch();
    }
    if (this.#boardLost !== null) this.lost(Math.min(WINDOW, Math.max(0, lost - this.#boardLost)));
    this.#boardLost = lost;
  }

  stop(): void {
    this.#timer?.();
    this.#state = 'stopped';
  }

  async #climb(): Promise<void> {
    this.#proofs = this.#token;
    if (!(await this.#go(this.#target, true))) return;
    this.#prove(PROOF_PINGS);
  }

  /** Asks until a whole frame comes, or it is clear that none will. */
  #prove(asks: number): void {
    if (asks === 0) {
      this.#over = true;
      void this.#back(BACK_MS);
      return;
    }
    this.#parts.say({ type: 'PING', token: this.#token++ });
    this.#after(PROOF_MS / PROOF_PINGS, () => this.#prove(asks - 1));
  }

  /** Back to the first rate. @param waitMs how long the board may need to get there, if nothing is heard before */
  async #back(waitMs: number, tell = false): Promise<void> {
    if (!(await this.#go(FIRST_BAUD, tell))) return;
    if (waitMs === 0) this.#settle('first');
    else this.#after(waitMs, () => this.#settle('first'));
  }

  /** @param tell whether the board has to be told @returns false if something else was begun, or all ended, meanwhile */
  async #go(baud: number, tell: boolean): Promise<boolean> {
    const { line, say } = this.#parts;
    this.#timer?.();
    this.#state = 'moving';
    const move = ++this.#moves;
    const isOver = (): boolean => this.#state === 'stopped' || this.#moves !== move;
    if (tell) {
      say({ type: 'BAUD', baud });
      await line.drain();
      await this.#wait(SWITCH_MS);
    }
    if (isOver()) return false;
    if (!(await line.setBaud(baud))) this.#over = true;
    if (isOver()) return false;
    this.#state = 'proving';
    this.#window = [];
    this.#boardLost = null;
    return true;
  }

  #settle(state: 'first' | 'fast'): void {
    this.#timer?.();
    this.#state = state;
    this.#parts.ready();
  }

  /** At the fast rate a board that is not heard has gone back: it restarted, or it hears nothing there. */
  #watch(): void {
    this.#after(LOOK_MS, () => {
      if (this.#parts.clock.now() - this.#heardAt < SILENCE_MS) this.#watch();
      else {
        if (++this.#silences >= MAX_SILENCES) this.#over = true;
        void this.#back(0);
      }
    });
  }

  #count(lost: boolean): void {
    if (this.#state !== 'fast') return;
    this.#window.push(lost);
    if (this.#window.length > WINDOW) this.#window.shift();
    if (this.#window.filter(Boolean).length < MAX_LOST) return;
    this.#over = true;
    void this.#back(BACK_MS, true);
  }

  #after(ms: number, run: () => void): void {
    this.#timer?.();
    this.#timer = this.#parts.clock.after(ms, run);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#after(ms, resolve));
  }
}
