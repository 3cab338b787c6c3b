/** Random numbers for tests: the same for the same seed, so that a failure can be repeated. */
import { nextBelow, seedPrng, type PrngState } from '../../shared/sim/prng.ts';

export class Random {
  #state: PrngState;

  constructor(seed: number) {
    this.#state = seedPrng(seed);
  }

  /** An integer from 0 to `bound` - 1. */
  below(bound: number): number {
    const [value, state] = nextBelow(this.#state, bound);
    this.#state = state;
    return value;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}
