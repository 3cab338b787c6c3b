import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ScoreDatabase } from '../../../hub/store/score-database.ts';
import { Sqlite } from '../../../hub/store/sqlite.ts';
import { call } from '../../support/http-api.ts';
import { spawnHub, spawnPaddlewire, temporaryFolder, type Finished } from '../../support/hubs.ts';

/** Runs the program to its end, with something on its standard input. */
async function paddlewire(args: readonly string[], input = ''): Promise<Finished> {
  const child = spawnPaddlewire(args);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin?.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}

interface Added {
  readonly name: string;
  readonly password: string | null;
  readonly token: string;
}

describe('paddlewire user', () => {
  it('adds, lists, changes and removes users on the data while no hub runs', async () => {
    const data = ['--data', temporaryFolder()];
    const added = await paddlewire(['user', 'add', 'Ada', '--role', 'admin', '--json', ...data], 'correct horse\n');
    expect(added.code).toBe(0);
    expect(JSON.parse(added.stdout)).toEqual([{ name: 'Ada', password: null, token: expect.stringMatching(/^pw_/) }]);
    const taken = await paddlewire(['user', 'add', 'ADA', ...data], 'correct horse\n');
    expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining('user-exists') });
    for (const [args, code] of [
      [['add', 'a b'], 'user-name-invalid'],
      [['add', 'ben', '--role', 'king'], 'role-unknown'],
      [['role', 'ada', 'king'], 'role-unknown'],
      [['role', 'ben', 'admin'], 'user-unknown'],
      [['passwd', 'ben'], 'user-unknown'],
      [['remove', 'ben', '--yes'], 'user-unknown'],
    ] as const) {
      const refused = await paddlewire(['user', ...args, ...data], 'correct horse\n');
      expect(refused, args.join(' ')).toMatchObject({ code: 1, stderr: expect.stringContaining(code) });
    }
    const short = await paddlewire(['user', 'add', 'ben', ...data], 'short\n');
    expect(short).toMatchObject({ code: 1, stderr: expect.stringContaining('password-invalid') });
    await paddlewire(['user', 'role', 'ada', 'user', ...data]);
    const list = await paddlewire(['user', 'list', ...data]);
    expect(list.stdout).toMatch(/^Name {2}Role {2}Since\nAda {3}user {2}\d{4}-\d\d-\d\d\n$/);
    const kept = await paddlewire(['user', 'remove', 'ada', ...data], 'n\n');
    expect(kept).toMatchObject({ code: 1, stderr: expect.stringContaining('not-confirmed') });
    expect((await paddlewire(['user', 'remove', 'ada', ...data], 'y\n')).code).toBe(0);
    expect((await paddlewire(['user', 'list', ...data])).stdout).toBe('No users yet.\n');
  });

  it('adds many from standard input, and says name, password and token of each once', async () => {
    const data = ['--data', temporaryFolder()];
    const { stdout } = await paddlewire(['user', 'add', '--many', '--json', ...data], 'ada\n\nben\ncem\n');
    const added = JSON.parse(stdout) as Added[];
    expect(added.map(({ name }) => name)).toEqual(['ada', 'ben', 'cem']);
    expect(new Set(added.flatMap(({ password, token }) => [password, token])).size).toBe(6);
    // One that is refused costs none of those before it.
    const half = await paddlewire(['user', 'add', '--many', ...data], 'dan\nada\neve\n');
    expect(half).toMatchObject({ code: 1, stderr: expect.stringContaining('user-exists') });
    expect(half.stdout).toContain('dan');
    const names = JSON.parse((await paddlewire(['user', 'list', '--json', ...data])).stdout) as Added[];
    expect(names.map(({ name }) => name)).toEqual(['ada', 'ben', 'cem', 'dan']);
  });

  it('adds users that everybody knows only if somebody says so, and says that they are unsafe', async () => {
    const data = ['--data', temporaryFolder()];
    const refused = await paddlewire(['user', 'dummy', '4', ...data]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/UNSAFE[\s\S]*not-confirmed/) });
    const added = await paddlewire(['user', 'dummy', '4', '--yes', '--json', ...data]);
    expect(added.stderr).toContain('UNSAFE');
    expect(JSON.parse(added.stdout)).toHaveLength(4);
    expect((JSON.parse(added.stdout) as Added[])[3]).toEqual({ name: 'test4', password: 'password4', token: 'token4' });
  });

  it('goes through the hub that has the data while one runs', async () => {
    const folder = temporaryFolder();
    const hub = await spawnHub(['--data', folder]);
    const through = ['--host', hub.http.slice('http://'.length)];
    const added = await paddlewire(['user', 'add', 'ada', '--json', ...through], 'correct horse\n');
    expect(JSON.parse(added.stdout)).toMatchObject([{ name: 'ada', password: null }]);
    const login = await call(hub.http, 'POST /api/league/login', {}, { name: 'ADA', password: 'correct horse' });
    expect(login.body.user).toMatchObject({ name: 'ada', role: 'user' });
    expect((await paddlewire(['user', 'role', 'ada', 'admin', ...through])).stdout).toBe('ada is admin.\n');
    const made = await paddlewire(['user', 'passwd', 'ada', ...through], '\n');
    const password = /: (\S+)\n$/.exec(made.stdout)?.[1] ?? '';
    expect((await call(hub.http, 'POST /api/league/login', {}, { name: 'ada', password })).status).toBe(200);
    expect((await paddlewire(['league', 'ladder', 'pong', ...through])).stdout).toContain('Nobody has played pong');
    expect(await paddlewire(['league', 'ladder', 'chess', ...through])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('league-game'),
    });
    const unsafe = await paddlewire(['user', 'dummy', '1', '--yes', ...through]);
    expect(unsafe).toMatchObject({ code: 1, stderr: expect.stringContaining('data-in-use') });
    expect(await hub.stop()).toBe(0);
    expect((await paddlewire(['user', 'list', '--data', folder])).stdout).toContain('ada   admin');
  });
});

