/** A network made worse on purpose: each message has a delay of its own and may be lost, as the dice of a seed fall. */
import type { Lab } from '../../shared/contract/api.ts';
import { nextBelow, nextUint32, seedPrng, type PrngState } from '../../shared/sim/prng.ts';
import type { Clock } from '../clock.ts';

export class BadNetwork {
  readonly #clock: Pick<Clock, 'after'>;
  #random: PrngState;

  constructor(clock: Pick<Clock, 'after'>, seed: number) {
    this.#clock = clock;
    this.#random = seedPrng(seed);
  }

  /**
   * Lets a message through, now or later or never.
   * @param mayBeLost false: it is only late, as what is sent again until it arrives
   */
  pass({ delayMs, jitterMs, lossPercent }: Lab, mayBeLost: boolean, deliver: () => void): void {
    // The dice fall for each message, so that one setting does not change what another does.
    const lost = this.#below(100) < lossPercent;
    const late = delayMs + (2 * this.#share() - 1) * jitterMs;
    if (mayBeLost && lost) return;
    if (late > 0) this.#clock.after(late, deliver);
    else deliver();
  }

  #below(bound: number): number {
    const [value, next] = nextBelow(this.#random, bound);
    this.#random = next;
    return value;
  }

  /** From 0 to less than 1. */
  #share(): number {
    const [value, next] = nextUint32(this.#random);
    this.#random = next;
    return value / 0x1_0000_0000;
  }
}
