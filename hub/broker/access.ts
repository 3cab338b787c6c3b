/** Who may connect, and as what. Open to all by default; with a PIN or a token, who has none may watch. */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { TokenBucket } from './rate-limit.ts';

export const ACCESS_MODES = ['open', 'pin', 'token'] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

export type Grant = 'play' | 'watch' | 'denied';

/** Tries of a PIN or token from one address, a second. */
const TRIES_PER_SECOND = 5;
/** After so many wrong ones nothing is taken from there for a while: all four-digit PINs would take eight hours. */
const WRONG_TRIES = 20;
const PAUSE_MS = 60_000;
/** Addresses that are remembered. */
const MAX_ADDRESSES = 1000;

/** What came from one address. */
interface Tries {
  readonly bucket: TokenBucket;
  wrong: number;
  pausedUntil: number;
}

export class Access {
  readonly #mode: AccessMode;
  readonly #digest: Buffer;
  readonly #clock: Clock;
  readonly #tries = new Map<string, Tries>();

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
    const tries = this.#triesFrom(address);
    const now = this.#clock.now();
    if (now < tries.pausedUntil || !tries.bucket.take()) return 'denied';
    if (timingSafeEqual(digest(password), this.#digest)) return 'play';
    if (++tries.wrong % WRONG_TRIES === 0) tries.pausedUntil = now + PAUSE_MS;
    return 'denied';
  }

  #triesFrom(address: string): Tries {
    const known = this.#tries.get(address);
    if (known !== undefined) return known;
    if (this.#tries.size >= MAX_ADDRESSES) this.#tries.clear();
    const tries = { bucket: new TokenBucket(this.#clock, TRIES_PER_SECOND), wrong: 0, pausedUntil: 0 };
    this.#tries.set(address, tries);
    return tries;
  }
}

// Equal lengths, whatever was given: a comparison that tells nothing by its time.
const digest = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest();

/** A secret for who gave none: a PIN that can be read from the screen and typed, or a token. */
export const freshSecret = (mode: 'pin' | 'token'): string =>
  mode === 'pin' ? String(randomInt(10_000)).padStart(4, '0') : String(randomInt(100_000, 1_000_000));
