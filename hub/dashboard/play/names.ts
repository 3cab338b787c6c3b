/** Names to choose from: safe words only, in the manner of the hub's own. */

const QUALITIES = [
  'Brave', 'Bright', 'Calm', 'Clever', 'Cosmic', 'Curious', 'Eager', 'Gentle', 'Happy', 'Jolly', 'Kind', 'Lucky',
  'Mighty', 'Neat', 'Nimble', 'Proud', 'Quick', 'Quiet', 'Shiny', 'Smart', 'Sunny', 'Swift', 'Witty', 'Zippy',
]; // prettier-ignore
const ANIMALS = [
  'Badger', 'Beaver', 'Bison', 'Crane', 'Dolphin', 'Eagle', 'Falcon', 'Ferret', 'Fox', 'Gecko', 'Hare', 'Heron',
  'Ibex', 'Koala', 'Lemur', 'Lynx', 'Marten', 'Otter', 'Owl', 'Panda', 'Puffin', 'Raven', 'Seal', 'Wombat',
]; // prettier-ignore

/** So many different names. @param below an integer from 0 to its argument - 1 */
export function someNames(count: number, below: (bound: number) => number): string[] {
  const names = new Set<string>();
  while (names.size < Math.min(count, QUALITIES.length)) {
    names.add(`${QUALITIES[below(QUALITIES.length)]} ${ANIMALS[below(ANIMALS.length)]}`);
  }
  return [...names];
}

export const randomBelow = (bound: number): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % bound;
