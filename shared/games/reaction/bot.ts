/** A player of reaction as quick as people are: it presses 180 to 400 ms after it is told of the light. */
import { nextBelow, seedPrng } from '../../sim/prng.ts';

const FASTEST_TICKS = 11;
const SPREAD_TICKS = 14;

/** It counts observations: rooms tell one at each tick, of which a second usually has 60. */
export function reactionBot(seed: number): (seen: unknown) => string | null {
  let random = seedPrng(seed);
  let left: number | null = null;
  return (seen) => {
    const { phase } = seen as { readonly phase: string };
    if (phase !== 'lit' && phase !== 'hold') {
      left = null;
      return null;
    }
    if (left === null) {
      const [ticks, next] = nextBelow(random, SPREAD_TICKS);
      random = next;
      left = FASTEST_TICKS + ticks;
    }
    left--;
    return left === 0 ? 'press' : null;
  };
}
