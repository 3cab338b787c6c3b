import { describe, expect, it } from 'vitest';
import {
  crowdOf,
  groupsForBots,
  groupsOf,
  nearness,
  reasonOf,
  weight,
  type PairingRules,
  type Waiting,
} from '../../../hub/league/matchmaking.ts';
import { FRESH } from '../../../hub/league/ratings.ts';

const RULES: PairingRules = { threshold: 0.5, bonusPerMinute: 0.2, botAfterMs: 20_000, rematchMs: 5000, size: 2 };
const NOW = 1_000_000;

/** Somebody who is known well, and came just now. */
const waiter = (user: number, mu: number, more: Partial<Waiting> = {}): Waiting => ({
  device: `d${user}`,
  user,
  bot: false,
  since: NOW,
  met: [],
  mu,
  sigma: 1,
  ...more,
});
const users = (groups: readonly (readonly Waiting[])[]): number[][] =>
  groups.map((group) => group.map(({ user }) => user).toSorted((a, b) => a - b));
const far = (since: number): Waiting[] => [waiter(1, 20, { since }), waiter(2, 32, { since })];
const minutes = (count: number): number => NOW - count * 60_000;

describe('nearness', () => {
  it('is 1 of equals, known or not, and falls with the distance', () => {
    expect(nearness(FRESH, FRESH)).toBe(1);
    expect(nearness(waiter(1, 30), waiter(2, 30))).toBe(1);
    const near = [30, 33, 36, 42, 60].map((mu) => nearness(waiter(1, 30), waiter(2, mu)));
    expect(near).toEqual(near.toSorted((a, b) => b - a));
    expect(near.at(-1)).toBeLessThan(0.001);
  });

  it('asks less of those who are known less', () => {
    expect(nearness({ mu: 25, sigma: 8 }, { mu: 35, sigma: 8 })).toBeGreaterThan(
      nearness({ mu: 25, sigma: 1 }, { mu: 35, sigma: 1 }) + 0.4,
    );
  });
});

