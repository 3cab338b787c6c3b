-- The league: who plays, what they are worth, what was played. docs/league.md shows queries.
CREATE TABLE users (
  user_id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  -- scrypt with its parameters; empty: nobody can log in.
  password TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('user', 'admin', 'bot')),
  created_at INTEGER NOT NULL
) STRICT;

-- Only SHA-256 of a token is kept.
CREATE TABLE tokens (
  token_id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  hint TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX tokens_of_user ON tokens (user_id);

CREATE TABLE user_sessions (
  hash TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device_owners (
  device_id TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ratings (
  user_id INTEGER NOT NULL,
  game TEXT NOT NULL,
  mu REAL NOT NULL,
  sigma REAL NOT NULL,
  games INTEGER NOT NULL DEFAULT 0,
  wins INTEGER NOT NULL DEFAULT 0,
  draws INTEGER NOT NULL DEFAULT 0,
  disconnects INTEGER NOT NULL DEFAULT 0,
  -- When sigma was last brought up to date: by a match, or by decay.
  rated_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, game)
) STRICT, WITHOUT ROWID;

-- Every change of a rating; match_id is null where time alone changed it.
CREATE TABLE rating_log (
  log_id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL,
  game TEXT NOT NULL,
  match_id TEXT,
  mu REAL NOT NULL,
  sigma REAL NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE INDEX rating_log_of_user ON rating_log (user_id, game, at);

-- Written when a match of the league begins (end_state null) and again, once, when its result is known.
CREATE TABLE games (
  match_id TEXT PRIMARY KEY,
  game TEXT NOT NULL,
  tournament_id INTEGER,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  -- 0 win, 1 draw, 2 disconnected
  end_state INTEGER CHECK (end_state IN (0, 1, 2)),
  winner INTEGER,
  disconnected INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX games_by_start ON games (started_at);

CREATE TABLE game_players (
  match_id TEXT NOT NULL,
  seat INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  device_id TEXT NOT NULL,
  score INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (match_id, seat)
) STRICT, WITHOUT ROWID;

CREATE INDEX games_of_user ON game_players (user_id);

CREATE TABLE tournaments (
  tournament_id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  game TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('round-robin', 'swiss', 'elimination')),
  phase TEXT NOT NULL CHECK (phase IN ('open', 'running', 'over')),
  created_at INTEGER NOT NULL,
  -- JSON: players in the order of their seeds, and rounds with their pairings.
  state TEXT NOT NULL
) STRICT;

-- What COMPRL calls them. A user has a line for each game that is rated; the token is the hash of the newest one.
CREATE VIEW league_users AS
  SELECT u.user_id, u.name AS username, u.password, u.role,
    (SELECT hash FROM tokens t WHERE t.user_id = u.user_id ORDER BY token_id DESC LIMIT 1) AS token,
    coalesce(r.mu, 25.0) AS mu, coalesce(r.sigma, 25.0 / 3) AS sigma, r.game
  FROM users u LEFT JOIN ratings r ON r.user_id = u.user_id;

CREATE VIEW league_games AS
  SELECT g.match_id AS game_id,
    (SELECT user_id FROM game_players p WHERE p.match_id = g.match_id ORDER BY seat LIMIT 1) AS user1,
    (SELECT user_id FROM game_players p WHERE p.match_id = g.match_id ORDER BY seat LIMIT 1 OFFSET 1) AS user2,
    (SELECT score FROM game_players p WHERE p.match_id = g.match_id ORDER BY seat LIMIT 1) AS score1,
    (SELECT score FROM game_players p WHERE p.match_id = g.match_id ORDER BY seat LIMIT 1 OFFSET 1) AS score2,
    g.started_at AS start_time, g.end_state, g.winner, g.disconnected, g.game
  FROM games g WHERE g.end_state IS NOT NULL;
