import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { FileRecords, MemoryRecords } from '../../../device/client/record-store.ts';
import { Sqlite } from '../../../hub/store/sqlite.ts';
import { eventually } from '../../support/eventually.ts';
import { spawnHub, startHub, temporaryFolder } from '../../support/hubs.ts';

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

describe('a record that no hub would take', () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const refused: [string, unknown, string][] = [
    ['too long', 'x'.repeat(900), 'message-too-large'],
    ['of too many items', Array.from({ length: 600 }, () => 0), 'message-malformed'],
    ['too deep', [[[[[[[[[1]]]]]]]]], 'message-malformed'],
    ['not a number', { celsius: NaN }, 'message-malformed'],
    ['infinite', [Infinity], 'message-malformed'],
    ['cyclic', cyclic, 'message-malformed'],
    ['undefined inside', { celsius: undefined }, 'message-malformed'],
    ['a BigInt', 1n, 'message-malformed'],
    ['a Map', new Map([['a', 1]]), 'message-malformed'],
    ['bytes', new Uint8Array(3), 'message-malformed'],
  ];

  it.each(refused)('is refused before it is kept: %s', (_name, data, code) => {
    const records = new MemoryRecords();
    const device = new MqttDevice({ url: 'mqtt://127.0.0.1:1', id: 'meter', records });
    expect(() => device.record(data)).toThrow(expect.objectContaining({ code }));
    expect(records.pending()).toEqual([]);
  });

  it('holds up none of the others, if a file has it nevertheless', async () => {
    const { url } = await startHub();
    const records = new MemoryRecords();
    for (let count = 0; count < 20; count++) records.add('x'.repeat(900));
    const device = new MqttDevice({ url, id: 'meter', records });
    onTestFinished(() => device.stop());
    device.start();
    device.record({ celsius: 21.5 });
    await eventually(() => records.pending().length === 20);
  });

  it('is judged as it was when it was recorded', () => {
    const records = new MemoryRecords();
    const device = new MqttDevice({ url: 'mqtt://127.0.0.1:1', id: 'meter', records });
    const data = { list: [1] };
    device.record(data);
    data.list.push(...Array.from({ length: 600 }, () => 0));
    expect(records.pending().map((record) => record.data)).toEqual([{ list: [1] }]);
  });
});

/** Lets clients in, answers their subscription or not, and then neither reads nor writes nor hangs up. */
async function frozenHub(subscribes: boolean): Promise<{ url: string; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(Uint8Array.of(0x20, 2, 0, 0));
      socket.once('data', (packet: Buffer) => {
        if (subscribes) socket.write(Uint8Array.of(0x90, 3, packet[2] ?? 0, packet[3] ?? 0, 0));
        socket.pause();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

describe('a hub that freezes', () => {
  it.each([true, false])('does not keep a device from stopping (subscription answered: %s)', async (subscribes) => {
    const { url, sockets } = await frozenHub(subscribes);
    const device = new MqttDevice({ url, id: 'meter' });
    device.start();
    await eventually(() => sockets[0]?.isPaused());
    await device.stop();
    expect(device.status).toBe('searching');
    // The connection is closed, not only given up: nothing is left that would keep the process.
    const socket = sockets[0] as Socket;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    socket.on('end', () => socket.end());
    await closed;
    expect(sockets).toHaveLength(1);
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