describe('pairing', () => {
  it('takes the best pair, not the first', () => {
    const queue = [waiter(1, 20), waiter(2, 24), waiter(3, 20.5), waiter(4, 28)];
    expect(users(groupsOf(queue, RULES, NOW, 99))).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it('takes nobody who is too far, until both have waited long enough', () => {
    const [one, other] = far(NOW) as [Waiting, Waiting];
    const missing = RULES.threshold - nearness(one, other);
    expect(missing).toBeGreaterThan(0);
    // Both wait: each minute counts twice.
    const needed = missing / (2 * RULES.bonusPerMinute);
    expect(groupsOf(far(minutes(needed * 0.99)), RULES, NOW, 99)).toEqual([]);
    expect(groupsOf(far(minutes(needed * 1.01)), RULES, NOW, 99)).toHaveLength(1);
  });

  it('never pairs two players of one user, and counts the wait of each for itself', () => {
    const twins = [waiter(1, 20, { since: minutes(60) }), waiter(1, 20, { device: 'other' })];
    expect(groupsOf(twins, RULES, NOW, 99)).toEqual([]);
    const rival = waiter(2, 20);
    const [patient, fresh] = twins as [Waiting, Waiting];
    expect(weight(patient, rival, RULES, NOW)).toBeCloseTo(1 + 60 * 0.2, 9);
    expect(weight(fresh, rival, RULES, NOW)).toBe(1);
    expect(groupsOf([...twins, rival], RULES, NOW, 99)[0]?.map(({ device }) => device)).toEqual(['d1', 'd2']);
  });

  it('never pairs two bots, and a bot only with who has waited; its own wait counts for nothing', () => {
    const bots = [waiter(8, 20, { bot: true, since: 0 }), waiter(9, 20, { bot: true, since: 0 })];
    expect(groupsOf(bots, RULES, NOW, 99)).toEqual([]);
    expect(groupsOf([...bots, waiter(1, 20)], RULES, NOW, 99)).toEqual([]);
    const patient = waiter(1, 20, { since: NOW - 20_000 });
    expect(users(groupsOf([...bots, patient], RULES, NOW, 99))).toEqual([[1, 8]]);
    expect(weight(bots[0] as Waiting, patient, RULES, NOW)).toBeCloseTo(1 + (0.2 * 20) / 60, 9);
  });

  it('takes no more than it may', () => {
    const queue = [1, 2, 3, 4, 5, 6].map((user) => waiter(user, 20 + user / 100));
    expect(groupsOf(queue, RULES, NOW, 5)).toHaveLength(2);
    expect(groupsOf(queue, RULES, NOW, 1)).toEqual([]);
  });

  it('takes as many as the game needs, those who suit the others best', () => {
    const queue = [20, 20.1, 60, 20.2, 21].map((mu, at) => waiter(at + 1, mu));
    expect(users(groupsOf(queue, { ...RULES, size: 3 }, NOW, 99))).toEqual([[1, 2, 4]]);
    const few = queue.slice(0, 3);
    expect(groupsOf(few, { ...RULES, size: 3 }, NOW, 99)).toEqual([]);
  });

  it('does without the very best pair where all together are better off', () => {
    const queue = [20, 23, 24, 27].map((mu, at) => waiter(at + 1, mu));
    const [one, two, three, four] = queue as [Waiting, Waiting, Waiting, Waiting];
    expect(nearness(two, three) + nearness(one, four)).toBeLessThan(nearness(one, two) + nearness(three, four));
    expect(users(groupsOf(queue, RULES, NOW, 99)).toSorted(([a = 0], [b = 0]) => a - b)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('pairs each user of a class of thirty with somebody near, whoever came first', () => {
    const queue = Array.from({ length: 30 }, (_, at) => waiter(at, (at * 7) % 30));
    const groups = groupsOf(queue, RULES, NOW, 99);
    expect(groups).toHaveLength(15);
    for (const [one, other] of groups) expect(Math.abs((one?.mu ?? 0) - (other?.mu ?? 99))).toBe(1);
  });
});

describe('the hub’s bots', () => {
  it('step in for who has waited, the longest first, one for each', () => {
    const queue = [waiter(1, 20), waiter(2, 60, { since: NOW - 21_000 }), waiter(3, 90, { since: NOW - 30_000 })];
    expect(users(groupsForBots(queue, RULES, NOW))).toEqual([[3], [2]]);
    expect(groupsForBots([waiter(9, 20, { bot: true, since: 0 })], RULES, NOW)).toEqual([]);
  });

  it('are one of three where three play', () => {
    const since = NOW - 20_000;
    const queue = [waiter(1, 20, { since }), waiter(1, 20, { since, device: 'twin' }), waiter(2, 60, { since })];
    expect(users(groupsForBots(queue, { ...RULES, size: 3 }, NOW))).toEqual([[1, 2]]);
  });
});

const justMet = (since: number, ...more: Waiting[]): Waiting[] => [
  waiter(1, 20, { since, met: [2] }),
  waiter(2, 20, { since, met: [1] }),
  ...more,
];

describe('two who have just met', () => {
  it('wait for somebody else, for a while', () => {
    expect(groupsOf(justMet(NOW - RULES.rematchMs + 1), RULES, NOW, 99)).toEqual([]);
    expect(users(groupsOf(justMet(NOW - RULES.rematchMs), RULES, NOW, 99))).toEqual([[1, 2]]);
    const others = [waiter(3, 22, { met: [9] }), waiter(4, 23)];
    const pairs = users(groupsOf(justMet(NOW, ...others), RULES, NOW, 99));
    expect(pairs).toHaveLength(2);
    expect(pairs).not.toContainEqual([1, 2]);
  });

  it('are those whose newest match it was for both', () => {
    const [one, other] = [waiter(1, 20, { met: [2] }), waiter(2, 20, { met: [3] })];
    expect(groupsOf([one, other], RULES, NOW, 99)).toHaveLength(1);
  });

  it('are told so', () => {
    const all = justMet(NOW);
    expect(reasonOf(all[0] as Waiting, crowdOf(all), 2, true)).toBe('again');
    const more = [...all, waiter(3, 60)];
    expect(reasonOf(more[0] as Waiting, crowdOf(more), 2, true)).toBe('far');
  });
});

describe('why somebody waits', () => {
  it('is told in one word', () => {
    const ada = waiter(1, 20);
    const [twin, eve] = [waiter(1, 20, { device: 'twin' }), waiter(2, 60)];
    const why = (waiting: readonly Waiting[], size = 2, room = true) => reasonOf(ada, crowdOf(waiting), size, room);
    expect(why([ada])).toBe('alone');
    expect(why([ada, twin])).toBe('own');
    expect(why([ada, eve])).toBe('far');
    expect(why([ada, eve], 3)).toBe('few');
    expect(why([ada, eve], 2, false)).toBe('full');
    expect(why([ada], 2, false)).toBe('alone');
    const bots = [waiter(8, 20, { bot: true }), waiter(9, 20, { bot: true })];
    expect(reasonOf(bots[0] as Waiting, crowdOf(bots), 2, true)).toBe('alone');
  });
});
