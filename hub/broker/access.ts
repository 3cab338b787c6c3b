/**
 * Who may connect, and as what. Open to all by default; with a PIN or a token, who has none may watch. The token of a
 * user of the league counts in every mode.
 */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Holder } from '../links/link.ts';
import { Tries } from './tries.ts';

export const ACCESS_MODES = ['open', 'pin', 'token'] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

export type Grant = 'play' | 'watch' | 'denied';

/** Who a client is let in as. */
export interface Admission {
  readonly grant: 'play' | 'watch';
  /** Whose token it gave; null: none. */
  readonly holder: Holder | null;
}

/** The tokens and devices of users (hub/league/accounts.ts): each is looked up at once. */
export interface Tokens {
  /** Whether a password can only be meant as a token. */
  isToken(password: Uint8Array): boolean;
  holderOf(token: Uint8Array): Holder | null;
  ownerOf(device: string): number | null;
}

const NO_TOKENS: Tokens = { isToken: () => false, holderOf: () => null, ownerOf: () => null };

export class Access {
  readonly #mode: AccessMode;
  readonly #digest: Buffer;
  readonly #tokens: Tokens;
  readonly #tries: Tries;

  /** @param secret the PIN or token; unused when open */
  constructor(mode: AccessMode, secret: string, clock: Clock, tokens: Tokens = NO_TOKENS) {
    this.#mode = mode;
    this.#tokens = tokens;
    this.#digest = digest(secret);
    this.#tries = new Tries(clock);
  }

  /**
   * What an MQTT client is let in as.
   * @param device its client id
   * @throws PaddlewireError access-denied, device-not-yours
   */
  admit(password: Uint8Array | undefined, address: string, device: string): Admission {
    const holder = password === undefined ? null : this.#tokens.holderOf(password);
    // A right token is never refused for wrong ones of others: a whole class may come from one address.
    const grant = holder !== null ? 'play' : this.#withoutToken(password, address);
    if (grant === 'denied') throw new PaddlewireError('access-denied');
    const owner = this.#tokens.ownerOf(device);
    if (owner !== null && owner !== holder?.user)
      throw new PaddlewireError('device-not-yours', `${device} belongs to another user.`);
    return { grant, holder };
  }

  #withoutToken(password: Uint8Array | undefined, address: string): Grant {
    if (password === undefined || !this.#tokens.isToken(password)) return this.grant(password, address);
    const right = this.#mode !== 'open' && this.grant(password, address) === 'play';
    if (right) return 'play';
    if (this.#mode === 'open') this.#tries.wrong(address);
    return 'denied';
  }

  /**
   * @param password the MQTT password, undefined if none was given
   * @param address where it comes from; too many tries from there are denied unread
   */
  grant(password: Uint8Array | undefined, address: string): Grant {
    if (this.#mode === 'open') return 'play';
    if (password === undefined || password.length === 0) return 'watch';
    if (!this.#tries.take(address)) return 'denied';
    if (timingSafeEqual(digest(password), this.#digest)) return 'play';
    this.#tries.wrong(address);
    return 'denied';
  }
}

// Equal lengths, whatever was given: a comparison that tells nothing by its time.
const digest = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest();

/** A secret for who gave none: a PIN that can be read from the screen and typed, or a token. */
export const freshSecret = (mode: 'pin' | 'token'): string =>
  mode === 'pin' ? String(randomInt(10_000)).padStart(4, '0') : String(randomInt(100_000, 1_000_000));
