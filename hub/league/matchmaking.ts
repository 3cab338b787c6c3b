/**
 * Who plays against whom: pure, so that a test can say what time it is. A pair is weighed by how near its ratings are
 * and by how long both have waited; the heaviest pairs above the threshold play (docs/league.md says why so).
 */
import type { Rated } from './ratings.ts';

/** A device in the queue. A user may have several: each waits for itself. */
export interface Waiting extends Rated {
  readonly device: string;
  readonly user: number;
  readonly bot: boolean;
  /** When it came, by the hub's clock, in ms. */
  readonly since: number;
  /** Users whom its user has met in the newest match. */
  readonly met: readonly number[];
}

export interface PairingRules {
  /** Nearness and bonus together have to be above it. */
  readonly threshold: number;
  /** For each minute that all of a group have waited together. */
  readonly bonusPerMinute: number;
  /** How long one waits before a bot will do. */
  readonly botAfterMs: number;
  /** How long two who come from a match with each other wait for somebody else. */
  readonly rematchMs: number;
  /** How many play together. */
  readonly size: number;
}

/** openskill's beta: the difference of mu at which the better one wins about two times out of three. */
const BETA = 25 / 6;
const MINUTE_MS = 60_000;

/**
 * 1: nobody knows who is better; towards 0: everybody knows. The distance of mu is measured in what is uncertain about
 * it. openskill's predictDraw would say 0.24 of two newcomers and 0.49 of two equals who are known well: with it, of
 * whom least is known would wait longest, though a match with them tells most.
 */
export function nearness(a: Rated, b: Rated): number {
  const uncertain = 2 * BETA ** 2 + a.sigma ** 2 + b.sigma ** 2;
  return Math.exp(-((a.mu - b.mu) ** 2) / (2 * uncertain));
}

const waitedMs = ({ bot, since }: Waiting, now: number): number => (bot ? 0 : Math.max(0, now - since));

/**
 * Whether two come from a match with each other. They are the nearest there are, and often the only ones who wait just
 * then: without this more than half of all matches would be such, and tell little new.
 */
const cameTogether = (a: Waiting, b: Waiting): boolean =>
  !a.bot && !b.bot && a.met.includes(b.user) && b.met.includes(a.user);

/** How much is to be said for a pair, or null if it must not be. */
export function weight(a: Waiting, b: Waiting, rules: PairingRules, now: number): number | null {
  if (a.user === b.user || (a.bot && b.bot)) return null;
  // A bot has all the time in the world: only its opponent's counts.
  const human = a.bot ? b : a;
  if ((a.bot || b.bot) && waitedMs(human, now) < rules.botAfterMs) return null;
  if (cameTogether(a, b) && Math.min(waitedMs(a, now), waitedMs(b, now)) < rules.rematchMs) return null;
  const together = waitedMs(a, now) + waitedMs(b, now);
  return nearness(a, b) + (rules.bonusPerMinute * together) / MINUTE_MS;
}

interface Pair {
  readonly one: Waiting;
  readonly other: Waiting;
  readonly weight: number;
}

/** So many are weighed against each other at once, the longest first: this runs on the thread of the ticks. */
const MAX_WEIGHED = 40;

/**
 * The groups that play now, the heaviest first.
 * @param waiting the longest first
 * @param most so many players may be taken
 */
export function groupsOf(waiting: readonly Waiting[], rules: PairingRules, now: number, most: number): Waiting[][] {
  if (most < rules.size || waiting.length < rules.size) return [];
  const weighed = waiting.slice(0, MAX_WEIGHED);
  const pairs = pairsOf(weighed, rules, now);
  const groups = rules.size === 2 ? heaviest(pairs, weighed, rules, now) : larger(pairs, weighed, rules, now);
  return groups.slice(0, Math.floor(most / rules.size));
}

/** Pairs that together weigh most: the heaviest first, then partners are exchanged as long as that helps. */
function heaviest(pairs: readonly Pair[], waiting: readonly Waiting[], rules: PairingRules, now: number): Waiting[][] {
  const taken = new Set<Waiting>();
  const chosen: Pair[] = [];
  for (const pair of pairs) {
    if (taken.has(pair.one) || taken.has(pair.other)) continue;
    taken.add(pair.one).add(pair.other);
    chosen.push(pair);
  }
  // Who is left over takes part in the exchange, as pairs that weigh nothing.
  const idle = waiting.filter((one) => !taken.has(one));
  for (let at = 0; at + 1 < idle.length; at += 2)
    chosen.push({ one: idle[at] as Waiting, other: idle[at + 1] as Waiting, weight: 0 });
  while (exchange(chosen, rules, now));
  const playing = chosen.filter((pair) => pair.weight > 0);
  return playing.toSorted((a, b) => b.weight - a.weight).map(({ one, other }) => [one, other]);
}

