/** The SQL of the league's store: synchronous, so it lives in the store's worker or in a command-line tool. */
import { cleanName } from './clean.ts';
import type { Row, Sqlite } from './sqlite.ts';
import type {
  GameEnd,
  GameLine,
  GameStart,
  GamesWanted,
  LeagueBooks,
  LeagueStore,
  OpenGame,
  OwnerRow,
  RatingChange,
  RatingRow,
  SessionRow,
  TokenRow,
  TournamentRow,
  UserRow,
} from './league-store.ts';

/** The store's calls, done at once. */
export type LeagueCalls = {
  readonly [C in keyof LeagueStore]: (...given: Parameters<LeagueStore[C]>) => Awaited<ReturnType<LeagueStore[C]>>;
};

const SQL = {
  user: 'INSERT INTO users (name, password, role, created_at) VALUES (?, ?, ?, ?) RETURNING user_id AS id',
  token: 'INSERT INTO tokens (user_id, name, hash, hint, created_at) VALUES (?, ?, ?, ?, ?) RETURNING token_id AS id',
  rating: `INSERT INTO ratings (user_id, game, mu, sigma, games, wins, draws, disconnects, rated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (user_id, game) DO UPDATE SET mu = excluded.mu, sigma = excluded.sigma, games = excluded.games,
      wins = excluded.wins, draws = excluded.draws, disconnects = excluded.disconnects, rated_at = excluded.rated_at`,
  log: 'INSERT INTO rating_log (user_id, game, match_id, mu, sigma, at) VALUES (?, ?, ?, ?, ?, ?)',
  begin: `INSERT INTO games (match_id, game, tournament_id, started_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  player: `INSERT INTO game_players (match_id, seat, user_id, device_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  end: `UPDATE games SET ended_at = ?, end_state = ?, winner = ?, disconnected = ?
    WHERE match_id = ? AND end_state IS NULL RETURNING match_id`,
  score: 'UPDATE game_players SET score = ? WHERE match_id = ? AND seat = ?',
  open: `SELECT g.match_id AS match, g.game, g.tournament_id AS tournament, g.started_at AS startedAt,
      m.ended_at AS endedAt, m.outcome
    FROM games g LEFT JOIN matches m ON m.id = g.match_id WHERE g.end_state IS NULL ORDER BY g.started_at`,
  tournament: `INSERT INTO tournaments (name, game, kind, phase, created_at, state) VALUES (?, ?, ?, ?, ?, ?)
    RETURNING tournament_id AS id`,
} as const;

const OF_USER = ['tokens', 'user_sessions', 'device_owners', 'ratings', 'rating_log', 'users'] as const;

export class LeagueDatabase implements LeagueCalls {
  readonly #open: () => Sqlite;

  /** @param open the database, once it is open */
  constructor(open: () => Sqlite) {
    this.#open = open;
  }

  get #db(): Sqlite {
    return this.#open();
  }

  load(now: number): LeagueBooks {
    const db = this.#db;
    db.run('DELETE FROM user_sessions WHERE expires_at <= ?', [now]);
    return {
      users: this.#all<UserRow>('SELECT user_id AS id, name, password, role, created_at AS createdAt FROM users'),
      tokens: this.#all<TokenRow>(
        'SELECT token_id AS id, user_id AS user, name, hash, hint, created_at AS createdAt FROM tokens ORDER BY token_id',
      ),
      sessions: this.#all<SessionRow>('SELECT hash, user_id AS user, expires_at AS expiresAt FROM user_sessions'),
      owners: this.#all<OwnerRow>('SELECT device_id AS device, user_id AS user, since FROM device_owners'),
      ratings: this.#all<RatingRow>(
        'SELECT user_id AS user, game, mu, sigma, games, wins, draws, disconnects, rated_at AS ratedAt FROM ratings',
      ),
      open: db.all(SQL.open).map((row) => this.#openGame(row)),
      tournaments: this.#all<TournamentRow>(
        'SELECT tournament_id AS id, name, game, kind, phase, created_at AS createdAt, state FROM tournaments',
      ),
    };
  }

  addUser({ name, password, role, createdAt }: Omit<UserRow, 'id'>): number {
    return this.#insert(SQL.user, [name, password, role, createdAt]);
  }

  changeUser({ id, password, role }: UserRow): void {
    this.#db.run('UPDATE users SET password = ?, role = ? WHERE user_id = ?', [password, role, id]);
  }

  removeUser(user: number): void {
    this.#db.transaction(() => {
      for (const table of OF_USER) this.#db.run(`DELETE FROM ${table} WHERE user_id = ?`, [user]);
    });
  }

  addToken({ user, name, hash, hint, createdAt }: Omit<TokenRow, 'id'>): number {
    return this.#insert(SQL.token, [user, name, hash, hint, createdAt]);
  }

  removeToken(token: number): void {
    this.#db.run('DELETE FROM tokens WHERE token_id = ?', [token]);
  }

  addSession({ hash, user, expiresAt }: SessionRow): void {
    this.#db.run('INSERT INTO user_sessions (hash, user_id, expires_at) VALUES (?, ?, ?)', [hash, user, expiresAt]);
  }

  endSessions(hashes: readonly string[]): void {
    this.#db.transaction(() => {
      for (const hash of hashes) this.#db.run('DELETE FROM user_sessions WHERE hash = ?', [hash]);
    });
  }

  claim({ device, user, since }: OwnerRow): void {
    this.#db.run('INSERT INTO device_owners (device_id, user_id, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [
      device,
      user,
      since,
    ]);
  }

  begin({ match, game, tournament, startedAt, players }: GameStart): void {
    this.#db.transaction(() => {
      this.#db.run(SQL.begin, [match, game, tournament, startedAt]);
      for (const { seat, user, device } of players) this.#db.run(SQL.player, [match, seat, user, device]);
    });
  }

  end({ match, endedAt, endState, winner, disconnected, scores, ratings, changed }: GameEnd): boolean {
    return this.#db.transaction(() => {
      // Once: whoever derives a result again finds it there.
      if (this.#db.all(SQL.end, [endedAt, endState, winner, disconnected, match]).length === 0) return false;
      for (const { seat, score } of scores) this.#db.run(SQL.score, [score, match, seat]);
      for (const row of ratings) this.#rate(row, changed.includes(row.user) ? match : undefined);
      return true;
    });
  }

  forget(match: string): void {
    this.#db.transaction(() => {
      this.#db.run('DELETE FROM games WHERE match_id = ? AND end_state IS NULL', [match]);
      this.#db.run(
        'DELETE FROM game_players WHERE match_id = ?1 AND NOT EXISTS (SELECT 1 FROM games WHERE match_id = ?1)',
        [match],
      );
    });
  }

  decay(ratings: readonly RatingRow[]): void {
    this.#db.transaction(() => {
      for (const row of ratings) this.#rate(row, null);
    });
  }

  games({ user, limit, offset }: GamesWanted): { total: number; games: GameLine[] } {
    const where = `end_state IS NOT NULL AND (?1 IS NULL
      OR EXISTS (SELECT 1 FROM game_players p WHERE p.match_id = g.match_id AND p.user_id = ?1))`;
    const [count] = this.#db.all(`SELECT count(*) AS total FROM games g WHERE ${where}`, [user]);
    const rows = this.#db.all(
      `SELECT g.match_id AS match, g.game, g.tournament_id AS tournament, g.started_at AS startedAt,
         g.ended_at AS endedAt, g.end_state AS endState, w.name AS winner, d.name AS disconnected
       FROM games g LEFT JOIN users w ON w.user_id = g.winner LEFT JOIN users d ON d.user_id = g.disconnected
       WHERE ${where} ORDER BY g.started_at DESC, g.match_id LIMIT ?2 OFFSET ?3`,
      [user, limit, offset],
    );
    const players = (match: unknown): GameLine['players'] =>
      this.#db
        .all(
          `SELECT coalesce(u.name, '') AS user, p.device_id AS device, p.score FROM game_players p
           LEFT JOIN users u ON u.user_id = p.user_id WHERE p.match_id = ? ORDER BY p.seat`,
          [match as string],
        )
        .map((row) => ({ user: String(row['user']), device: cleanName(row['device']), score: Number(row['score']) }));
    return {
      total: Number(count?.['total']),
      games: rows.map((row) => withPlayers(row, players(row['match']))),
    };
  }

  history({ user, game }: { readonly user: number; readonly game: string }): RatingChange[] {
    return this.#all<RatingChange>(
      `SELECT match_id AS match, mu, sigma, at FROM rating_log WHERE user_id = ? AND game = ?
       ORDER BY log_id DESC LIMIT 500`,
      [user, game],
    );
  }

  reset(what: 'games' | 'ratings'): void {
    const tables = ['rating_log', 'ratings', ...(what === 'games' ? ['game_players', 'games', 'tournaments'] : [])];
    this.#db.transaction(() => {
      for (const table of tables) this.#db.run(`DELETE FROM ${table}`);
    });
  }

  addTournament({ name, game, kind, phase, createdAt, state }: Omit<TournamentRow, 'id'>): number {
    return this.#insert(SQL.tournament, [name, game, kind, phase, createdAt, state]);
  }

  saveTournament({ id, phase, state }: TournamentRow): void {
    this.#db.run('UPDATE tournaments SET phase = ?, state = ? WHERE tournament_id = ?', [phase, state, id]);
  }

  /** @param match what changed mu or sigma, null: time; undefined: neither was changed */
  #rate(row: RatingRow, match: string | null | undefined): void {
    const { user, game, mu, sigma, games, wins, draws, disconnects, ratedAt } = row;
    this.#db.run(SQL.rating, [user, game, mu, sigma, games, wins, draws, disconnects, ratedAt]);
    if (match !== undefined) this.#db.run(SQL.log, [user, game, match, mu, sigma, ratedAt]);
  }

  #openGame(row: Row): OpenGame {
    const match = row['match'] as string;
    const points = this.#all<{ device: string; points: number; won: number }>(
      `SELECT device_id AS device, sum(points) AS points, max(won) AS won FROM match_points
       WHERE match_id = ? GROUP BY device_id`,
      [match],
    );
    return {
      ...(row as unknown as Pick<OpenGame, 'match' | 'game' | 'tournament' | 'startedAt' | 'endedAt' | 'outcome'>),
      players: this.#all('SELECT seat, user_id AS user, device_id AS device FROM game_players WHERE match_id = ?', [
        match,
      ]),
      winner: points.find(({ won }) => won === 1)?.device ?? null,
      points: points.map(({ device, points: scored }) => ({ device, points: scored })),
    };
  }

  /** Rows whose columns are named and typed as T is. */
  #all<T>(sql: string, values: Parameters<Sqlite['all']>[1] = []): T[] {
    return this.#db.all(sql, values) as unknown as T[];
  }

  #insert(sql: string, values: Parameters<Sqlite['all']>[1]): number {
    return Number(this.#db.all(sql, values)[0]?.['id']);
  }
}

const withPlayers = (row: Row, players: GameLine['players']): GameLine => ({
  ...(row as unknown as GameLine),
  players,
});
