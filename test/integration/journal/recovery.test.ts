/** The hub is killed in the middle of a rally, started again, and the rally goes on. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { gameNamed, type AnyGame } from '../../../shared/games/registry.ts';
import { JournalReader } from '../../../shared/journal/journal-reader.ts';
import { Replay } from '../../../shared/journal/replay.ts';
import { stateHash } from '../../../shared/sim/state-hash.ts';
import { eventually } from '../../support/eventually.ts';
import { spawnHub, temporaryFolder } from '../../support/hubs.ts';
import { mqttClient, type TestClient } from '../../support/mqtt-clients.ts';

const LIVELY = {
  PADDLEWIRE_ROOMS_COUNTDOWN_MS: '0',
  PADDLEWIRE_ROOMS_RESUME_MS: '50',
  PADDLEWIRE_PONG_SERVE_MS: '50',
  PADDLEWIRE_PONG_BALL_SPEED: '20000',
  PADDLEWIRE_PONG_TARGET: '99',
};

interface Board {
  readonly match: string | null;
  readonly phase: string;
  readonly reason: string | null;
  readonly seats: readonly { readonly seat: string; readonly device: string | null; readonly points: number }[];
}

const boardOf = (watcher: TestClient): Board | undefined =>
  watcher.json(topics.scoreboard('main')) as Board | undefined;
const pointsOf = (board: Board | undefined): number =>
  (board?.seats ?? []).reduce((sum, { points }) => sum + points, 0);
const seatsOf = (board: Board | undefined): string[] =>
  (board?.seats ?? []).flatMap(({ seat, device }) => (device === null ? [] : [`${seat} ${device}`]));

function player(url: string, id: string): MqttDevice {
  const device = new MqttDevice({ url, id, join: {} });
  device.start();
  onTestFinished(() => device.destroy());
  return device;
}

const journalsIn = (folder: string): string[] =>
  readdirSync(join(folder, 'journals'))
    .filter((name) => name.endsWith('.pwj'))
    .map((name) => join(folder, 'journals', name));

/** How many hashes of a journal hold when it is played again. @throws where one does not */
function verified(path: string): { hashes: number; decided: boolean; torn: boolean } {
  const reader = new JournalReader(readFileSync(path));
  const replay = new Replay(gameNamed(reader.header.game) as AnyGame, reader.header);
  let [hashes, decided] = [0, false];
  for (const call of reader.calls()) {
    replay.apply(call);
    if (call.op !== 'hash' && call.op !== 'outcome') continue;
    expect(stateHash(replay.state), `hash at tick ${call.tick}`).toBe(call.hash);
    hashes++;
    decided ||= call.op === 'outcome';
  }
  return { hashes, decided, torn: reader.damage !== null };
}

describe('kill -9 in the middle of a rally', () => {
  it('the same match goes on, with the same seats and no point less, three times over; its journal holds', async () => {
    const folder = temporaryFolder();
    let [match, points, seats]: [string | null, number, string[]] = [null, 0, []];
    for (let round = 0; round < 4; round++) {
      const hub = await spawnHub(['--data', folder], LIVELY);
      const watcher = await mqttClient(hub.url, {}, [topics.scoreboard('main')]);
      if (round > 0) {
        // It is visible at once, and waits for its devices.
        await eventually(() => boardOf(watcher)?.reason === 'recovered');
        expect(boardOf(watcher)?.match).toBe(match);
        expect(pointsOf(boardOf(watcher))).toBeGreaterThanOrEqual(points);
        expect(seatsOf(boardOf(watcher))).toEqual(seats);
      }
      const devices = ['still-a', 'still-b'].map((id) => player(hub.url, id));
      await eventually(() => boardOf(watcher)?.phase === 'playing');
      const before = pointsOf(boardOf(watcher));
      await eventually(() => pointsOf(boardOf(watcher)) >= before + 3);
      await hub.kill();
      await Promise.all(devices.map((device) => device.destroy()));
      const last = boardOf(watcher);
      [match, seats] = [last?.match ?? null, seatsOf(last)];
      // What was acknowledged as lifetime is on disk; what was only shown may be half a second ahead of the journal.
      points = (last as unknown as { seats: { lifetimePoints: number }[] }).seats.reduce(
        (sum, { lifetimePoints }) => sum + lifetimePoints,
        0,
      );
    }
    const files = journalsIn(folder);
    expect(files).toHaveLength(1);
    expect(verified(files[0] ?? '').hashes).toBeGreaterThan(0);
  });

  it('a torn tail is cut, and the match goes on from what is whole', async () => {
    const folder = temporaryFolder();
    const first = await spawnHub(['--data', folder], LIVELY);
    const watcher = await mqttClient(first.url, {}, [topics.scoreboard('main')]);
    const devices = ['a', 'b'].map((id) => player(first.url, id));
    await eventually(() => pointsOf(boardOf(watcher)) >= 3);
    await first.kill();
    await Promise.all(devices.map((device) => device.destroy()));
    const [path = ''] = journalsIn(folder);
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([bytes.subarray(0, -3), Buffer.from([0xff, 0x00, 0x13])]));
    const second = await spawnHub(['--data', folder], LIVELY);
    const again = await mqttClient(second.url, {}, [topics.scoreboard('main')]);
    await eventually(() => boardOf(again)?.reason === 'recovered');
    const back = ['a', 'b'].map((id) => player(second.url, id));
    await eventually(() => boardOf(again)?.phase === 'playing');
    const before = pointsOf(boardOf(again));
    await eventually(() => pointsOf(boardOf(again)) > before);
    await Promise.all(back.map((device) => device.destroy()));
    expect(await second.stop()).toBe(0);
    expect(verified(path)).toMatchObject({ decided: true, torn: false });
  });

  it('garbage where a journal should be is left alone, and play begins anew', async () => {
    const folder = temporaryFolder();
    const first = await spawnHub(['--data', folder], LIVELY);
    await first.stop();
    writeFileSync(join(folder, 'journals', 'main-bad.pwj'), 'no journal');
    writeFileSync(join(folder, 'journals', 'main-bad.pwj.seats'), '{"tick":0');
    const hub = await spawnHub(['--data', folder], LIVELY);
    const watcher = await mqttClient(hub.url, {}, [topics.scoreboard('main')]);
    for (const id of ['a', 'b']) player(hub.url, id);
    await eventually(() => boardOf(watcher)?.phase === 'playing');
    expect(readFileSync(join(folder, 'journals', 'main-bad.pwj'), 'utf8')).toBe('no journal');
    expect(readdirSync(join(folder, 'journals'))).not.toContain('main-bad.pwj.seats');
  });
});

describe('the journal of a match that ends', () => {
  it('is whole, and says who won', async () => {
    const folder = temporaryFolder();
    const hub = await spawnHub(['--data', folder], { ...LIVELY, PADDLEWIRE_PONG_TARGET: '3' });
    for (const id of ['a', 'b']) player(hub.url, id);
    await eventually(() => readdirSync(join(folder, 'journals')).some((name) => name.endsWith('.pwj')));
    const [path = ''] = journalsIn(folder);
    await eventually(() => !readdirSync(join(folder, 'journals')).includes(`${path.split('/').at(-1)}.seats`));
    expect(verified(path)).toMatchObject({ decided: true, torn: false });
    expect(new JournalReader(readFileSync(path)).index()).not.toBeNull();
  });
});
