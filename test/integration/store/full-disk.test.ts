import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { spawnHub, temporaryFolder, type HubProcess } from '../../support/hubs.ts';
import { mqttClient } from '../../support/mqtt-clients.ts';
import { missing } from '../../support/needs.ts';

const FAST = {
  PADDLEWIRE_ROOMS_COUNTDOWN_MS: '0',
  PADDLEWIRE_PONG_TARGET: '99',
  PADDLEWIRE_PONG_SERVE_MS: '0',
  PADDLEWIRE_PONG_BALL_SPEED: '50000',
};

async function health(hub: HubProcess): Promise<{ store: string; unsaved: number }> {
  return (await (await fetch(`${hub.http}/healthz`)).json()) as { store: string; unsaved: number };
}

describe.skipIf(missing('unshare'))('a disk that fills up in play', () => {
  it('is told, play goes on, and when there is room again every point is on it', async () => {
    const folder = join(temporaryFolder(), 'small');
    mkdirSync(folder);
    // A real file system of 1 MiB that only the hub sees; through its process we can fill it.
    const wrapper = ['unshare', '-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m none "$0" && exec "$@"', folder];
    const hub = await spawnHub(['--data', folder], FAST, wrapper);
    const filler = `/proc/${hub.process.pid}/root${folder}/filler`;
    const watcher = await mqttClient(hub.url, {}, [topics.events('main')]);
    const played = (): number =>
      watcher.received.filter(({ payload }) => payload.toString().includes('"event":"point"')).length;
    for (const id of ['a', 'b']) {
      const device = new MqttDevice({ url: hub.url, id, join: {} });
      device.start();
      onTestFinished(() => device.destroy());
      await eventually(() => device.seat !== null);
    }
    await eventually(() => played() >= 3);
    expect(() => writeFileSync(filler, Buffer.alloc(2 << 20))).toThrow('ENOSPC');
    await eventually(async () => (await health(hub)).store === 'store-full');
    const then = played();
    await eventually(() => played() >= then + 5);
    expect((await health(hub)).unsaved).toBeGreaterThan(0);
    rmSync(filler);
    await eventually(async () => (await health(hub)).store === 'ok');
    // Written by group commit within the commit time: the sum is that of the events, or of one that is on its way.
    await eventually(async () => {
      const before = played();
      const { scores } = (await (await fetch(`${hub.http}/api/scores`)).json()) as { scores: { points: number }[] };
      const onDisk = scores.reduce((sum, line) => sum + line.points, 0);
      expect(onDisk).toBeLessThanOrEqual(played() + 1);
      return onDisk >= before && onDisk >= then + 5;
    });
    expect(await hub.stop()).toBe(0);
  });
});
