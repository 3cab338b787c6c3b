/** A player of rock-paper-scissors: half of the time it plays by chance, else against what the others like to choose. */
import { nextBelow, seedPrng } from '../../sim/prng.ts';
import { WORDS } from './choice.ts';
import type { RpsObservation } from './observe.ts';

export function rpsBot(seed: number): (seen: unknown) => string | null {
  let random = seedPrng(seed);
  let round = 0;
  // How often others chose rock, paper, scissors.
  const liked: [number, number, number] = [0, 0, 0];
  const roll = (sides: number): number => {
    const [value, next] = nextBelow(random, sides);
    random = next;
    return value;
  };
  return (seen) => {
    const { you, phase, round: now, last } = seen as RpsObservation;
    if (phase !== 'choose' || now === round) return null;
    round = now;
    for (const [seat, letter] of Object.entries(last)) {
      const at = 'RPS'.indexOf(letter);
      if (seat !== you && at >= 0) liked[at] = (liked[at] as number) + 1;
    }
    const favourite = liked.indexOf(Math.max(...liked));
    const choice = roll(2) === 0 ? roll(3) : (favourite + 1) % 3;
    return WORDS[choice] as string;
  };
}
