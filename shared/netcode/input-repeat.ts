/**
 * When an INPUT is said again: soon while the hub does not show that it has counted it, because it may be lost, and now
 * and then afterwards, because the number that comes back tells how far ahead the terminal has to play.
 */
const UNANSWERED_MS = 50;
const ANSWERED_MS = 250;

export class InputRepeat {
  #seq = 0;
  /** The first INPUT that said what is held now. */
  #since = 0;
  #at = -Infinity;
  #counted = 0;

  /** An INPUT was sent. @param changed whether it says something else than the one before */
  sent(seq: number, changed: boolean, now: number): void {
    this.#seq = seq;
    this.#at = now;
    if (changed) this.#since = seq;
  }

  /** The hub has counted an INPUT. */
  counted(seq: number): void {
    this.#counted = seq;
  }

  /** Whether the newest INPUT is to be sent again, under a new number. */
  due(now: number): boolean {
    if (this.#seq === 0) return now - this.#at > ANSWERED_MS;
    const answered = ((this.#counted - this.#since) | 0) >= 0;
    return now - this.#at >= (answered ? ANSWERED_MS : UNANSWERED_MS);
  }
}
