/** Notices a board that keeps starting anew. Pure: what HELLO says and the time go in. */

/** So many starts within so long, beside the one that opening the port causes, are a fault: loose power, a short. */
const STARTS = 3;
const WITHIN_MS = 10_000;
/** Opening the port starts an Uno anew; it may have said HELLO before that, and its boot loader takes its time. */
const OPENING_MS = 2500;

export class RestartWatch {
  #restarts: number | null = null;
  #at: number[] = [];
  /** Until when a start belongs to the opening. */
  #forgivenUntil = 0;

  /** The port was opened: the first HELLO tells where the count stands, and one start belongs to the opening. */
  opened(now: number): void {
    this.#restarts = null;
    this.#forgivenUntil = now + OPENING_MS;
  }

  /** A HELLO. @param restarts how often the board has started in its life @param now in ms */
  hello(restarts: number, now: number): void {
    const started = this.#restarts !== null && restarts > this.#restarts;
    this.#restarts = restarts;
    if (!started) return;
    if (now >= this.#forgivenUntil) this.#at.push(now);
    else this.#forgivenUntil = 0;
  }

  /** How often it started of late, or null if that is no trouble. */
  trouble(now: number): number | null {
    this.#at = this.#at.filter((at) => now - at < WITHIN_MS);
    return this.#at.length >= STARTS ? this.#at.length : null;
  }
}
