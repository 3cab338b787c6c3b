/**
 * A tone on a Firmata board, timed by the serial line. johnny-five toggles the pin from a loop that takes a whole CPU;
 * here the toggles are written ahead, with bytes in between that Firmata ignores, and the line's rate is the clock.
 */

/** A data byte outside of a message, which Firmata skips. */
const FILLER = 0;
/** A message that sets a port: DIGITAL_MESSAGE and two data bytes. */
const TOGGLE_BYTES = 3;
/** How far ahead is written: more than a busy computer pauses, less than a player notices when a tone is cut. */
const AHEAD_MS = 40;
const WAKE_MS = 10;

export interface LineToneOptions {
  /** Bytes a second that the line carries. An Uno's own 57600 baud are 58824, so what is written at 57600 never piles up. */
  readonly bytesPerSecond: number;
  /** Monotonic, in ms. */
  readonly nowMs: () => number;
  readonly write: (bytes: Buffer) => void;
  /** The message that drives the pin to a level, three bytes, with all else as it is now. */
  readonly toggle: (level: boolean) => readonly number[];
}

export class LineTone {
  readonly #options: LineToneOptions;
  readonly #rate: number;
  #timer: NodeJS.Timeout | null = null;
  #startMs = 0;
  #sent = 0;
  #end = 0;
  #halfPeriod = 0;
  #nextToggle = 0;
  #level = false;

  constructor(options: LineToneOptions) {
    this.#options = options;
    this.#rate = options.bytesPerSecond / 1000;
  }

  /** The highest tone the line can carry, in Hz; what is higher sounds octaves lower. */
  get highest(): number {
    return (this.#rate * 1000) / TOGGLE_BYTES / 2;
  }

  /**
   * Begins a tone, in place of the one that sounds.
   * @param halfPeriodUs time between two edges
   * @param durationMs how long; Infinity: until `stop`
   */
  start(halfPeriodUs: number, durationMs: number): void {
    this.stop();
    this.#halfPeriod = (halfPeriodUs / 1000) * this.#rate;
    while (this.#halfPeriod < TOGGLE_BYTES) this.#halfPeriod *= 2;
    this.#startMs = this.#options.nowMs();
    this.#sent = 0;
    this.#nextToggle = 0;
    this.#end = durationMs * this.#rate;
    this.#timer = setInterval(() => this.#fill(), WAKE_MS);
    this.#fill();
  }

  /** Ends the tone; what is written ahead still sounds. Repeat-safe. */
  stop(): void {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.#level = false;
    this.#options.write(Buffer.from(this.#options.toggle(false)));
  }

  #fill(): void {
    const due = (this.#options.nowMs() - this.#startMs + AHEAD_MS) * this.#rate;
    const bytes: number[] = [];
    while (this.#sent + bytes.length < Math.min(due, this.#end)) {
      if (this.#sent + bytes.length < this.#nextToggle) {
        bytes.push(FILLER);
        continue;
      }
      this.#level = !this.#level;
      bytes.push(...this.#options.toggle(this.#level));
      this.#nextToggle += this.#halfPeriod;
    }
    this.#sent += bytes.length;
    if (bytes.length > 0) this.#options.write(Buffer.from(bytes));
    if (this.#sent >= this.#end) this.stop();
  }
}
