/**
 * Eager debounce of one button that is seen from afar: a change is reported at its first edge, and then the button is
 * deaf until its contact has surely come to rest. When that is, the caller says; there is no time in here.
 */
export class EagerDebounce {
  #held = false;
  #closed = false;
  #deaf = false;

  /** Whether the button is held, as reported. */
  get held(): boolean {
    return this.#held;
  }

  /**
   * The contact was seen.
   * @returns whether `held` has changed; the button is deaf then
   */
  look(closed: boolean): boolean {
    this.#closed = closed;
    if (this.#deaf || closed === this.#held) return false;
    this.#held = closed;
    this.#deaf = true;
    return true;
  }

  /**
   * The contact has come to rest: what was last seen of it counts, so that a short tap is never lost.
   * @returns whether `held` has changed; the button is deaf again then
   */
  listen(): boolean {
    this.#deaf = false;
    return this.look(this.#closed);
  }
}
