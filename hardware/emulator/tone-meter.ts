/** Hears what a piezo on a pin would play: the frequency of its edges over the last few milliseconds. */
import { F_CPU } from './registers.ts';
import type { EmulatedUno } from './uno.ts';

/** Long enough for two periods of 40 Hz, short enough to follow a melody. */
const DEFAULT_WINDOW_CYCLES = F_CPU / 20;

export class ToneMeter {
  readonly #uno: EmulatedUno;
  readonly #windowCycles: number;
  readonly #stopListening: () => void;
  #rises: number[] = [];

  /**
   * Listens to `arduinoPin` until `stop`.
   * @param windowCycles how far back `frequency` looks, in CPU cycles
   */
  constructor(uno: EmulatedUno, arduinoPin: number, windowCycles = DEFAULT_WINDOW_CYCLES) {
    this.#uno = uno;
    this.#windowCycles = windowCycles;
    this.#stopListening = uno.onPin(arduinoPin, (level, cycle) => {
      if (level) this.#rise(cycle);
    });
  }

  /** Frequency in Hz, measured from rising edge to rising edge; 0 when it is silent, which takes two periods to know. */
  get frequency(): number {
    const now = this.#uno.cycle;
    this.#forget(now);
    const first = this.#rises[0];
    const last = this.#rises.at(-1);
    if (first === undefined || last === undefined || this.#rises.length < 2) return 0;
    const period = (last - first) / (this.#rises.length - 1);
    return now - last > 2 * period ? 0 : F_CPU / period;
  }

  /** Ends the listening. */
  stop(): void {
    this.#stopListening();
  }

  #rise(cycle: number): void {
    const rises = this.#rises;
    // A pause or another note: the old edges say nothing about the new one.
    if (rises.length >= 2) {
      const period = rises[1]! - rises[0]!;
      const latest = cycle - rises.at(-1)!;
      if (latest > 1.5 * period || latest < period / 1.5) this.#rises = [rises.at(-1)!];
    }
    this.#rises.push(cycle);
    if (this.#rises.length > 1024) this.#forget(cycle);
  }

  #forget(now: number): void {
    const from = this.#rises.findIndex((cycle) => cycle >= now - this.#windowCycles);
    this.#rises = from < 0 ? [] : this.#rises.slice(from);
  }
}
