/** `paddlewire demo`: a hub with four players and nothing attached, and a report of how it went. */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PaddlewireError } from '../../../shared/errors.ts';
import type { Config } from '../../config/config.ts';
import { Hub, type HubAddress } from '../../hub.ts';
import type { LocalDevices } from '../../links/serial/serial-ports.ts';
import { createLog, type Log } from '../../log.ts';
import { print, stopped, type Command, type Context } from '../context.ts';
import { hubOptions } from '../hub-options.ts';
import { localDevices, prepareLocalDevices } from '../local-devices.ts';
import { sayAddress } from '../start.ts';
import { BoardsProcess } from './boards-process.ts';
import { PORTS } from './protocol.ts';
import { Measurement, pointsOnDisk, readPoints, type DemoReport } from './report.ts';

/** As in a class, and livelier than the lecture's speeds, at which a ball needs six seconds from side to side. */
const DEFAULTS = {
  'access.mode': 'pin',
  'pong.ballSpeed': 6000,
  'pong.paddleSpeed': 2500,
  'rooms.countdownMs': 2000,
  'rooms.restartMs': 4000,
} as const;
const SEATS_MS = 200;
/** The longest that a timer can wait. */
const LONGEST_MS = 2 ** 31 - 1;

export const demo: Command = async (args, context) => {
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-demo-'));
  try {
    const ports = [join(folder, `${PORTS.uno}*`), join(folder, `${PORTS.firmata}*`)];
    const defaults = { ...DEFAULTS, data: join(folder, 'data'), 'serial.ports': ports };
    const { config, json, own } = hubOptions(args, context.env, { for: { type: 'string' } }, defaults);
    const seconds = own['for'] === undefined ? Infinity : Number(own['for']);
    if (!(seconds > 0)) throw new PaddlewireError('usage', '--for is a number of seconds.');
    const report = await play(config, { folder, seconds, json, context });
    print(context, json ? JSON.stringify(report) : inWords(report));
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Stage {
  readonly folder: string;
  readonly seconds: number;
  readonly json: boolean;
  readonly context: Context;
}

async function play(config: Config, { folder, seconds, json, context }: Stage): Promise<DemoReport> {
  const log = createLog(context.env['PADDLEWIRE_LOG'] ?? 'warn');
  const own = config['data'] !== join(folder, 'data');
  const boards = new BoardsProcess();
  let hub: Hub | null = null;
  try {
    // All code is loaded before the hub's first tick: what is measured is play.
    await prepareLocalDevices(config['serial.ports'] as readonly string[]);
    await Promise.race([boards.loaded, boards.failed]);
    const started = await startHub(config, log.write);
    const { address } = started;
    const running = (hub = started.hub);
    await boards.begin({
      ports: folder,
      mqttPort: address.mqttPort,
      secret: address.secret,
      keep: own ? join(config['data'] as string, 'demo-boards') : null,
      seed: randomInt(0x1_0000_0000),
    });
    if (!json) sayDemo(context, address, config['access.mode'] === 'pin' ? 'PIN' : 'Token');
    const measurement = new Measurement(running, await pointsOnDisk(running));
    const timer = setInterval(() => boards.seats(running), SEATS_MS);
    try {
      await within(seconds, Promise.race([stopped(context.stop), boards.failed]));
    } finally {
      clearInterval(timer);
    }
    measurement.stop();
    const seen = await boards.end();
    await running.stop();
    return measurement.report(seen, readPoints(config['data'] as string));
  } finally {
    boards.kill();
    await hub?.stop();
    log.flush();
  }
}

/** The one Firmata board is the same in each demo, wherever its port is: so it finds its seat again after a crash. */
const devices: LocalDevices = { ...localDevices, firmata: (line) => localDevices.firmata(line, 'demo') };

/** The usual ports if they are free; where the user did not ask for one that is taken, any other. */
async function startHub(config: Config, log: Log): Promise<{ hub: Hub; address: HubAddress }> {
  const hub = new Hub({ config, log, devices });
  try {
    return { hub, address: await hub.start() };
  } catch (error) {
    const taken = error instanceof PaddlewireError && error.code === 'port-in-use';
    const key = taken ? usualPort(config, error.message) : null;
    if (key === null) throw error;
    return startHub({ ...config, [key]: 0 }, log);
  }
}

function usualPort(config: Config, message: string): 'http.port' | 'mqtt.port' | null {
  if (config['http.port'] === 8080 && message.includes('--http-port')) return 'http.port';
  return config['mqtt.port'] === 1883 && message.includes('--mqtt-port') ? 'mqtt.port' : null;
}

function sayDemo(context: Context, address: HubAddress, secretName: 'PIN' | 'Token'): void {
  sayAddress(context, address, secretName);
  print(
    context,
    'Two emulated Unos, one with StandardFirmata and a bot play; the bot makes room for you. Ctrl-C ends.',
  );
}

/** Waits for something, or until the time is over; leaves no timer that would keep the process. */
async function within(seconds: number, something: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    if (seconds !== Infinity) timer = setTimeout(resolve, Math.min(seconds * 1000, LONGEST_MS));
  });
  try {
    await Promise.race([something, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** The report for people. */
function inWords(report: DemoReport): string {
  const {
    seats,
    ticks,
    tickLatenessMs,
    rallies,
    pointsPlayed,
    pointsOnDisk: onDisk,
    pressToSnapshotMs,
    hubCpu,
  } = report;
  const lines = seats.map(
    ({ seat, device, link, points, inputs, framesLost }) =>
      `  ${seat.padEnd(6)} ${device.padEnd(18)} ${link.padEnd(7)} ${points} points, ${inputs} inputs, ${framesLost} frames lost`,
  );
  return [
    `${ticks} ticks, ${tickLatenessMs.p50} ms late (p50), ${tickLatenessMs.p99} ms (p99), ${tickLatenessMs.max} ms (max)`,
    `${rallies} rallies, ${pointsPlayed} points played, ${onDisk} on disk`,
    ...lines,
    `press to snapshot ${pressToSnapshotMs.p50} ms (p50), ${pressToSnapshotMs.p99} ms (p99); hub ${Math.round(hubCpu * 1000) / 10} % of a core`,
  ].join('\n');
}
