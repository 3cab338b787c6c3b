/** Notices a board that keeps starting anew. Pure: what HELLO says and the time go in. */

/** So many starts within so long, beside the one that opening the port causes, are a fault: loose power, a short. */
const STARTS = 3;
const WITHIN_MS = 10_000;

export class RestartWatch {
  #restarts: number | null = null;
  #at: number[] = [];

  /** Another link: its first HELLO tells where the count stands, and opening may have caused a start. */
  reset(): void {
    this.#restarts = null;
  }

  /** A HELLO. @param restarts how often the board has started in its life @param now in ms */
  hello(restarts: number, now: number): void {
    if (this.#restarts !== null && restarts > this.#restarts) this.#at.push(now);
    this.#restarts = restarts;
  }

  /** How often it started of late, or null if that is no trouble. */
  trouble(now: number): number | null {
    this.#at = this.#at.filter((at) => now - at < WITHIN_MS);
    return this.#at.length >= STARTS ? this.#at.length : null;
  }
}
