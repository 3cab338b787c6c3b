import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ScoreDatabase } from '../../../hub/store/score-database.ts';
import { SqliteScoreStore } from '../../../hub/store/sqlite-score-store.ts';
import { Sqlite } from '../../../hub/store/sqlite.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { temporaryFolder } from '../../support/hubs.ts';

function raw(folder: string): Sqlite {
  const sqlite = new Sqlite(join(folder, 'scores.db'));
  onTestFinished(() => sqlite.close());
  return sqlite;
}

/** A data folder as version 2 of the database left it, with a match in it. */
function folderOfVersion2(): string {
  const folder = temporaryFolder();
  const sqlite = raw(folder);
  for (const file of ['001-scores.sql', '002-matches-by-start.sql'])
    sqlite.exec(readFileSync(packageUrl(`hub/store/migrations/${file}`), 'utf8'));
  sqlite.exec('PRAGMA user_version = 2');
  sqlite.run("INSERT INTO devices VALUES ('ada', 'Ada', 'board', 1, 2)");
  sqlite.run("INSERT INTO matches VALUES ('m', 'main', 'pong', 1, 7, 10, 20, 'win', 'left')");
  sqlite.run("INSERT INTO match_points VALUES ('m', 'left', 'ada', 5, 1)");
  return folder;
}

function opened(folder: string): ScoreDatabase {
  const database = new ScoreDatabase(folder);
  database.open(false);
  onTestFinished(() => database.close());
  return database;
}

describe('a database of version 2', () => {
  it('gets the league, and loses nothing', () => {
    const folder = folderOfVersion2();
    const database = opened(folder);
    expect(database.leaderboard(null)).toMatchObject([{ device: 'ada', name: 'Ada', points: 5, wins: 1 }]);
    expect(database.leagueTables.load(0)).toMatchObject({ users: [], tokens: [], ratings: [], open: [] });
    expect(raw(folder).all('PRAGMA user_version')).toEqual([{ user_version: 3 }]);
    // Once: opening it again changes nothing.
    database.leagueTables.addUser({ name: 'ada', password: '', role: 'user', createdAt: 1 });
    expect(opened(folder).leagueTables.load(0).users).toHaveLength(1);
  });
});

describe('a database of a newer version', () => {
  it('is refused with a code, and left as it is', async () => {
    const folder = folderOfVersion2();
    raw(folder).exec('PRAGMA user_version = 99');
    expect(() => opened(folder)).toThrow(expect.objectContaining({ code: 'database-newer' }));
    await expect(new SqliteScoreStore(folder).start()).rejects.toMatchObject({ code: 'database-newer' });
    expect(raw(folder).all('PRAGMA user_version')).toEqual([{ user_version: 99 }]);
    expect(raw(folder).all("SELECT name FROM sqlite_master WHERE name = 'users'")).toEqual([]);
  });
});

describe('the columns of COMPRL', () => {
  it('are to be found in two views', () => {
    const folder = temporaryFolder();
    const { leagueTables: league } = opened(folder);
    const [ada, ben] = ['ada', 'ben'].map((name) =>
      league.addUser({ name, password: 'scrypt$…', role: 'user', createdAt: 1 }),
    ) as [number, number];
    for (const hash of ['old', 'new']) league.addToken({ user: ada, name: hash, hash, hint: '', createdAt: 1 });
    const players = [
      { seat: 0, user: ben, device: 'b' },
      { seat: 1, user: ada, device: 'a' },
    ];
    for (const match of ['m', 'running'])
      league.begin({ match, game: 'pong', tournament: null, startedAt: 5, players });
    const counts = { games: 1, wins: 1, draws: 0, disconnects: 0, ratedAt: 9 };
    const end = { match: 'm', endedAt: 9, endState: 0, winner: ada, disconnected: null } as const;
    const scores = [
      { seat: 0, score: 3 },
      { seat: 1, score: 11 },
    ];
    const ratings = [{ user: ada, game: 'pong', mu: 27.5, sigma: 8, ...counts }];
    expect(league.end({ ...end, scores, ratings, changed: [ada] })).toBe(true);
    // A result counts once, whatever is said of it later.
    expect(league.end({ ...end, winner: ben, scores, ratings: [], changed: [] })).toBe(false);
    const sqlite = raw(folder);
    // What docs/league.md tells to ask.
    const [, sql = ''] = /```sql\n([^`]+)```/.exec(readFileSync(packageUrl('docs/league.md'), 'utf8')) ?? [];
    const [ladder, wins, history] = sql.split(';').map((query) => (query.trim() === '' ? [] : sqlite.all(query)));
    expect(ladder).toEqual([{ username: 'ada', score: 3.5 }]);
    expect(wins).toEqual([{ winner: 'ada', loser: 'ben', times: 1 }]);
    expect(history).toEqual([{ at: '1970-01-01 00:00:00', match_id: 'm', mu: 27.5, sigma: 8 }]);
    expect(sqlite.all('SELECT * FROM league_games')).toEqual([
      {
        game_id: 'm',
        user1: ben,
        user2: ada,
        score1: 3,
        score2: 11,
        start_time: 5,
        end_state: 0,
        winner: ada,
        disconnected: null,
        game: 'pong',
      },
    ]);
    expect(sqlite.all('SELECT * FROM league_users ORDER BY user_id')).toEqual([
      {
        user_id: ada,
        username: 'ada',
        password: 'scrypt$…',
        role: 'user',
        token: 'new',
        mu: 27.5,
        sigma: 8,
        game: 'pong',
      },
      {
        user_id: ben,
        username: 'ben',
        password: 'scrypt$…',
        role: 'user',
        token: null,
        mu: 25,
        sigma: 25 / 3,
        game: null,
      },
    ]);
  });
});
