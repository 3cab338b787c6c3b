/** Everybody meets everybody once: the circle method. One player stands still, the others go round by one each time. */
import { pairing, type Draw, type Round } from './rounds.ts';

/** The round that follows; null: all have met. */
export function roundRobin({ players, rounds }: Draw): Round | null {
  // With an odd number one is free each round.
  const [fixed = null, ...moving] = players.length % 2 === 0 ? players : [...players, null];
  const number = rounds.length;
  if (number >= moving.length) return null;
  const circle = [fixed, ...moving.slice(number), ...moving.slice(0, number)];
  const half = circle.length / 2;
  return circle.slice(0, half).map((one, at) => pairing(one, circle[circle.length - 1 - at] ?? null));
}
