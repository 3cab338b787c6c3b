/** What a journal costs a room that plays, and how long a hub needs to go on with an hour's match. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'vitest';
import { connectAsync, type MqttClient } from 'mqtt';
import { localDevices } from '../../hub/cli/local-devices.ts';
import { loadConfig } from '../../hub/config/config.ts';
import { Hub } from '../../hub/hub.ts';
import { recover } from '../../hub/journal/recover.ts';
import { MatchLog } from '../../hub/rooms/match-log.ts';
import { topics } from '../../shared/contract/topics.ts';
import { withDefaults, type GameEvent } from '../../shared/games/game.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import { Random } from '../support/random.ts';
import { median, printTable } from './support/table.ts';

const SECONDS = 5;
const ROUNDS = 5;
const HOUR_TICKS = 216_000;

/** The work of a tick in a running hub with four players, ten changes a second each: p50 in ms. */
async function tickWork(keep: 'on' | 'off'): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-bench-'));
  const config = loadConfig({
    env: { PADDLEWIRE_JOURNAL_KEEP: keep },
    flags: { data: folder, host: '127.0.0.1' },
    defaults: { 'http.port': 0, 'mqtt.port': 0, 'serial.ports': ['none'], 'rooms.countdownMs': 0, 'pong.target': 99 },
  });
  const hub = new Hub({ config, log: () => {}, devices: localDevices });
  const { mqttPort } = await hub.start();
  const clients: MqttClient[] = [];
  const timers: NodeJS.Timeout[] = [];
  for (let player = 0; player < 4; player++) {
    const client = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { clientId: `p${player}`, protocolVersion: 4 });
    clients.push(client);
    const say = (message: object): void => void client.publish(topics.up(`p${player}`), JSON.stringify(message));
    say({ type: 'HELLO', version: 1, id: `p${player}` });
    say({ type: 'JOIN' });
    let seq = 0;
    timers.push(setInterval(() => say({ type: 'INPUT', seq: ++seq, buttons: 1 << (seq & 1) }), 97 + player));
  }
  const work = hub.rooms.get('main')?.totals.work;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  work?.clear();
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  const p50 = work?.summary().p50 ?? 0;
  for (const timer of timers) clearInterval(timer);
  await Promise.all(clients.map((client) => client.endAsync(true)));
  await hub.stop();
  rmSync(folder, { recursive: true });
  return p50;
}

const middle = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

it('what a journal costs a room', async () => {
  const measured: Record<'on' | 'off', number[]> = { on: [], off: [] };
  await tickWork('off');
  for (let round = 0; round < ROUNDS; round++)
    for (const keep of round % 2 === 0 ? (['on', 'off'] as const) : (['off', 'on'] as const))
      measured[keep].push(await tickWork(keep));
  const [off, on] = [middle(measured.off), middle(measured.on)];
  printTable('The work of a tick, p50, in a running hub: four players, ten changes a second each', [
    ['', 'ms', 'ratio', 'least', 'most'],
    ['no journal', off, 1, Math.min(...measured.off), Math.max(...measured.off)],
    ['journal', on, on / off, Math.min(...measured.on), Math.max(...measured.on)],
  ]);
});

/** An hour of four-player Pong, as a hub leaves it when it is killed. */
function hour(): { bytes: Uint8Array; seats: string } {
  const [chunks, lines]: [Uint8Array[], string[]] = [[], []];
  const parameters = withDefaults(pong.parameters, { ballSpeed: 200, target: 99 });
  const header = {
    game: pong.name,
    rules: pong.version,
    parameters,
    seed: 7,
    rate: 60,
    seats: [...pong.seats],
    startedAt: 0,
    about: { room: 'main' },
  };
  let tick = 0;
  const fills: (() => void)[] = [];
  const file = {
    filledBy: (fill: () => void) => void fills.push(fill),
    write: (bytes: Uint8Array) => void chunks.push(bytes),
    seat: (line: string) => void lines.push(line),
    finish: () => {},
  };
  const log = new MatchLog(header, file, { epoch: () => (tick * 1000) / 60 });
  let state = pong.initial(parameters, 7, 60);
  for (let seat = 0; seat < 4; seat++) {
    state = pong.join(state, seat);
    log.enter(0, seat, `d${seat}`, 'board');
  }
  const random = new Random(3);
  const commands: (number | null)[] = [null, null, null, null];
  for (; tick < HOUR_TICKS; tick++) {
    for (let seat = 0; seat < 4; seat++) if (random.below(20) === 0) commands[seat] = random.below(3);
    const events: GameEvent[] = [];
    state = pong.step(state, commands, events);
    log.played([...commands], state, events);
  }
  for (const fill of fills) fill();
  return { bytes: Buffer.concat(chunks), seats: lines.join('\n') };
}

it('going on with an hour’s match', async () => {
  const left = hour();
  const took = await median(() => {
    const began = performance.now();
    const saved = recover({ id: 'bench', ...left });
    if ('reason' in saved) throw new Error(saved.reason);
    return performance.now() - began;
  });
  printTable('Going on with a match of an hour', [
    ['', 'KB', 'ms'],
    ['four players, twelve changes a second', left.bytes.length / 1000, took],
  ]);
});
