/** Who may connect, and as what. Open to all by default; with a PIN or a token, who has none may watch. */
import { createHash, timingSafeEqual } from 'node:crypto';

export const ACCESS_MODES = ['open', 'pin', 'token'] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

export type Grant = 'play' | 'watch' | 'denied';

export class Access {
  readonly mode: AccessMode;
  readonly #digest: Buffer;

  /** @param secret the PIN or token; unused when open */
  constructor(mode: AccessMode, secret: string) {
    this.mode = mode;
    this.#digest = digest(secret);
  }

  /** @param password the MQTT password, undefined if none was given */
  grant(password: Uint8Array | undefined): Grant {
    if (this.mode === 'open') return 'play';
    if (password === undefined || password.length === 0) return 'watch';
    return timingSafeEqual(digest(password), this.#digest) ? 'play' : 'denied';
  }
}

// Equal lengths, whatever was given: a comparison that tells nothing by its time.
const digest = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest();
