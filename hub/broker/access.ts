/** Who may connect, and as what. Open to all by default; with a PIN or a token, who has none may watch. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { TokenBucket } from './rate-limit.ts';

export const ACCESS_MODES = ['open', 'pin', 'token'] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

export type Grant = 'play' | 'watch' | 'denied';

/** Tries of a PIN or token from one address, a second: all six-digit PINs would take two days. */
const TRIES_PER_SECOND = 5;
/** Addresses that are remembered. */
const MAX_ADDRESSES = 1000;

export class Access {
  readonly #mode: AccessMode;
  readonly #digest: Buffer;
  readonly #clock: Clock;
  readonly #tries = new Map<string, TokenBucket>();

  /** @param secret the PIN or token; unused when open */
  constructor(mode: AccessMode, secret: string, clock: Clock) {
    this.#mode = mode;
    this.#digest = digest(secret);
    this.#clock = clock;
  }

  /**
   * @param password the MQTT password, undefined if none was given
   * @param address where it comes from; too many tries from there are denied unread
   */
  grant(password: Uint8Array | undefined, address: string): Grant {
    if (this.#mode === 'open') return 'play';
    if (password === undefined || password.length === 0) return 'watch';
    if (!this.#triesFrom(address).take()) return 'denied';
    return timingSafeEqual(digest(password), this.#digest) ? 'play' : 'denied';
  }

  #triesFrom(address: string): TokenBucket {
    const known = this.#tries.get(address);
    if (known !== undefined) return known;
    if (this.#tries.size >= MAX_ADDRESSES) this.#tries.clear();
    const tries = new TokenBucket(this.#clock, TRIES_PER_SECOND);
    this.#tries.set(address, tries);
    return tries;
  }
}

// Equal lengths, whatever was given: a comparison that tells nothing by its time.
const digest = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest();
