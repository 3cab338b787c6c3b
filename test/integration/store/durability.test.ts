import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { ScoreDatabase } from '../../../hub/store/score-database.ts';
import { SqliteScoreStore } from '../../../hub/store/sqlite-score-store.ts';
import type { Batch } from '../../../hub/store/store.ts';
import { eventually } from '../../support/eventually.ts';
import { paddlewire, spawnHub, startHub, temporaryFolder } from '../../support/hubs.ts';
import { mqttClient } from '../../support/mqtt-clients.ts';

const EMPTY: Batch = { devices: [], matches: [], points: [], records: [], tallies: [] };
const points = (device: string, count: number, match = 'm'): Batch => ({
  ...EMPTY,
  points: [{ match, seat: 'left', device, points: count, won: false }],
});

interface Shown {
  seats: { device: string | null; lifetimePoints: number }[];
}

/** Two devices that stand still: the ball soon passes them. */
async function twoPlayers(url: string): Promise<MqttDevice[]> {
  const devices = ['still-a', 'still-b'].map((id) => new MqttDevice({ url, id, join: {} }));
  for (const device of devices) {
    device.start();
    onTestFinished(() => device.destroy());
    await eventually(() => device.seat !== null);
  }
  return devices;
}

const FAST = {
  PADDLEWIRE_ROOMS_COUNTDOWN_MS: '0',
  PADDLEWIRE_ROOMS_RESTART_MS: '100',
  PADDLEWIRE_PONG_SERVE_MS: '0',
  PADDLEWIRE_PONG_BALL_SPEED: '50000',
};

describe('kill -9 in the middle of a rally', () => {
  it('lifetime points after the start are at least those that were shown, and each is from a real point', async () => {
    const folder = temporaryFolder();
    let before = new Map<string, number>();
    for (let round = 0; round < 3; round++) {
      const hub = await spawnHub(['--data', folder], FAST);
      const watcher = await mqttClient(hub.url, {}, [topics.scoreboard('main'), topics.events('main')]);
      const devices = await twoPlayers(hub.url);
      const shown = (): Map<string, number> => {
        const board = watcher.json(topics.scoreboard('main')) as Shown | undefined;
        return new Map((board?.seats ?? []).map((seat) => [seat.device ?? '', seat.lifetimePoints]));
      };
      await eventually(() => ['still-a', 'still-b'].every((id) => (shown().get(id) ?? -1) >= (before.get(id) ?? 0)));
      const start = [...before.values()].reduce((sum, value) => sum + value, 0);
      await eventually(() => (shown().get('still-a') ?? 0) + (shown().get('still-b') ?? 0) >= start + 7);
      await hub.kill();
      const played = watcher.received.filter(({ payload }) => payload.toString().includes('"event":"point"')).length;
      const last = shown();
      await Promise.all(devices.map((device) => device.destroy()));
      const { stdout } = await paddlewire(['scores', '--data', folder, '--json']);
      const { scores } = JSON.parse(stdout) as { scores: { device: string; points: number }[] };
      for (const id of ['still-a', 'still-b']) {
        const onDisk = scores.find(({ device }) => device === id)?.points ?? 0;
        expect(onDisk, `round ${round}`).toBeGreaterThanOrEqual(last.get(id) ?? 0);
      }
      const total = scores.reduce((sum, line) => sum + line.points, 0);
      // The event of the newest point may not have reached the watcher when the hub was killed.
      expect(total - start, `round ${round}`).toBeLessThanOrEqual(played + 1);
      before = new Map(scores.map((line) => [line.device, line.points]));
    }
  });

  it('a stop writes everything: points on disk equal points played', async () => {
    const folder = temporaryFolder();
    const { hub, url } = await startHub({ data: folder }, FAST);
    await twoPlayers(url);
    await eventually(() => (hub.rooms.get('main')?.totals.points ?? 0) >= 9);
    await hub.stop();
    const played = hub.rooms.get('main')?.totals.points;
    const database = new ScoreDatabase(folder);
    database.open(false);
    expect(database.export().scores.reduce((sum, line) => sum + line.points, 0)).toBe(played);
    database.close();
  });
});

