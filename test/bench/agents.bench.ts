/** What agents over MQTT cost the hub: each told every tick and answering every tick, two in a room, in another process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { it } from 'vitest';
import { once } from 'node:events';
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

/** A ticker with nothing to do, in a process of its own: what this computer makes late by itself, at the same time. */
const BARE = `
import { Ticker } from '${compiledUrl('hub/rooms/ticker.js').href}';
import { systemClock } from '${compiledUrl('hub/clock.js').href}';
const ticker = new Ticker(systemClock, 60, () => {});
ticker.start();
process.stdin.on('end', () => { console.log(JSON.stringify(ticker.lateness.summary())); process.exit(); }).resume();
`;

const program = (text: string, ...args: string[]): string[] => ['--input-type=module', '-e', text, ...args];

/** Begins to tick. @returns what ends it, and tells how late it was */
function bareTicker(): () => Promise<Summary> {
  const child = spawn(process.execPath, program(BARE), { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  return async () => {
    child.stdin.end();
    await once(child, 'close');
    return JSON.parse(said) as Summary;
  };
}

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
  const child: ChildProcess = spawn(process.execPath, program(AGENTS, `mqtt://127.0.0.1:${mqttPort}`, `${agents}`), {
    stdio: 'inherit',
  });
  while ([...hub.rooms.values()].some(({ phase }) => phase !== 'playing')) await pause(50);
  await pause(WARM_UP_MS);
  const inputs = (): number => [...hub.lobby.sessions].reduce((sum, { counters }) => sum + counters.inputs, 0);
  const lates = (): number => [...hub.lobby.sessions].reduce((sum, { counters }) => sum + counters.late, 0);
  const [inputsBefore, latesBefore] = [inputs(), lates()];
  for (const { lateness } of hub.tickers) lateness.clear();
  for (const { totals } of hub.rooms.values()) totals.work.clear();
  const endBare = bareTicker();
  const cpu = process.cpuUsage();
  await pause(SECONDS * 1000);
  const { user, system } = process.cpuUsage(cpu);
  const bare = await endBare();
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
    bare.p50,
    bare.p99,
    TARGET_MS / worst(({ p99 }) => p99, work),
  ];
  child.kill('SIGKILL');
  await hub.stop();
  rmSync(folder, { recursive: true });
  return row;
}

it('agents over MQTT', { timeout: 600_000 }, async () => {
  printTable(
    `Agents over MQTT at 60 ticks/s, ms, the worst room; the target is a tick p99 of ${TARGET_MS} ms. Hub, agents and bare ticker share this computer`,
    [
      [
        '',
        'tick lateness p50',
        'p99',
        'tick work p50',
        'p99',
        'commands/s',
        'late %',
        'hub CPU %',
        'bare ticker lateness p50',
        'p99',
        'target / work p99',
      ],
      await measure(2),
      await measure(20),
      await measure(100),
    ],
  );
});
