/** A hub that is killed again and again while agents play in its league: what was decided is rated, once. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Sqlite } from '../../hub/store/sqlite.ts';
import { eventually } from '../support/eventually.ts';
import { call } from '../support/http-api.ts';
import { spawnHub, temporaryFolder, type HubProcess } from '../support/hubs.ts';
import { keepsJoining, PASSWORD, QUICK_LEAGUE } from '../support/league.ts';
import { RawDevice } from '../support/mqtt-clients.ts';

const KILLS = 5;
const USERS = ['ada', 'ben', 'cem'] as const;

/** An agent that plays one match after another, and counts those whose result it was told. */
async function play(hub: HubProcess, name: string, token: string): Promise<() => number> {
  const device = await RawDevice.connect(hub.url, `${name}-1`, { username: name, password: token });
  device.hello();
  await device.told('WELCOME');
  keepsJoining(device);
  return () => device.messages.filter((one) => one.type === 'END' && one.result !== 'void').length;
}

it(`a hub that is killed ${KILLS} times loses no rated result, and counts none twice`, async () => {
  const folder = temporaryFolder();
  const tokens = new Map<string, string>();
  // Told to two agents each.
  let told = 0;
  for (let kill = 0; kill <= KILLS; kill++) {
    const hub = await spawnHub(['--data', folder], QUICK_LEAGUE);
    for (const name of kill === 0 ? USERS : []) {
      const { body } = await call(hub.http, 'POST /api/league/register', {}, { name, password: PASSWORD });
      tokens.set(name, body.token);
    }
    const counts = await Promise.all(USERS.map((name) => play(hub, name, tokens.get(name) ?? '')));
    const ends = (): number => counts.map((count) => count()).reduce((a, b) => a + b);
    // Another moment of a match each time.
    await eventually(() => ends() >= 2 + kill);
    if (kill < KILLS) await hub.kill();
    else expect(await hub.stop()).toBe(0);
    told += ends();
  }
  const settled = await spawnHub(['--data', folder], QUICK_LEAGUE);
  expect(await settled.stop()).toBe(0);
  const sqlite = new Sqlite(join(folder, 'scores.db'));
  const one = (sql: string): number => Number(sqlite.all(sql)[0]?.['n']);
  const decided = one("SELECT count(*) AS n FROM matches WHERE room LIKE 'league-%' AND outcome IN ('win', 'draw')");
  expect(decided).toBeGreaterThanOrEqual(Math.ceil(told / 2));
  // Each decided match has its row, its two changes of ratings, and nothing else has.
  expect(one('SELECT count(*) AS n FROM games WHERE end_state IN (0, 1)')).toBe(decided);
  expect(one('SELECT count(*) AS n FROM games WHERE end_state IS NULL')).toBe(0);
  expect(one('SELECT count(*) AS n FROM rating_log WHERE match_id IS NOT NULL')).toBe(2 * decided);
  expect(one('SELECT count(DISTINCT match_id) AS n FROM rating_log')).toBe(decided);
  expect(one('SELECT sum(games) AS n FROM ratings')).toBe(2 * decided);
  expect(one('SELECT sum(wins) + sum(draws) / 2 AS n FROM ratings')).toBe(decided);
  sqlite.close();
});
