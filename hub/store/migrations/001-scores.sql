-- Scores that last. Points and wins are absolute per match, seat and device: writing a row again counts once.
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE matches (
  id TEXT PRIMARY KEY,
  room TEXT NOT NULL,
  game TEXT NOT NULL,
  rules INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT CHECK (outcome IN ('win', 'draw', 'void')),
  winner TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE match_points (
  match_id TEXT NOT NULL,
  seat TEXT NOT NULL,
  device_id TEXT NOT NULL,
  points INTEGER NOT NULL,
  won INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (match_id, seat, device_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX match_points_of_device ON match_points (device_id, points, won);

-- Lifetimes taken over from another hub, replaced when that hub's export is imported again.
CREATE TABLE imported_scores (
  source TEXT NOT NULL,
  device_id TEXT NOT NULL,
  points INTEGER NOT NULL,
  wins INTEGER NOT NULL,
  matches INTEGER NOT NULL,
  PRIMARY KEY (source, device_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
  device_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  data TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (device_id, seq)
) STRICT, WITHOUT ROWID;

-- Wins counted from the plain topic game/player_choices; source is 'hub' or where they were imported from.
CREATE TABLE tallies (
  source TEXT NOT NULL,
  player TEXT NOT NULL,
  wins INTEGER NOT NULL,
  PRIMARY KEY (source, player)
) STRICT, WITHOUT ROWID;
