/** A player of sum that knows the trick, and forgets it one time in four: else nobody would ever win. */
import { nextBelow, seedPrng } from '../../sim/prng.ts';
import type { SumObservation } from './sum.ts';

export function sumBot(seed: number): (seen: unknown) => number | null {
  let random = seedPrng(seed);
  let answered = '';
  const roll = (sides: number): number => {
    const [value, next] = nextBelow(random, sides);
    random = next;
    return value;
  };
  return (seen) => {
    const { yours, sum, target, largest, round } = seen as SumObservation;
    const turn = `${round}:${sum}`;
    if (!yours || turn === answered) return null;
    answered = turn;
    // Whoever leaves a multiple of largest + 1 to go cannot be beaten.
    const best = (target - sum) % (largest + 1);
    const atRandom = 1 + roll(largest);
    return best === 0 || roll(4) === 0 ? atRandom : best;
  };
}
