/**
 * Eager debounce of one button that is seen from afar: a change is reported at its first edge, and then the button is
 * deaf while its contact bounces. Pure: time is passed in.
 */

/** Longer than the longest bounce to be expected (9 ms), by what a serial line and a busy computer may stretch it. */
export const LOCKOUT_MS = 12;
/** No edge for so long means that the contact has come to rest, however long it bounced. */
export const QUIET_MS = 4;

export class EagerDebounce {
  #held = false;
  #level = false;
  #deafUntil = -Infinity;

  /** Whether the button is held, as reported. */
  get held(): boolean {
    return this.#held;
  }

  /** When it should be looked at again, in ms, though no edge came; undefined when that is not needed. */
  get lookAgainAt(): number | undefined {
    return this.#level === this.#held ? undefined : this.#deafUntil;
  }

  /**
   * Looks at the contact.
   * @param closed whether it is closed now
   * @returns whether `held` has changed
   */
  look(closed: boolean, nowMs: number): boolean {
    const edge = closed !== this.#level;
    this.#level = closed;
    if (nowMs < this.#deafUntil) {
      if (edge) this.#deafUntil = Math.max(this.#deafUntil, nowMs + QUIET_MS);
      return false;
    }
    if (closed === this.#held) return false;
    this.#held = closed;
    this.#deafUntil = nowMs + LOCKOUT_MS;
    return true;
  }
}
