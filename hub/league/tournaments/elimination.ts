/** Single elimination: who loses is out. The best seeds are free in the first round and meet as late as possible. */
import { pairing, type Draw, type Round } from './rounds.ts';

/** The round that follows; null: there is a winner, or nobody is left. */
export function elimination({ players, rounds }: Draw): Round | null {
  const last = rounds.at(-1);
  if (last === undefined) return inPairs(bracket(players));
  return last.length === 1 ? null : inPairs(last.map(({ winner }) => winner));
}

/** The places of the first round from top to bottom: 1 and 2 can only meet at the end, 1 to 4 in the last two rounds. */
function bracket(players: readonly number[]): (number | null)[] {
  let seeds = [0];
  while (seeds.length < players.length) {
    const size = seeds.length * 2;
    seeds = seeds.flatMap((seed) => [seed, size - 1 - seed]);
  }
  return seeds.map((seed) => players[seed] ?? null);
}

const inPairs = (users: readonly (number | null)[]): Round =>
  users.flatMap((one, at) => (at % 2 === 0 ? [pairing(one, users[at + 1] ?? null)] : []));
