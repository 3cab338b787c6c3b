/** The SQL of the score store: synchronous, so it lives in the store's worker or in a command-line tool. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PaddlewireError } from '../../shared/errors.ts';
import { packageUrl } from '../../shared/package-files.ts';
import { atMost, cleanName } from './clean.ts';
import { LeagueDatabase } from './league-database.ts';
import { leaderboardOf, matchesOf, toScoreLine } from './score-queries.ts';
import { Sqlite, type Row, type SqlValue } from './sqlite.ts';
import { ARTICLE_SOURCE, OWN_TALLIES } from './score-import.ts';
import type { LeagueAsk } from './sqlite-league-store.ts';
import type {
  Batch,
  ImportedScores,
  KeptSetting,
  Lifetime,
  PlayedMatch,
  PointsRow,
  ScoreExport,
  ScoreLine,
  TallyRow,
} from './store.ts';

/** The key of the hub's own id among the settings. */
const HUB_ID = 'hub-id';
const MIGRATIONS = packageUrl('hub/store/migrations/');
const UPSERT = {
  device: `INSERT INTO devices (id, name, kind, first_seen_at, last_seen_at) VALUES (?1, ?2, ?3, ?4, ?4)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, last_seen_at = excluded.last_seen_at`,
  match: `INSERT INTO matches (id, room, game, rules, seed, started_at, ended_at, outcome, winner)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, outcome = excluded.outcome, winner = excluded.winner`,
  points: `INSERT INTO match_points (match_id, seat, device_id, points, won) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (match_id, seat, device_id) DO UPDATE SET points = max(points, excluded.points), won = max(won, excluded.won)`,
  record: `INSERT INTO records (device_id, seq, data, received_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  tally: `INSERT INTO tallies (source, player, wins) VALUES (?, ?, ?)
    ON CONFLICT (source, player) DO UPDATE SET wins = excluded.wins`,
  setting: `INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  imported: `INSERT INTO imported_scores (source, device_id, points, wins, matches) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (source, device_id) DO UPDATE SET points = excluded.points, wins = excluded.wins, matches = excluded.matches`,
} as const;

const OWN = 'SELECT device_id, sum(points) AS points, sum(won) AS wins, count(*) AS matches FROM match_points';
const LIFETIMES = `
  SELECT device_id, sum(points) AS points, sum(wins) AS wins, sum(matches) AS matches FROM (
    SELECT device_id, points, won AS wins, 1 AS matches FROM match_points
    UNION ALL SELECT device_id, points, wins, matches FROM imported_scores
  ) WHERE device_id = coalesce(?1, device_id) GROUP BY device_id`;

