/** The ratings of all users, by game, as they stand: in memory; the store has them too. */
import type { GameEnd, GamePlayer, RatingRow } from '../store/league-store.ts';
import type { Ending } from '../../shared/games/game.ts';
import { decayed, FRESH, ranksOf, rated, scoreOf, type Rated } from './ratings.ts';

export interface Result {
  readonly match: string;
  readonly game: string;
  readonly players: readonly GamePlayer[];
  readonly ending: Ending;
  /** Of all seats of the game. */
  readonly scores: readonly number[];
  readonly endedAt: number;
}

export interface Place extends RatingRow {
  /** From 1; equal ones share it. */
  readonly rank: number;
  readonly score: number;
  readonly losses: number;
}

/** Scores are shown, and compared, with so much behind the point. */
const PLACES = 1000;
const END_STATES = { win: 0, draw: 1, disconnected: 2 } as const;

export class Ladder {
  /** By game, and there by user. */
  readonly #games = new Map<string, Map<number, RatingRow>>();

  /** What the store has, and nothing else. */
  load(rows: readonly RatingRow[]): void {
    this.clear();
    for (const row of rows) this.put(row);
  }

  put(row: RatingRow): void {
    const game = this.#games.get(row.game) ?? new Map<number, RatingRow>();
    this.#games.set(row.game, game);
    game.set(row.user, row);
  }

  of(user: number, game: string): RatingRow {
    const fresh = { user, game, ...FRESH, games: 0, wins: 0, draws: 0, disconnects: 0, ratedAt: 0 };
    return this.#games.get(game)?.get(user) ?? fresh;
  }

  /** The best first. */
  places(game: string): Place[] {
    const rows = [...(this.#games.get(game)?.values() ?? [])];
    const sorted = rows.toSorted((a, b) => shownScore(b) - shownScore(a) || b.mu - a.mu || a.user - b.user);
    const scores = sorted.map(shownScore);
    // The first of those with the same score: equal ones share a place.
    return sorted.map((row, at) => placeOf(row, 1 + scores.indexOf(scores[at] as number)));
  }

  /** The places of one user, by game. */
  placesOf(user: number): Place[] {
    return [...this.#games.keys()].flatMap((game) => this.places(game).filter((place) => place.user === user));
  }

  /**
   * What a result means: the row of the match, and the ratings as they will be. Nothing is changed yet.
   * @param lossByLeaving whether who goes away loses rating
   * @returns null: it has no result
   */
  judge({ match, game, players, ending, scores, endedAt }: Result, lossByLeaving: boolean): GameEnd | null {
    if (ending.kind === 'void') return null;
    const scored = players.map(({ seat }) => ({ seat, score: scores[seat] ?? 0 }));
    const counts = ending.kind !== 'disconnected' || lossByLeaving;
    const ranks = counts ? ranksOf(ending, scored) : null;
    const before = players.map(({ user }) => this.of(user, game));
    const after = ranks === null ? before : rated(before, ranks);
    const userOn = (seat: number): number | null => players.find((player) => player.seat === seat)?.user ?? null;
    const gone = ending.kind === 'disconnected' ? userOn(ending.seat) : null;
    const winner = ending.kind === 'win' ? userOn(ending.winner) : null;
    const changed = (row: RatingRow, { mu, sigma }: Rated): RatingRow => ({
      ...row,
      mu,
      sigma,
      games: row.games + (counts ? 1 : 0),
      wins: row.wins + (row.user === winner ? 1 : 0),
      draws: row.draws + (ending.kind === 'draw' ? 1 : 0),
      disconnects: row.disconnects + (row.user === gone ? 1 : 0),
      ratedAt: counts ? endedAt : row.ratedAt,
    });
    const ratings = before.map((row, at) => changed(row, after[at] ?? row));
    return {
      match,
      endedAt,
      endState: END_STATES[ending.kind],
      winner,
      disconnected: gone,
      scores: scored,
      ratings,
      changed: counts ? ratings.map(({ user }) => user) : [],
    };
  }

  /** The ratings that nobody has proved for `afterMs`, as time alone changes them. Nothing is changed yet. */
  idle(now: number, afterMs: number, sigma: number): RatingRow[] {
    const idle = ({ games, sigma: known, ratedAt }: RatingRow): boolean =>
      games > 0 && known < FRESH.sigma && now - ratedAt >= afterMs;
    const rows = [...this.#games.values()].flatMap((game) => Array.from(game.values()).filter(idle));
    return rows.map((row) => decayed({ ...row, ratedAt: now }, sigma));
  }

  forget(user: number): void {
    for (const game of this.#games.values()) game.delete(user);
  }

  clear(): void {
    this.#games.clear();
  }
}

const shownScore = (row: RatingRow): number => Math.round(scoreOf(row) * PLACES) / PLACES;

const placeOf = (row: RatingRow, rank: number): Place => ({
  ...row,
  rank,
  score: shownScore(row),
  losses: row.games - row.wins - row.draws,
});
