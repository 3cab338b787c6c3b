/** Answers that many ask for at once cost the hub one: each may be up to a second old. */
import type { Clock } from '../clock.ts';

/** An answer under way, or made at a time. */
interface Answer<T> {
  readonly value: Promise<T>;
  madeAt: number | null;
}

const FRESH_MS = 1000;
/** Answers that are kept: who asks for made-up paths gets them, but fills no memory. */
const MAX_KEPT = 256;

export class Answers<T> {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #answers = new Map<string, Answer<T>>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** The answer under way or made just now, else a new one. One that failed is not kept. */
  get(path: string, make: () => T | Promise<T>): Promise<T> {
    const known = this.#answers.get(path);
    if (known !== undefined && this.#isFresh(known)) return known.value;
    const value = Promise.resolve().then(make);
    const answer: Answer<T> = { value, madeAt: null };
    this.#prune();
    this.#answers.set(path, answer);
    value.then(
      () => (answer.madeAt = this.#clock.now()),
      () => this.#answers.get(path) === answer && this.#answers.delete(path),
    );
    return value;
  }

  /** What is large is not kept for who may ask next. */
  forget(path: string): void {
    this.#answers.delete(path);
  }

  clear(): void {
    this.#answers.clear();
  }

  #isFresh({ madeAt }: Answer<T>): boolean {
    return madeAt === null || this.#clock.now() - madeAt < FRESH_MS;
  }

  #prune(): void {
    for (const [path, answer] of this.#answers) {
      if (!this.#isFresh(answer) || this.#answers.size >= MAX_KEPT) this.#answers.delete(path);
    }
  }
}
