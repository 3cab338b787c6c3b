/** Whether an agent's command came in time, and whether it is about the match that is played at all. */
import { PaddlewireError } from '../../shared/errors.ts';
import type { Hand } from './seat-inputs.ts';

/** For its first command in a match an agent has a second, whatever the game. */
const FIRST_MOVE_MS = 1000;

export class Deadlines {
  readonly #tickMs: number;
  readonly #budgetMs: number;
  /** The match in which each device has sent a command last. */
  readonly #answered = new Map<string, string>();

  /** @param rate ticks a second @param thinkMs of a game in turns; without it there is one tick for each command */
  constructor(rate: number, thinkMs: number | undefined) {
    this.#tickMs = 1000 / rate;
    this.#budgetMs = thinkMs ?? this.#tickMs;
  }

  /**
   * @param tick of the observation that is answered; 0: it does not say
   * @param match that is played, or null
   * @returns whether it is late
   * @throws PaddlewireError command-untimely
   */
  late(device: string, tick: number, match: string | null, hand: Hand, now: number): boolean {
    // Who says no tick means whatever is played next.
    if (match === null && tick > 0) throw new PaddlewireError('command-untimely', 'No match is played.');
    if (tick > hand.tick)
      throw new PaddlewireError('command-untimely', `The match has not come to tick ${tick}: is it of another one?`);
    const first = this.#answered.get(device) !== match;
    if (match !== null) this.#answered.set(device, match);
    if (tick === 0) return false;
    const budget = first ? Math.max(FIRST_MOVE_MS, this.#budgetMs) : this.#budgetMs;
    return (hand.tick - tick) * this.#tickMs + now - hand.dueAt > budget;
  }

  forget(device: string): void {
    this.#answered.delete(device);
  }
}
