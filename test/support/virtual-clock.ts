/** A clock that stands still until a test moves it. Timers run in order, at their time. */
import type { Cancel, Clock } from '../../hub/clock.ts';

export class VirtualClock implements Clock {
  #now = 1000;
  #timers: { at: number; order: number; run: () => void }[] = [];
  #order = 0;

  now(): number {
    return this.#now;
  }

  epoch(): number {
    return 1_700_000_000_000 + Math.round(this.#now);
  }

  after(ms: number, run: () => void): Cancel {
    const timer = { at: this.#now + Math.max(0, ms), order: this.#order++, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Timers that are waiting. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Moves time on and runs what falls due. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const [next] = this.#timers.toSorted((a, b) => a.at - b.at || a.order - b.order);
      if (next === undefined || next.at > until) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = until;
  }

  /** Moves time on without running timers, as a stall of the process does. */
  stall(ms: number): void {
    this.#now += ms;
  }

  /** Moves time on in small steps and lets promises settle between them. */
  async settle(ms: number, stepMs = 10): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      this.advance(Math.min(stepMs, ms - passed));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
