/** How often secrets may be tried from one address: a lesson is too short to find a PIN or a password. */
import type { Clock } from '../clock.ts';
import { TokenBucket } from './rate-limit.ts';

/** Tries from one address, a second. */
const TRIES_PER_SECOND = 5;
/** After so many wrong ones nothing is taken from there for a while: all four-digit PINs would take eight hours. */
const WRONG_TRIES = 20;
const PAUSE_MS = 60_000;
/** Addresses that are remembered. */
const MAX_ADDRESSES = 1000;

/** What came from one address. */
interface Tried {
  readonly bucket: TokenBucket;
  wrong: number;
  pausedUntil: number;
}

export class Tries {
  readonly #clock: Clock;
  readonly #tried = new Map<string, Tried>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a try may be looked at; it counts as one. */
  take(address: string): boolean {
    const tried = this.#from(address);
    return this.#clock.now() >= tried.pausedUntil && tried.bucket.take();
  }

  /** A try was wrong. */
  wrong(address: string): void {
    const tried = this.#from(address);
    if (++tried.wrong % WRONG_TRIES === 0) tried.pausedUntil = this.#clock.now() + PAUSE_MS;
  }

  #from(address: string): Tried {
    const known = this.#tried.get(address);
    if (known !== undefined) return known;
    if (this.#tried.size >= MAX_ADDRESSES) this.#tried.clear();
    const tried = { bucket: new TokenBucket(this.#clock, TRIES_PER_SECOND), wrong: 0, pausedUntil: 0 };
    this.#tried.set(address, tried);
    return tried;
  }
}
