/**
 * A fixed tick: deadlines are multiples of the period from the start, so what one tick is late the next is not, and
 * the rate never drifts (setInterval runs 60 Hz at 61.8). A stall is caught up by at most `MAX_CATCH_UP` ticks.
 */
import type { Cancel, Clock } from '../clock.ts';
import { Quantiles } from '../quantiles.ts';

/** Ticks run at once after a stall; the rest of the stall is skipped and counted. */
const MAX_CATCH_UP = 5;

export class Ticker {
  readonly #clock: Clock;
  readonly #periodMs: number;
  readonly #onTick: (due: number) => void;
  readonly #phase: number;
  #cancel: Cancel | null = null;
  #next = 0;
  /** How late each tick began, in ms after its deadline. */
  readonly lateness = new Quantiles();
  /** Deadlines that passed without a tick, because the process had stalled for longer than the catch-up. */
  skipped = 0;

  /**
   * @param rate ticks a second
   * @param onTick gets when the tick was due
   * @param phase part of a period by which the first tick is later: two tickers of different phases are never due at once
   */
  constructor(clock: Clock, rate: number, onTick: (due: number) => void, phase = 0) {
    this.#clock = clock;
    this.#periodMs = 1000 / rate;
    this.#onTick = onTick;
    this.#phase = phase;
  }

  start(): void {
    if (this.#cancel !== null) return;
    this.#next = this.#clock.now() + (1 + this.#phase) * this.#periodMs;
    this.#arm();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #arm(): void {
    // Timers fire up to a fraction of a ms early and count whole ms, so the wait is never rounded up past the deadline.
    this.#cancel = this.#clock.after(Math.max(0, this.#next - this.#clock.now()), () => this.#wake());
  }

  #wake(): void {
    let ran = 0;
    while (this.#cancel !== null && this.#clock.now() >= this.#next && ran < MAX_CATCH_UP) {
      this.lateness.add(this.#clock.now() - this.#next);
      const due = this.#next;
      this.#next += this.#periodMs;
      this.#onTick(due);
      ran++;
    }
    if (this.#cancel === null) return;
    this.#skipStall();
    this.#arm();
  }

  #skipStall(): void {
    const behind = Math.floor((this.#clock.now() - this.#next) / this.#periodMs);
    if (behind < MAX_CATCH_UP) return;
    this.skipped += behind;
    this.#next += behind * this.#periodMs;
  }
}