/** Lets two pairs change partners where both together are heavier then. @returns whether any did */
function exchange(pairs: Pair[], rules: PairingRules, now: number): boolean {
  let changed = false;
  for (const [at, first] of pairs.entries()) {
    for (let next = at + 1; next < pairs.length; next++) {
      const [a, b] = [pairs[at] ?? first, pairs[next] as Pair];
      const better = [[a.one, b.one, a.other, b.other] as const, [a.one, b.other, a.other, b.one] as const].flatMap(
        ([w, x, y, z]) => {
          const [left, right] = [pairOrIdle(w, x, rules, now), pairOrIdle(y, z, rules, now)];
          return heavier([left, right], [a, b]) ? [[left, right] as const] : [];
        },
      );
      const [best] = better.toSorted(([p, q], [r, t]) => r.weight + t.weight - p.weight - q.weight);
      if (best === undefined) continue;
      [pairs[at], pairs[next]] = best;
      changed = true;
    }
  }
  return changed;
}

/** By more than what rounding makes: else two could change for ever. */
const heavier = ([a, b]: readonly [Pair, Pair], [c, d]: readonly [Pair, Pair]): boolean =>
  a.weight + b.weight > c.weight + d.weight + 1e-9;

/** Groups of more than two: around the heaviest pairs. */
function larger(pairs: readonly Pair[], waiting: readonly Waiting[], rules: PairingRules, now: number): Waiting[][] {
  const free = new Set(waiting);
  const groups: Waiting[][] = [];
  for (const { one, other } of pairs) {
    const group = free.has(one) && free.has(other) ? grown([one, other], free, rules, now) : null;
    if (group === null) continue;
    for (const member of group) free.delete(member);
    groups.push(group);
  }
  return groups;
}

/** Two who may play now, or null. */
function pairOf(one: Waiting, other: Waiting, rules: PairingRules, now: number): Pair | null {
  const found = weight(one, other, rules, now);
  return found !== null && found > rules.threshold ? { one, other, weight: found } : null;
}

const pairOrIdle = (one: Waiting, other: Waiting, rules: PairingRules, now: number): Pair =>
  pairOf(one, other, rules, now) ?? { one, other, weight: 0 };

/** All pairs above the threshold, the heaviest first; of equal ones that which has waited longer. */
function pairsOf(waiting: readonly Waiting[], rules: PairingRules, now: number): Pair[] {
  const pairs: Pair[] = [];
  for (const [at, one] of waiting.entries()) {
    for (const other of waiting.slice(at + 1)) {
      const pair = pairOf(one, other, rules, now);
      if (pair !== null) pairs.push(pair);
    }
  }
  const since = ({ one, other }: Pair): number => one.since + other.since;
  return pairs.toSorted((a, b) => b.weight - a.weight || since(a) - since(b));
}

/** A pair with so many more as play together: each time who suits the others best; null: there are not enough. */
function grown(
  pair: readonly Waiting[],
  free: ReadonlySet<Waiting>,
  rules: PairingRules,
  now: number,
): Waiting[] | null {
  const members = [...pair];
  while (members.length < rules.size) {
    const suited = [...free].flatMap((one) => {
      const weights = members.map((member) => (member === one ? null : weight(member, one, rules, now)));
      if (weights.includes(null)) return [];
      const sum = weights.reduce<number>((total, value) => total + (value ?? 0), 0);
      return sum / members.length > rules.threshold ? [{ one, sum }] : [];
    });
    const [best] = suited.toSorted((a, b) => b.sum - a.sum || a.one.since - b.one.since);
    if (best === undefined) return null;
    members.push(best.one);
  }
  return members;
}

/** Those who have waited long enough for one of the hub's bots, with as many others as it takes; the longest first. */
export function groupsForBots(waiting: readonly Waiting[], rules: PairingRules, now: number): Waiting[][] {
  const patient = waiting
    .filter((one) => !one.bot && now - one.since >= rules.botAfterMs)
    .toSorted((a, b) => a.since - b.since);
  const groups: Waiting[][] = [];
  const taken = new Set<Waiting>();
  for (const one of patient) {
    if (taken.has(one)) continue;
    const group = [one];
    for (const other of rules.size > 2 ? patient : []) {
      const fits = !taken.has(other) && group.every(({ user }) => user !== other.user);
      if (group.length < rules.size - 1 && fits) group.push(other);
    }
    if (group.length < rules.size - 1) continue;
    for (const member of group) taken.add(member);
    groups.push(group);
  }
  return groups;
}

export type WaitReason = 'alone' | 'own' | 'far' | 'few' | 'full' | 'again';

/** Who waits for a game, counted. */
export interface Crowd {
  readonly total: number;
  readonly bots: number;
  readonly byUser: ReadonlyMap<number, number>;
}

export function crowdOf(waiting: readonly Waiting[]): Crowd {
  const byUser = new Map<number, number>();
  for (const { user } of waiting) byUser.set(user, (byUser.get(user) ?? 0) + 1);
  return { total: waiting.length, bots: waiting.filter(({ bot }) => bot).length, byUser };
}

/** Why a device is still there after a round. @param room whether another match may run */
export function reasonOf({ user, bot, met }: Waiting, crowd: Crowd, size: number, room: boolean): WaitReason {
  const { total, bots, byUser } = crowd;
  // Two bots are never paired.
  const others = bot ? total - bots : total - 1;
  const own = bot ? 0 : (byUser.get(user) ?? 1) - 1;
  if (!room && total >= size) return 'full';
  if (others === 0) return 'alone';
  if (others === own) return 'own';
  if (others < size - 1) return 'few';
  const known = met.reduce((sum, other) => sum + (byUser.get(other) ?? 0), 0);
  return others === own + known ? 'again' : 'far';
}
