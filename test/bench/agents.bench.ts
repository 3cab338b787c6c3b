/** What agents over MQTT cost the hub: each told every tick and answering every tick, two in a room, in another process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localDevices } from '../../hub/cli/local-devices.ts';
import { loadConfig } from '../../hub/config/config.ts';
import { Hub } from '../../hub/hub.ts';
import { compiledUrl } from '../../shared/package-files.ts';
import { printTable } from './support/table.ts';

const SECONDS = 8;
/** Until all sit and the code is compiled. */
const WARM_UP_MS = 4000;
const TARGET_MS = 2;

/** Agents in a process of their own, by the client that `paddlewire agent run` has too. */
const AGENTS = `
import { MqttDevice } from '${compiledUrl('device/client/mqtt-device.js').href}';
const [url, count] = [process.argv[1], Number(process.argv[2])];
for (let agent = 0; agent < count; agent++) {
  const room = 'r' + (agent >> 1);
  const device = new MqttDevice({ url, id: 'agent-' + agent, observations: true, join: { room } });
  device.onMessage((message) => {
    if (message.type !== 'OBSERVE' || message.value === null) return;
    const { you, ball, paddles, length } = message.value;
    const off = ball[1] - paddles[you];
    device.command({ move: Math.abs(off) < length / 4 ? 0 : Math.sign(off) }, message.tick);
  });
  device.start();
}
`;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Summary {
  readonly p50: number;
  readonly p99: number;
}

const worst = (what: (at: Summary) => number, all: readonly Summary[]): number => Math.max(...all.map(what));

async function measure(agents: number): Promise<(string | number)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-bench-'));
  const rooms = agents / 2;
  const config = loadConfig({
    env: {},
    flags: { data: folder, host: '127.0.0.1' },
    defaults: {
      'http.port': 0,
      'mqtt.port': 0,
      'serial.ports': ['none'],
      'rooms.names': Array.from({ length: rooms }, (_, room) => `r${room}`),
      'rooms.countdownMs': 0,
      'pong.target': 99,
    },
  });
  const hub = new Hub({ config, log: () => {}, devices: localDevices });
  const { mqttPort } = await hub.start();
  const child: ChildProcess = spawn(
    process.execPath,
    ['--input-type=module', '-e', AGENTS, `mqtt://127.0.0.1:${mqttPort}`, `${agents}`],
    { stdio: 'inherit' },
  );
  while ([...hub.rooms.values()].some(({ phase }) => phase !== 'playing')) await pause(50);
  await pause(WARM_UP_MS);
  const inputs = (): number => [...hub.lobby.sessions].reduce((sum, { counters }) => sum + counters.inputs, 0);
  const lates = (): number => [...hub.lobby.sessions].reduce((sum, { counters }) => sum + counters.late, 0);
  const [inputsBefore, latesBefore] = [inputs(), lates()];
  const cpu = process.cpuUsage();
  await pause(SECONDS * 1000);
  const { user, system } = process.cpuUsage(cpu);
  const lateness = hub.tickers.map((ticker) => ticker.lateness.summary());
  const work = [...hub.rooms.values()].map(({ totals }) => totals.work.summary());
  const row = [
    `${agents} agents, ${rooms} rooms`,
    worst(({ p50 }) => p50, lateness),
    worst(({ p99 }) => p99, lateness),
    worst(({ p50 }) => p50, work),
    worst(({ p99 }) => p99, work),
    (inputs() - inputsBefore) / SECONDS,
    ((lates() - latesBefore) * 100) / Math.max(1, inputs() - inputsBefore),
    ((user + system) / 1e6 / SECONDS) * 100,
    TARGET_MS / worst(({ p99 }) => p99, lateness),
  ];
  child.kill('SIGKILL');
  await hub.stop();
  rmSync(folder, { recursive: true });
  return row;
}

it('agents over MQTT', { timeout: 600_000 }, async () => {
  printTable(`Agents over MQTT at 60 ticks/s, ms, the worst room; the target is a tick p99 of ${TARGET_MS} ms`, [
    [
      '',
      'tick lateness p50',
      'p99',
      'tick work p50',
      'p99',
      'commands/s',
      'late %',
      'hub CPU %',
      'target / lateness p99',
    ],
    await measure(2),
    await measure(20),
    await measure(100),
  ]);
});
