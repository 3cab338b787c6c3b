/** A token bucket for each client: one that publishes in a loop is served at its rate and costs the others nothing. */
import type { Clock } from '../clock.ts';

export class TokenBucket {
  readonly #clock: Clock;
  readonly #perSecond: number;
  #tokens: number;
  #at: number;

  /** @param perSecond messages a second; twice as many may come in a burst */
  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#tokens = perSecond * 2;
    this.#at = clock.now();
  }

  /** @returns whether the message may pass */
  take(): boolean {
    const now = this.#clock.now();
    this.#tokens = Math.min(this.#perSecond * 2, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
