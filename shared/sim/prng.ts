/**
 * sfc32 by Chris Doty-Humphrey (PractRand): 128 bits of state as four integers, so that it lives in a game's state,
 * serialises, and gives the same numbers everywhere.
 */
export type PrngState = readonly [number, number, number, number];

/** A state from a seed of 32 bits, mixed for 12 rounds as its author advises. */
export function seedPrng(seed: number): PrngState {
  let state: PrngState = [0, seed | 0, 0, 1];
  for (let round = 0; round < 12; round++) state = nextUint32(state)[1];
  return state;
}

/** @returns an integer from 0 to 2^32 - 1, and the next state */
export function nextUint32([a, b, c, counter]: PrngState): [number, PrngState] {
  const result = (a + b + counter) | 0;
  return [
    result >>> 0,
    [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + result) | 0, (counter + 1) | 0],
  ];
}

/** @returns an integer from 0 to `bound` - 1 (bound at most 2^21, so that the product is exact), and the next state */
export function nextBelow(state: PrngState, bound: number): [number, PrngState] {
  const [value, next] = nextUint32(state);
  return [Math.floor((value * bound) / 0x1_0000_0000), next];
}