describe('lifetime scores', () => {
  it('are loaded when a device connects, and shown to it', async () => {
    const folder = temporaryFolder();
    const store = new SqliteScoreStore(folder);
    await store.start();
    await store.save({ ...EMPTY, points: [{ match: 'old', seat: 'left', device: 'veteran', points: 41, won: true }] });
    await store.stop();
    const { url } = await startHub({ data: folder });
    const device = new MqttDevice({ url, id: 'veteran', join: {} });
    onTestFinished(() => device.destroy());
    const told: unknown[] = [];
    device.onMessage((message) => told.push(message));
    device.start();
    await eventually(() => told.some((message) => (message as { type: string }).type === 'SCORE'));
    expect(told).toContainEqual(expect.objectContaining({ type: 'WELCOME', lifetimePoints: 41, lifetimeWins: 1 }));
    expect(told).toContainEqual(expect.objectContaining({ type: 'SCORE', lifetimePoints: 41, lifetimeWins: 1 }));
  });

  it('writing a batch again counts nothing twice', async () => {
    const store = new SqliteScoreStore(temporaryFolder());
    await store.start();
    onTestFinished(() => store.stop());
    await store.save(points('a', 3));
    await store.save(points('a', 3));
    expect(await store.lifetime('a')).toEqual({ points: 3, wins: 0 });
    await store.save(points('a', 2));
    expect(await store.lifetime('a')).toEqual({ points: 3, wins: 0 });
    await store.save(points('a', 1, 'next'));
    expect(await store.lifetime('a')).toEqual({ points: 4, wins: 0 });
  });

  it('sums stay right when another process imports while the hub runs', async () => {
    const folder = temporaryFolder();
    const store = new SqliteScoreStore(folder);
    await store.start();
    onTestFinished(() => store.stop());
    await store.save(points('a', 3));
    const file = join(folder, 'other.json');
    const line = { device: 'a', name: 'Ada', kind: 'agent', points: 10, wins: 2, matches: 1 };
    writeFileSync(file, JSON.stringify({ paddlewire: 1, hub: 'another', scores: [line], tallies: [] }));
    expect((await paddlewire(['scores', 'import', file, '--data', folder])).code).toBe(0);
    expect(await store.lifetime('a')).toEqual({ points: 13, wins: 2 });
    const saved = await store.save(points('a', 4));
    expect(saved.get('a')).toEqual({ points: 14, wins: 2 });
    expect((await store.export()).scores[0]).toMatchObject({ points: 14, wins: 2 });
  });

  it('a batch is written whole or not at all', async () => {
    const store = new SqliteScoreStore(temporaryFolder());
    await store.start();
    onTestFinished(() => store.stop());
    const broken = { ...points('a', 1), tallies: [{ player: 'human', wins: true as unknown as number }] };
    await expect(store.save(broken)).rejects.toMatchObject({ code: 'store-failed' });
    expect(await store.lifetime('a')).toEqual({ points: 0, wins: 0 });
  });
});

describe('the data folder', () => {
  it('of a running hub is refused to another hub, and free again after kill -9', async () => {
    const folder = temporaryFolder();
    const first = await spawnHub(['--data', folder]);
    const second = await paddlewire([
      'start',
      '--data',
      folder,
      '--http-port',
      '0',
      '--mqtt-port',
      '0',
      '--host',
      '127.0.0.1',
      '--serial',
      'none',
    ]);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('data-in-use');
    await first.kill();
    const third = await spawnHub(['--data', folder]);
    expect(await third.stop()).toBe(0);
  });

  it('that cannot be made is said in one sentence', async () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    const { code, stderr } = await paddlewire(['start', '--data', join(file, 'below')]);
    expect(code).toBe(1);
    expect(stderr).toContain('data-folder-unwritable');
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });
});

describe('scores', () => {
  it('are exported and taken over by another hub, once however often', async () => {
    const [from, to] = [temporaryFolder(), temporaryFolder()];
    const store = new SqliteScoreStore(from);
    await store.start();
    await store.save({ ...points('a', 7), devices: [{ id: 'a', name: 'Ada', kind: 'agent', seenAt: 1 }] });
    await store.stop();
    const file = join(from, 'export.json');
    writeFileSync(file, (await paddlewire(['scores', '--data', from, '--json'])).stdout);
    for (let time = 0; time < 2; time++)
      expect((await paddlewire(['scores', 'import', file, '--data', to])).code).toBe(0);
    const { stdout } = await paddlewire(['scores', '--data', to]);
    expect(stdout).toMatch(/Ada\s+7\s+0\s+1\s+a/);
    const own = await paddlewire(['scores', 'import', file, '--data', from]);
    expect(own.stdout).toContain('Nothing to take over');
  });

  it('the two-number file of the article is taken over', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'game_data.json');
    writeFileSync(file, '{"human_score": 12, "AI_score": 9}');
    await paddlewire(['scores', 'import', file, '--data', folder]);
    const { stdout } = await paddlewire(['scores', '--data', folder]);
    expect(stdout).toContain('human won 12');
    expect(stdout).toContain('AI won 9');
  });

  it.each([
    '',
    'no JSON',
    '[]',
    '{"human_score": -1, "AI_score": 0}',
    '{"human_score": "many", "AI_score": 0}',
    '{"paddlewire":1,"hub":"h","scores":[{"device":"a/b"}],"tallies":[]}',
  ])('a file that is none is refused whole: %s', async (text) => {
    const folder = temporaryFolder();
    const file = join(folder, 'file.json');
    writeFileSync(file, text);
    const { code, stderr } = await paddlewire(['scores', 'import', file, '--data', folder]);
    expect(code).toBe(1);
    expect(stderr).toContain('import-malformed');
  });
});
