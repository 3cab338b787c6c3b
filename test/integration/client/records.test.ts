import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { FileRecords } from '../../../device/client/record-store.ts';
import { Sqlite } from '../../../hub/store/sqlite.ts';
import { eventually } from '../../support/eventually.ts';
import { spawnHub, temporaryFolder } from '../../support/hubs.ts';

function stored(folder: string): unknown[] {
  const database = new Sqlite(join(folder, 'scores.db'));
  try {
    return database
      .all('SELECT data FROM records ORDER BY seq')
      .map((row) => JSON.parse(String(row['data'])) as unknown);
  } finally {
    database.close();
  }
}

describe('records', () => {
  it('kept while the hub is away or dies are delivered, each exactly once, over kills of the hub and of the device', async () => {
    const folder = temporaryFolder();
    const file = join(temporaryFolder(), 'records');
    let hub = await spawnHub(['--data', folder]);
    const port = String(hub.address.mqttPort);
    await hub.kill();
    let records = new FileRecords(file);
    let device = new MqttDevice({ url: `mqtt://127.0.0.1:${port}`, id: 'meter', records });
    device.start();
    let next = 0;
    for (let round = 0; round < 4; round++) {
      for (let count = 0; count < 20; count++) device.record(next++);
      hub = await spawnHub(['--data', folder, '--mqtt-port', port]);
      for (let count = 0; count < 20; count++) device.record(next++);
      // Some are acknowledged, some are on the way, some wait: then the power goes.
      await eventually(() => records.pending().length < 30);
      await hub.kill();
      if (round % 2 === 1) {
        await device.destroy();
        records = new FileRecords(file);
        device = new MqttDevice({ url: `mqtt://127.0.0.1:${port}`, id: 'meter', records });
        device.start();
      }
    }
    hub = await spawnHub(['--data', folder, '--mqtt-port', port]);
    await eventually(() => records.pending().length === 0);
    await device.stop();
    expect(await hub.stop()).toBe(0);
    expect(stored(folder)).toEqual(Array.from({ length: next }, (_, index) => index));
  });
});

describe('a player that thinks for longer than a tick', () => {
  it('is told the newest each time: it does not fall behind as old states queue up', async () => {
    const hub = await spawnHub([], { PADDLEWIRE_ROOMS_COUNTDOWN_MS: '0', PADDLEWIRE_PONG_BALL_SPEED: '200' });
    const slow = new MqttDevice({ url: hub.url, id: 'slow', observations: true, join: {} });
    const other = new MqttDevice({ url: hub.url, id: 'other', join: {} });
    const ticks: number[] = [];
    slow.onMessage((message) => {
      if (message.type !== 'OBSERVE') return;
      ticks.push(message.tick);
      // Blocks the thread for three ticks, as a player that computes would.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    });
    slow.start();
    other.start();
    await eventually(() => ticks.length >= 40);
    // One after the other, 40 observations would span 40 ticks and the player would be 80 behind.
    expect((ticks.at(-1) ?? 0) - (ticks[0] ?? 0)).toBeGreaterThan(2 * 40);
    await Promise.all([slow.stop(), other.stop()]);
  });
});
