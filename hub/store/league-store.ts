/** What the league keeps: the interface of its store; hub/store/sqlite-league-store.ts is the embedded implementation. */
import type { ROLES, TOURNAMENT_KINDS, TOURNAMENT_PHASES } from '../../shared/contract/league-api.ts';

export type Role = (typeof ROLES)[number];

export interface UserRow {
  readonly id: number;
  readonly name: string;
  /** scrypt with its parameters (hub/league/passwords.ts); empty: nobody can log in. */
  readonly password: string;
  readonly role: Role;
  /** ms since 1970. */
  readonly createdAt: number;
}

export interface TokenRow {
  readonly id: number;
  readonly user: number;
  readonly name: string;
  /** SHA-256 in hexadecimal digits. */
  readonly hash: string;
  /** Its first letters, by which its owner knows it. */
  readonly hint: string;
  readonly createdAt: number;
}

export interface SessionRow {
  readonly hash: string;
  readonly user: number;
  readonly expiresAt: number;
}

export interface OwnerRow {
  readonly device: string;
  readonly user: number;
  readonly since: number;
}

export interface RatingRow {
  readonly user: number;
  readonly game: string;
  readonly mu: number;
  readonly sigma: number;
  readonly games: number;
  readonly wins: number;
  readonly draws: number;
  readonly disconnects: number;
  /** When sigma was last brought up to date, in ms since 1970. */
  readonly ratedAt: number;
}

/** What a match did to a rating; `match` is null where time alone did. */
export interface RatingChange {
  readonly match: string | null;
  readonly mu: number;
  readonly sigma: number;
  readonly at: number;
}

export interface GamePlayer {
  /** Index in the game. */
  readonly seat: number;
  readonly user: number;
  readonly device: string;
}

/** A match of the league, when it begins. */
export interface GameStart {
  readonly match: string;
  readonly game: string;
  readonly tournament: number | null;
  readonly startedAt: number;
  readonly players: readonly GamePlayer[];
}

/** Its result, with the ratings that follow from it. */
export interface GameEnd {
  readonly match: string;
  readonly endedAt: number;
  readonly endState: 0 | 1 | 2;
  /** User that won, or whose device went away. */
  readonly winner: number | null;
  readonly disconnected: number | null;
  readonly scores: readonly { readonly seat: number; readonly score: number }[];
  readonly ratings: readonly RatingRow[];
  /** Those whose mu and sigma it changed: they get a line in the log. */
  readonly changed: readonly number[];
}

/** A match that began and has no result here, with what the hub's books say of it. */
export interface OpenGame extends GameStart {
  readonly outcome: 'win' | 'draw' | 'void' | null;
  readonly endedAt: number | null;
  /** Device that won. */
  readonly winner: string | null;
  readonly points: readonly { readonly device: string; readonly points: number }[];
}

export interface GameLine {
  readonly match: string;
  readonly game: string;
  readonly tournament: number | null;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly endState: number;
  /** Names; null: none, or a user that was removed. */
  readonly winner: string | null;
  readonly disconnected: string | null;
  readonly players: readonly { readonly user: string; readonly device: string; readonly score: number }[];
}

export interface GamesWanted {
  /** Whose; null: all. */
  readonly user: number | null;
  readonly limit: number;
  readonly offset: number;
}

export type TournamentKind = (typeof TOURNAMENT_KINDS)[number];
export type TournamentPhase = (typeof TOURNAMENT_PHASES)[number];

export interface TournamentRow {
  readonly id: number;
  readonly name: string;
  readonly game: string;
  readonly kind: TournamentKind;
  readonly phase: TournamentPhase;
  readonly createdAt: number;
  /** JSON. */
  readonly state: string;
}

/** What the hub has in memory, so that nobody who connects waits for the disk. */
export interface LeagueBooks {
  readonly users: readonly UserRow[];
  readonly tokens: readonly TokenRow[];
  readonly sessions: readonly SessionRow[];
  readonly owners: readonly OwnerRow[];
  readonly ratings: readonly RatingRow[];
  readonly open: readonly OpenGame[];
  readonly tournaments: readonly TournamentRow[];
}

/** Each call resolves when it is on disk. @throws PaddlewireError store-full, store-failed */
export interface LeagueStore {
  /** @param now sessions that are over by then are forgotten, in ms since 1970 */
  load(now: number): Promise<LeagueBooks>;
  /** @returns the id. @throws PaddlewireError user-exists */
  addUser(user: Omit<UserRow, 'id'>): Promise<number>;
  /** Sets password or role. */
  changeUser(user: UserRow): Promise<void>;
  /** With tokens, sessions, devices and ratings; the matches stay. */
  removeUser(user: number): Promise<void>;
  /** @returns the id */
  addToken(token: Omit<TokenRow, 'id'>): Promise<number>;
  removeToken(token: number): Promise<void>;
  addSession(session: SessionRow): Promise<void>;
  /** @param hashes of sessions that end */
  endSessions(hashes: readonly string[]): Promise<void>;
  claim(owner: OwnerRow): Promise<void>;
  begin(game: GameStart): Promise<void>;
  /** @returns false: it had a result already, and nothing was changed */
  end(game: GameEnd): Promise<boolean>;
  /** A match that never got a result. */
  forget(match: string): Promise<void>;
  /** Ratings that time alone has changed: they get a line in the log. */
  decay(ratings: readonly RatingRow[]): Promise<void>;
  games(wanted: GamesWanted): Promise<{ readonly total: number; readonly games: readonly GameLine[] }>;
  /** The newest first, at most 500. */
  history(of: { readonly user: number; readonly game: string }): Promise<readonly RatingChange[]>;
  /** `games`: matches with their ratings and tournaments; `ratings`: those alone, with their log. */
  reset(what: 'games' | 'ratings'): Promise<void>;
  /** @returns the id */
  addTournament(tournament: Omit<TournamentRow, 'id'>): Promise<number>;
  saveTournament(tournament: TournamentRow): Promise<void>;
}