describe('data of a newer version', () => {
  it('is refused by every command that would open it, and left as it is', async () => {
    const folder = temporaryFolder();
    const database = new ScoreDatabase(folder);
    database.open(false);
    database.close();
    const sqlite = new Sqlite(join(folder, 'scores.db'));
    sqlite.exec('PRAGMA user_version = 99');
    sqlite.close();
    const start = ['start', '--host', '127.0.0.1', '--http-port', '0', '--mqtt-port', '0', '--serial', 'none'];
    for (const args of [['user', 'list'], ['scores'], start]) {
      const { code, stderr } = await paddlewire([...args, '--data', folder]);
      expect({ args, code, stderr }).toEqual({ args, code: 1, stderr: expect.stringContaining('database-newer') });
    }
  });
});

describe('paddlewire league reset', () => {
  it('asks first, and takes back ratings, or matches with them', async () => {
    const folder = temporaryFolder();
    const database = new ScoreDatabase(folder);
    database.open(false);
    const user = database.leagueTables.addUser({ name: 'ada', password: '', role: 'user', createdAt: 0 });
    const players = [{ seat: 0, user, device: 'ada-1' }];
    database.leagueTables.begin({ match: 'm', game: 'pong', tournament: null, startedAt: 1, players });
    const counts = { games: 1, wins: 1, draws: 0, disconnects: 0, ratedAt: 2 };
    const rating = { user, game: 'pong', mu: 28, sigma: 8, ...counts };
    const ratings = { ratings: [rating], changed: [user], scores: [{ seat: 0, score: 3 }] };
    database.leagueTables.end({ match: 'm', endedAt: 2, endState: 0, winner: user, disconnected: null, ...ratings });
    database.close();
    const data = ['--data', folder];
    expect((await paddlewire(['league', 'ladder', 'pong', ...data])).stdout).toMatch(
      /1 {2}ada {4}4\.00 {2}28\.00 ± 8\.00/,
    );
    expect(await paddlewire(['league', 'reset', 'ratings', ...data])).toMatchObject({ code: 1 });
    expect((await paddlewire(['league', 'reset', 'ratings', ...data], 'yes\n')).code).toBe(0);
    expect((await paddlewire(['league', 'ladder', 'pong', ...data])).stdout).toContain('Nobody');
    database.open(false);
    expect(database.leagueTables.games({ user: null, limit: 9, offset: 0 }).total).toBe(1);
    database.close();
    expect((await paddlewire(['league', 'reset', 'games', '--yes', ...data])).code).toBe(0);
    database.open(false);
    expect(database.leagueTables.games({ user: null, limit: 9, offset: 0 }).total).toBe(0);
    expect(database.leagueTables.load(0).users).toHaveLength(1);
    database.close();
  });
});
