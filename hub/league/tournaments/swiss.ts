/**
 * Swiss: in each round those meet who stand alike and have not met, so that a few rounds put many players in order: as
 * many as a knock-out of them all would have.
 */
import { pairing, type Draw, type Round } from './rounds.ts';
import { standings } from './standings.ts';

/** Steps of the search for a round without a second meeting; beyond it some meet again. */
const MAX_STEPS = 20_000;

const roundsFor = (players: number): number => Math.ceil(Math.log2(players));

/** The round that follows; null: it is over. */
export function swiss(draw: Draw): Round | null {
  const { players, rounds } = draw;
  if (rounds.length >= roundsFor(players.length)) return null;
  const order = standings(draw, 'swiss').map(({ user }) => user);
  const free = players.length % 2 === 0 ? null : freeOne(order, rounds);
  const playing = order.filter((user) => user !== free);
  const pairs = rounds.length === 0 ? folded(playing) : matched(playing, metIn(rounds));
  const round = pairs.map(([one, other]) => pairing(one, other));
  return free === null ? round : [...round, pairing(free, null)];
}

type Pair = readonly [number, number];

/** Nobody is known to stand better yet: the upper half of the seeds meets the lower one. */
function folded(order: readonly number[]): Pair[] {
  const half = order.length / 2;
  return order.slice(0, half).map((one, at) => [one, order[half + at] as number]);
}

/** The lowest who was not free before. */
function freeOne(order: readonly number[], rounds: readonly Round[]): number {
  const before = new Set(rounds.flat().flatMap(({ state, winner }) => (state === 'bye' ? [winner] : [])));
  return order.findLast((user) => !before.has(user)) ?? (order.at(-1) as number);
}

const metIn = (rounds: readonly Round[]): ReadonlySet<string> =>
  new Set(rounds.flat().flatMap(({ players: [one, other] }) => [`${one} ${other}`, `${other} ${one}`]));

/** Each with the next below it that it has not met: where that leaves somebody over, an earlier choice is changed. */
function matched(order: readonly number[], met: ReadonlySet<string>): Pair[] {
  let steps = 0;
  const search = (left: readonly number[]): Pair[] | null => {
    const [one, ...others] = left;
    if (one === undefined) return [];
    for (const other of others) {
      if (met.has(`${one} ${other}`)) continue;
      if (++steps > MAX_STEPS) return null;
      const rest = search(others.filter((user) => user !== other));
      if (rest !== null) return [[one, other], ...rest];
    }
    return null;
  };
  return search(order) ?? order.flatMap((one, at) => (at % 2 === 0 ? [[one, order[at + 1] as number] as const] : []));
}