export class ScoreDatabase {
  readonly #folder: string;
  #sqlite: Sqlite | null = null;
  /** Sums that were asked for once, kept current by `save`: a device may have thousands of matches. */
  readonly #lifetimes = new Map<string, Lifetime>();
  #dataVersion: unknown = null;
  #lock: Sqlite | null = null;
  /** The league's tables, which are in the same file. */
  readonly leagueTables = new LeagueDatabase(() => this.#db);

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param exclusive refuse to open a folder that another hub has; held by the kernel, so it dies with the process */
  open(exclusive: boolean): void {
    mkdirSync(this.#folder, { recursive: true });
    if (exclusive) this.#lock = lockFolder(join(this.#folder, 'hub.lock'));
    this.#sqlite = new Sqlite(join(this.#folder, 'scores.db'));
    this.#db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    migrate(this.#db);
  }

  close(): void {
    this.#sqlite?.close();
    this.#sqlite = null;
    this.#lock?.close();
    this.#lock = null;
  }

  save(batch: Batch): Map<string, Lifetime> {
    const db = this.#db;
    this.#dropStaleSums();
    const gained = new Map<string, Lifetime>();
    db.transaction(() => {
      for (const row of batch.devices) db.run(UPSERT.device, [row.id, row.name, row.kind, row.seenAt]);
      for (const row of batch.matches) {
        const { id, room, game, rules, seed, startedAt, endedAt, outcome, winner } = row;
        db.run(UPSERT.match, [id, room, game, rules, seed, startedAt, endedAt, outcome, winner]);
      }
      for (const row of batch.points) {
        this.#gain(gained, row);
        db.run(UPSERT.points, [row.match, row.seat, row.device, row.points, row.won ? 1 : 0]);
      }
      for (const row of batch.records) db.run(UPSERT.record, [row.device, row.seq, row.data, row.receivedAt]);
      for (const row of batch.tallies) db.run(UPSERT.tally, [OWN_TALLIES, row.player, row.wins]);
    });
    for (const [device, { points, wins }] of gained) {
      const known = this.#lifetimes.get(device);
      if (known === undefined) continue;
      this.#lifetimes.set(device, { points: atMost(known.points + points), wins: atMost(known.wins + wins) });
    }
    return new Map([...gained.keys()].map((device) => [device, this.lifetime(device)]));
  }

  lifetime(device: string): Lifetime {
    this.#dropStaleSums();
    const known = this.#lifetimes.get(device);
    if (known !== undefined) return known;
    const [row] = this.#db.all(LIFETIMES, [device]);
    const lifetime = { points: atMost(row?.['points'] ?? 0), wins: atMost(row?.['wins'] ?? 0) };
    this.#lifetimes.set(device, lifetime);
    return lifetime;
  }

  deviceName(device: string): string | null {
    const [row] = this.#db.all('SELECT name FROM devices WHERE id = ?', [device]);
    return row === undefined ? null : cleanName(row['name']);
  }

  tallies(): { own: TallyRow[]; all: TallyRow[] } {
    return {
      own: this.#talliesOf(OWN_TALLIES),
      all: this.#db.all('SELECT player, sum(wins) AS wins FROM tallies GROUP BY player ORDER BY player').map(toTally),
    };
  }

  /** @param since in ms since 1970; null: of all time */
  leaderboard(since: number | null): ScoreLine[] {
    return leaderboardOf(this.#db, since);
  }

  /** @param device whose; null: all */
  matches(device: string | null): PlayedMatch[] {
    return matchesOf(this.#db, device);
  }

  settings(): Record<string, string> {
    const rows = this.#db.all('SELECT key, value FROM settings WHERE key <> ?', [HUB_ID]);
    return Object.fromEntries(rows.map(({ key, value }) => [String(key), String(value)]));
  }

  keep({ key, value }: KeptSetting): void {
    if (value === null) this.#db.run('DELETE FROM settings WHERE key = ?', [key]);
    else this.#db.run(UPSERT.setting, [key, value]);
  }

  export(): ScoreExport {
    return this.#db.transaction(() => {
      const hub = this.#hubId();
      const own = { hub, scores: this.#lines(`${OWN} GROUP BY device_id`), tallies: this.tallies().own };
      const imports = this.#db.all(
        `SELECT source FROM imported_scores UNION SELECT source FROM tallies WHERE source <> ? ORDER BY source`,
        [OWN_TALLIES],
      );
      const imported = imports.map(({ source }) => ({
        // Two hubs may each have taken over such a file: elsewhere it goes by the hub that did.
        hub: source === ARTICLE_SOURCE ? `${hub}/${ARTICLE_SOURCE}` : String(source),
        scores: this.#lines('SELECT * FROM imported_scores WHERE source = ?', [source as string]),
        tallies: this.#talliesOf(source as string),
      }));
      const scores = this.#lines(LIFETIMES, [null]);
      return { paddlewire: 1, hub, scores, tallies: this.tallies().all, sources: [own, ...imported] };
    });
  }

  /** @returns how many devices and tallies were taken over */
  import({ sources }: ImportedScores): number {
    const db = this.#db;
    const own = this.#hubId();
    // A hub has its own scores already, also those that come back from another hub: they would count twice.
    const foreign = sources.filter(({ hub }) => hub !== own && hub !== `${own}/${ARTICLE_SOURCE}`);
    this.#lifetimes.clear();
    db.transaction(() => {
      for (const { hub, scores, tallies } of foreign) {
        db.run('DELETE FROM imported_scores WHERE source = ?', [hub]);
        db.run('DELETE FROM tallies WHERE source = ?', [hub]);
        for (const { device, name, kind, points, wins, matches } of scores) {
          db.run(UPSERT.imported, [hub, device, points, wins, matches]);
          db.run('INSERT INTO devices VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT DO NOTHING', [device, name, kind, 0]);
        }
        for (const row of tallies) db.run(UPSERT.tally, [hub, row.player, row.wins]);
      }
    });
    return foreign.reduce((sum, { scores, tallies }) => sum + scores.length + tallies.length, 0);
  }

  /** A call of the league's store. */
  league({ call, argument }: LeagueAsk): unknown {
    return (this.leagueTables[call] as (given: unknown) => unknown).call(this.leagueTables, argument);
  }

  /** Rows of device_id, points, wins and matches as lines with names, the best first. */
  #lines(sql: string, values: SqlValue[] = []): ScoreLine[] {
    return this.#db
      .all(
        `SELECT l.device_id AS device, coalesce(d.name, '') AS name, d.kind AS kind, points, wins, matches
         FROM (${sql}) l LEFT JOIN devices d ON d.id = l.device_id ORDER BY points DESC, device`,
        values,
      )
      .map(toScoreLine);
  }

  #talliesOf(source: string): TallyRow[] {
    return this.#db.all('SELECT player, wins FROM tallies WHERE source = ? ORDER BY player', [source]).map(toTally);
  }

