/** The queue and the ratings together: agents of known strength, twenty matches each, and the ladder has them in order. */
import { describe, expect, it } from 'vitest';
import { Ladder } from '../../hub/league/ladder.ts';
import { groupsOf, type PairingRules } from '../../hub/league/matchmaking.ts';
import { Queue, weighed, type Entry } from '../../hub/league/queue.ts';
import { scoreOf } from '../../hub/league/ratings.ts';
import { Random } from '../support/random.ts';

const AGENTS = 20;
const GAMES = 20;
const RUNS = 20;
/** So much stronger is each than the next, on the scale of mu: it wins two of three against the third after it. */
const STEP = 2;
const BETA = 25 / 6;
const ROUND_MS = 500;
/** As they are by default (hub/config/schema.ts). */
const RULES: PairingRules = { threshold: 0.5, bonusPerMinute: 0.2, botAfterMs: 20_000, rematchMs: 5000, size: 2 };

const strengthOf = (user: number): number => user * STEP;
/** The stronger wins as often as openskill's model has it. */
const chance = (a: number, b: number): number => 1 / (1 + Math.exp(-(strengthOf(a) - strengthOf(b)) / (BETA * 1.13)));

interface Evening {
  /** Spearman's rank correlation of ladder and strength. */
  readonly correlation: number;
  readonly minutes: number;
  /** Mean distance of two who met in the second half, in places. */
  readonly distance: number;
  /** Part of all matches that are the rematch of the newest of both. */
  readonly again: number;
}

function evening(seed: number): Evening {
  const random = new Random(seed);
  const ladder = new Ladder();
  const queue = new Queue(() => {});
  const left = new Map(Array.from({ length: AGENTS }, (_, user) => [user, GAMES]));
  let busy: { readonly until: number; readonly pair: readonly [number, number] }[] = [];
  const met: number[] = [];
  const newest = new Map<number, readonly number[]>();
  let [now, again] = [0, 0];
  const wait = (user: number): void => {
    if ((left.get(user) ?? 0) > 0) queue.add({ device: `d${user}`, user, game: 'g', bot: false, since: now });
  };
  for (const user of left.keys()) wait(user);
  let match = 0;
  while (queue.games.size > 0 || busy.length > 0) {
    now += ROUND_MS;
    for (const { pair } of busy.filter(({ until }) => until <= now)) finish(pair);
    busy = busy.filter(({ until }) => until > now);
    for (const group of groupsOf(
      queue.all('g').map((entry: Entry) => weighed(entry, ladder, newest.get(entry.user) ?? [])),
      RULES,
      now,
      16,
    )) {
      const [one, other] = group.map(({ device, user }) => {
        queue.remove(device);
        return user;
      }) as [number, number];
      // Matches take from five to twenty seconds.
      busy.push({ until: now + 5000 + random.below(15_000), pair: [one, other] });
    }
    // Those who are left over at the very end have nobody to play with.
    if (busy.length === 0 && queue.all('g').length < 2) break;
  }
  function finish([one, other]: readonly [number, number]): void {
    const winner = random.below(1_000_000) / 1_000_000 < chance(one, other) ? 0 : 1;
    const players = [one, other].map((user, seat) => ({ seat, user, device: `d${user}` }));
    const result = { match: `${match++}`, game: 'g', players, scores: [0, 0], endedAt: now };
    const end = ladder.judge({ ...result, ending: { kind: 'win', winner } }, false);
    for (const row of end?.ratings ?? []) ladder.put(row);
    if (newest.get(one)?.[0] === other && newest.get(other)?.[0] === one) again++;
    newest.set(one, [other]).set(other, [one]);
    for (const user of [one, other]) {
      left.set(user, (left.get(user) ?? 0) - 1);
      wait(user);
    }
    if (match > (AGENTS * GAMES) / 4) met.push(Math.abs(one - other));
  }
  const order = [...left.keys()].toSorted((a, b) => scoreOf(ladder.of(b, 'g')) - scoreOf(ladder.of(a, 'g')));
  const squares = order.map((user, place) => (AGENTS - 1 - user - place) ** 2).reduce((a, b) => a + b);
  return {
    correlation: 1 - (6 * squares) / (AGENTS * (AGENTS ** 2 - 1)),
    minutes: now / 60_000,
    distance: met.reduce((a, b) => a + b, 0) / met.length,
    again: again / match,
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe(`${AGENTS} agents of known strength`, () => {
  const evenings = Array.from({ length: RUNS }, (_, seed) => evening(seed + 1));

  it(`are in order after ${GAMES} matches each: rank correlation of 0.9 or more, each time`, () => {
    const correlations = evenings.map(({ correlation }) => correlation);
    expect(Math.min(...correlations)).toBeGreaterThanOrEqual(0.9);
    expect(median(correlations)).toBeGreaterThanOrEqual(0.95);
  });

  it('meet those who are near them, and nobody waits for long', () => {
    // Two by chance are a third of all places apart.
    expect(median(evenings.map(({ distance }) => distance))).toBeLessThan(AGENTS / 4);
    expect(Math.max(...evenings.map(({ again }) => again))).toBeLessThan(0.1);
    expect(Math.max(...evenings.map(({ minutes }) => minutes))).toBeLessThan(15);
  });
});
