/**
 * What a result does to ratings: openskill's Plackett-Luce (Weng and Lin, JMLR 12, 2011) with mu 25 and sigma 25/3.
 * Ranks come from how the game says that it ended; scores only order those who have not won.
 */
import { rate } from 'openskill';
import { won, type Ending } from '../../shared/games/game.ts';

export interface Rated {
  readonly mu: number;
  readonly sigma: number;
}

/** Of who has played nothing; also how uncertain a rating can become. */
export const FRESH: Rated = { mu: 25, sigma: 25 / 3 };

/** What the ladder goes by: so much the user is worth with near certainty. */
export const scoreOf = ({ mu, sigma }: Rated): number => mu - 3 * sigma;

export interface Ranked {
  readonly seat: number;
  readonly score: number;
}

/** Places from 1, equal ones shared, in the order given; null: the end says nothing about who is better. */
export function ranksOf(ending: Ending, players: readonly Ranked[]): number[] | null {
  if (ending.kind === 'void') return null;
  if (ending.kind === 'draw') return players.map(() => 1);
  // Who went away has lost against all others, who are equal.
  if (ending.kind === 'disconnected') return players.map(({ seat }) => (seat === ending.seat ? 2 : 1));
  const ahead = (one: Ranked, other: Ranked): boolean => {
    if (won(ending, one.seat) || won(ending, other.seat)) return won(ending, one.seat) && !won(ending, other.seat);
    return one.score > other.score;
  };
  return players.map((player) => 1 + players.filter((other) => ahead(other, player)).length);
}

/** The ratings after a match. @param ranks as of ranksOf */
export function rated(before: readonly Rated[], ranks: readonly number[]): Rated[] {
  const teams = before.map(({ mu, sigma }) => [{ mu, sigma }]);
  return rate(teams, { rank: [...ranks] }).map(([one]) => one as Rated);
}

/** A rating that nobody has proved for a while. */
export const decayed = <R extends Rated>(rating: R, sigma: number): R => ({
  ...rating,
  sigma: Math.min(FRESH.sigma, rating.sigma + sigma),
});
