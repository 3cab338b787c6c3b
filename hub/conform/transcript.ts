/** A log of what was seen, cut into named steps, and a way to wait for what comes next. */
import type { Clock } from '../clock.ts';

export type Logged<Entry> = Entry & { readonly at: number; readonly step: string };

export class Transcript<Entry> {
  readonly entries: Logged<Entry>[] = [];
  readonly steps: string[] = [];
  readonly #clock: Clock;
  readonly #skipped = new Map<string, string>();
  readonly #stalls: { readonly at: number; readonly ms: number }[] = [];
  readonly #listeners = new Set<(entry: Logged<Entry>) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(step: string): void {
    this.steps.push(step);
  }

  /** A step that will not be, and why. */
  skip(step: string, why: string): void {
    this.#skipped.set(step, why);
  }

  add(entry: Entry): void {
    const logged = { ...entry, at: this.#clock.now(), step: this.steps.at(-1) ?? '' };
    this.entries.push(logged);
    for (const listener of this.#listeners) listener(logged);
  }

  /** This computer did nothing for so long until now. */
  stalled(ms: number): void {
    this.#stalls.push({ at: this.#clock.now(), ms });
  }

  /** For how many ms of a time this computer stood still: whoever is tested on it may be late by as much. */
  stallsIn(from: number, to: number): number {
    return this.#stalls.reduce((sum, { at, ms }) => (at >= from && at - ms <= to ? sum + ms : sum), 0);
  }

  in(...steps: string[]): Logged<Entry>[] {
    return this.entries.filter(({ step }) => steps.includes(step));
  }

  /** Why a step was not made; null if it was. */
  whyNot(step: string): string | null {
    if (this.#skipped.has(step)) return this.#skipped.get(step) ?? '';
    return this.steps.includes(step) ? null : 'It did not come to that: see what failed before.';
  }

  /** The next entry that `wanted` takes; null if none comes within `ms`. */
  next(wanted: (entry: Logged<Entry>) => boolean, ms: number): Promise<Logged<Entry> | null> {
    return new Promise((resolve) => {
      const end = (entry: Logged<Entry> | null): void => {
        cancel();
        this.#listeners.delete(listener);
        resolve(entry);
      };
      const listener = (entry: Logged<Entry>): void => {
        if (wanted(entry)) end(entry);
      };
      const cancel = this.#clock.after(ms, () => end(null));
      this.#listeners.add(listener);
    });
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#clock.after(ms, resolve));
  }
}
