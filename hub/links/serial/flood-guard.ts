/** Tells when a port brings more than any device has to say. Pure: bytes and time go in. */

/**
 * Bytes a second that are taken for long, and at once. 115200 baud bring 11,520 at most, so no board at that rate is
 * called a flood, not even a sketch that prints without a pause; its lines and frames are cheap to read.
 */
const RATE = 16_000;
const BURST = 32_000;

export class FloodGuard {
  #level = 0;
  #at: number;

  /** @param now in ms */
  constructor(now: number) {
    this.#at = now;
  }

  /** @returns whether this is a flood */
  take(bytes: number, now: number): boolean {
    this.#level = Math.max(0, this.#level - ((now - this.#at) / 1000) * RATE) + bytes;
    this.#at = now;
    return this.#level > BURST;
  }
}