  /** What a row adds to its device's lifetime, beyond what the database has of it already. */
  #gain(gained: Map<string, Lifetime>, row: PointsRow): void {
    const key = [row.match, row.seat, row.device];
    const [old] = this.#db.all(
      `SELECT points, won FROM match_points WHERE match_id = ? AND seat = ? AND device_id = ?`,
      key,
    );
    const points = Math.max(0, row.points - Number(old?.['points'] ?? 0));
    const wins = Math.max(0, (row.won ? 1 : 0) - Number(old?.['won'] ?? 0));
    const before = gained.get(row.device) ?? { points: 0, wins: 0 };
    gained.set(row.device, { points: before.points + points, wins: before.wins + wins });
  }

  /** Another process (an import) may have written: then the sums are taken anew. */
  #dropStaleSums(): void {
    const [row] = this.#db.all('PRAGMA data_version');
    const version = row?.['data_version'];
    if (version !== this.#dataVersion) this.#lifetimes.clear();
    this.#dataVersion = version;
  }

  get #db(): Sqlite {
    if (this.#sqlite === null) throw new Error('the score database is not open');
    return this.#sqlite;
  }

  #hubId(): string {
    this.#db.run('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO NOTHING', [HUB_ID, randomUUID()]);
    const [row] = this.#db.all('SELECT value FROM settings WHERE key = ?', [HUB_ID]);
    return String(row?.['value']);
  }
}

const toTally = (row: Row): TallyRow => ({ player: String(row['player']), wins: atMost(row['wins']) });

/** Holds an SQLite write lock on a file of its own for as long as the process lives. */
function lockFolder(path: string): Sqlite {
  const lock = new Sqlite(path);
  lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  return lock;
}

/** Applies the numbered SQL files that the database has not seen, each in its own transaction. */
function migrate(db: Sqlite): void {
  const [row] = db.all('PRAGMA user_version');
  const done = Number(row?.['user_version'] ?? 0);
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'));
  const newest = Math.max(...files.map((file) => Number.parseInt(file, 10)));
  if (done > newest) {
    const text = `The database is of version ${done}; this program knows versions up to ${newest}.`;
    throw new PaddlewireError('database-newer', text);
  }
  for (const file of files.toSorted()) {
    const number = Number.parseInt(file, 10);
    if (number <= done) continue;
    const sql = readFileSync(new URL(file, MIGRATIONS), 'utf8');
    db.transaction(() => db.exec(`${sql}\nPRAGMA user_version = ${number};`));
  }
}
