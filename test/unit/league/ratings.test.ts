import { describe, expect, it } from 'vitest';
import { Ladder, type Result } from '../../../hub/league/ladder.ts';
import { decayed, FRESH, rated, ranksOf, scoreOf } from '../../../hub/league/ratings.ts';
import type { Ending } from '../../../shared/games/game.ts';

const win = (winner: number): Ending => ({ kind: 'win', winner });
const players = (...scores: number[]) => scores.map((score, seat) => ({ seat, score }));

describe('places after a match', () => {
  it('are as the game says who won, also where the scores say otherwise', () => {
    expect(ranksOf(win(0), players(11, 3))).toEqual([1, 2]);
    expect(ranksOf(win(1), players(11, 3))).toEqual([2, 1]);
    expect(ranksOf({ kind: 'draw' }, players(11, 3))).toEqual([1, 1]);
    expect(ranksOf({ kind: 'void' }, players(11, 3))).toBeNull();
  });

  it('go by points behind the winner, equal ones shared', () => {
    expect(ranksOf(win(2), players(5, 9, 1, 5))).toEqual([3, 2, 1, 3]);
  });

  it('have who went away last, and the others equal', () => {
    expect(ranksOf({ kind: 'disconnected', seat: 1 }, players(0, 9, 3))).toEqual([1, 2, 1]);
  });
});

describe('ratings', () => {
  it('of two newcomers change as Weng and Lin have it', () => {
    const [won, lost] = rated([FRESH, FRESH], [1, 2]);
    // Their update by hand: c² = 2 (σ² + β²), and σ² grown by τ² first.
    const sigma2 = FRESH.sigma ** 2 + (25 / 300) ** 2;
    const c = Math.sqrt(2 * (sigma2 + (25 / 6) ** 2));
    expect(won?.mu).toBeCloseTo(25 + sigma2 / c / 2, 9);
    expect(lost?.mu).toBeCloseTo(25 - sigma2 / c / 2, 9);
    const gamma = Math.sqrt(sigma2) / c;
    expect(won?.sigma).toBeCloseTo(Math.sqrt(sigma2 * (1 - (sigma2 / c ** 2) * 0.25 * gamma)), 9);
    expect(scoreOf(FRESH)).toBeCloseTo(0, 12);
  });

  it('of equals stay where they are after a draw, but more certain', () => {
    const [one, other] = rated([FRESH, FRESH], [1, 1]);
    expect([one?.mu, other?.mu]).toEqual([25, 25]);
    expect(one?.sigma).toBeLessThan(FRESH.sigma);
  });

  it('go up by little for who was expected to win, and by much for who was not', () => {
    const [strong, weak] = [
      { mu: 35, sigma: 3 },
      { mu: 15, sigma: 3 },
    ];
    const expected = (rated([strong, weak], [1, 2])[0]?.mu ?? 0) - strong.mu;
    const surprise = (rated([weak, strong], [1, 2])[0]?.mu ?? 0) - weak.mu;
    expect(expected).toBeGreaterThan(0);
    expect(surprise).toBeGreaterThan(5 * expected);
  });

  it('of whom nobody plays against become less certain, but never less than of a newcomer', () => {
    expect(decayed({ mu: 30, sigma: 2 }, 0.5)).toEqual({ mu: 30, sigma: 2.5 });
    expect(decayed({ mu: 30, sigma: 8.2 }, 0.5)).toEqual({ mu: 30, sigma: 25 / 3 });
  });
});

const result = (more: Partial<Result> = {}): Result => ({
  match: 'm',
  game: 'pong',
  players: [
    { seat: 0, user: 1, device: 'a' },
    { seat: 1, user: 2, device: 'b' },
  ],
  ending: win(1),
  scores: [2, 11, 0, 0],
  endedAt: 1000,
  ...more,
});

const played = (ladder: Ladder, more: Partial<Result> = {}, loss = false): void => {
  for (const row of ladder.judge(result(more), loss)?.ratings ?? []) ladder.put(row);
};

describe('the ladder', () => {
  it('goes by mu − 3 sigma, game by game', () => {
    const ladder = new Ladder();
    played(ladder);
    played(ladder, { game: 'snake', ending: win(0) });
    expect(ladder.places('pong')).toMatchObject([
      { user: 2, rank: 1, games: 1, wins: 1, losses: 0, score: 3.438 },
      { user: 1, rank: 2, games: 1, wins: 0, losses: 1 },
    ]);
    expect(ladder.places('snake')[0]?.user).toBe(1);
    expect(ladder.placesOf(1).map(({ game, rank }) => [game, rank])).toEqual([
      ['pong', 2],
      ['snake', 1],
    ]);
  });

  it('has equal ones on one place', () => {
    const ladder = new Ladder();
    played(ladder, { ending: { kind: 'draw' } });
    played(ladder, {
      players: [
        { seat: 0, user: 3, device: 'c' },
        { seat: 1, user: 4, device: 'd' },
      ],
    });
    expect(ladder.places('pong').map(({ user, rank }) => [user, rank])).toEqual([
      [4, 1],
      [1, 2],
      [2, 2],
      [3, 4],
    ]);
  });

  it('is not changed by who goes away, unless that is to count as lost', () => {
    const gone: Partial<Result> = { ending: { kind: 'disconnected', seat: 0 } };
    const kept = new Ladder();
    const end = kept.judge(result(gone), false);
    expect(end).toMatchObject({ endState: 2, disconnected: 1, winner: null, changed: [] });
    expect(end?.ratings).toMatchObject([
      { user: 1, mu: 25, games: 0, disconnects: 1 },
      { user: 2, mu: 25, games: 0, disconnects: 0 },
    ]);
    const strict = new Ladder();
    played(strict, gone, true);
    expect(strict.places('pong').map(({ user }) => user)).toEqual([2, 1]);
    expect(strict.of(1, 'pong')).toMatchObject({ games: 1, wins: 0, disconnects: 1 });
    expect(kept.judge(result({ ending: { kind: 'void' } }), false)).toBeNull();
  });

  it('names those whom nobody has played with for a while', () => {
    const ladder = new Ladder();
    played(ladder);
    played(ladder, {
      endedAt: 9000,
      players: [
        { seat: 0, user: 3, device: 'c' },
        { seat: 1, user: 2, device: 'b' },
      ],
    });
    const [idle, ...others] = ladder.idle(10_000, 5000, 0.1);
    expect(others).toEqual([]);
    expect(idle).toMatchObject({ user: 1, ratedAt: 10_000 });
    expect(idle?.sigma).toBeCloseTo(ladder.of(1, 'pong').sigma + 0.1, 9);
  });
});
