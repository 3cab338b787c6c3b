/** What a tick costs the hub, and how soon an input is in a snapshot: with four players, and with watchers too. */
import { it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { localDevices } from '../../hub/cli/local-devices.ts';
import { loadConfig } from '../../hub/config/config.ts';
import { Hub } from '../../hub/hub.ts';
import { encode } from '../../shared/contract/codec.ts';
import { topics } from '../../shared/contract/topics.ts';
import { printTable } from './support/table.ts';

const SECONDS = 8;
/** Until the code of a room that is played in is compiled. */
const WARM_UP_MS = 4000;

async function measure(watchers: number): Promise<(string | number)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-bench-'));
  const config = loadConfig({
    env: {},
    flags: { data: folder, host: '127.0.0.1' },
    defaults: { 'http.port': 0, 'mqtt.port': 0, 'serial.ports': ['none'], 'rooms.countdownMs': 0, 'pong.target': 99 },
  });
  const hub = new Hub({ config, log: () => {}, devices: localDevices });
  const { mqttPort } = await hub.start();
  const clients: MqttClient[] = [];
  const client = async (id: string): Promise<MqttClient> => {
    const connected = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { clientId: id, protocolVersion: 4 });
    clients.push(connected);
    return connected;
  };
  const timers: NodeJS.Timeout[] = [];
  for (let player = 0; player < 4; player++) {
    const device = await client(`p${player}`);
    const send = (message: Parameters<typeof encode>[0]): void =>
      void device.publish(topics.up(`p${player}`), Buffer.from(encode(message)));
    send({
      type: 'HELLO',
      version: 1,
      id: `p${player}`,
      kind: 'agent',
      name: '',
      firmware: '',
      restarts: 0,
      lastSeq: 0,
      wants: 0,
      maxBaud: 0,
    });
    send({ type: 'JOIN', room: '', side: '' });
    let seq = 0;
    // Ten changes a second each, at odds with the tick.
    timers.push(
      setInterval(() => send({ type: 'INPUT', seq: ++seq, time: 0, buttons: 1 << (seq & 1), axis: null }), 97 + player),
    );
  }
  for (let watcher = 0; watcher < watchers; watcher++)
    await (await client(`w${watcher}`)).subscribeAsync(topics.state('main'));
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
  const warm = hub.rooms.get('main');
  for (const samples of [warm?.totals.work, warm?.totals.inputToSnapshot, hub.tickers[0]?.lateness]) samples?.clear();
  const cpu = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  const { user, system } = process.cpuUsage(cpu);
  const room = hub.rooms.get('main');
  const row = [
    `${watchers} watchers`,
    room?.totals.work.summary().p50 ?? 0,
    room?.totals.work.summary().p99 ?? 0,
    room?.totals.inputToSnapshot.summary().p50 ?? 0,
    room?.totals.inputToSnapshot.summary().p99 ?? 0,
    hub.tickers[0]?.lateness.summary().p99 ?? 0,
    ((user + system) / 1e6 / SECONDS) * 100,
  ];
  for (const timer of timers) clearInterval(timer);
  await Promise.all(clients.map((connected) => connected.endAsync(true)));
  await hub.stop();
  rmSync(folder, { recursive: true });
  return row;
}

it('the hub’s own work', async () => {
  printTable('A room of four players at 60 ticks/s, ms; CPU with the clients in the same process, % of a core', [
    ['', 'work p50', 'work p99', 'input to snapshot p50', 'p99', 'tick lateness p99', 'CPU'],
    await measure(0),
    await measure(30),
    await measure(100),
  ]);
});
