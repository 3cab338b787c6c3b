/** Emulated boards at real time on one core: 32 of them in one rig, asleep but for a PING and now and then a press. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { it } from 'vitest';
import { RealTimeRig, type RigBoard } from '../../hardware/emulator/rig.ts';
import { F_CPU } from '../../hardware/emulator/uno.ts';
import { decode, encode } from '../../shared/contract/codec.ts';
import type { DownMessage } from '../../shared/contract/messages.ts';
import { encodeFrame, FrameDecoder } from '../../shared/serial/frame.ts';
import { quantile } from '../firmware/support/quantile.ts';
import { FIRMWARE, FORWARD } from '../support/boards.ts';
import { eventually } from '../support/eventually.ts';
import { printTable } from './support/table.ts';

const SECONDS = 10;
const PING_MS = 500;
const PRESS_MS = 25;
const TICKS_PER_SECOND = 100;

/** A hub for one board: seats it, pings it, and notes when its inputs arrive. */
class Host {
  readonly arrivals: bigint[] = [];
  seated = false;
  readonly #port: SerialPort;
  readonly #decoder = new FrameDecoder();

  constructor(path: string) {
    this.#port = new SerialPort({ path, baudRate: 115_200 });
    this.#port.on('data', (bytes: Buffer) => {
      const now = process.hrtime.bigint();
      this.#decoder.push(bytes, (payload) => this.#hear(decode(payload), now));
    });
  }

  send(message: DownMessage): void {
    this.#port.write(encodeFrame(encode(message)));
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#port.close(() => resolve()));
  }

  #hear({ short, message }: ReturnType<typeof decode>, now: bigint): void {
    if (short) this.arrivals.push(now);
    else if (message.type === 'HELLO') {
      this.send({ type: 'WELCOME', version: 1, id: 'uno-1', name: '', lifetimePoints: 0, lifetimeWins: 0 });
    } else if (message.type === 'JOIN') {
      this.send({ type: 'SEAT', room: 'main', side: 'left', index: 0 });
      this.seated = true;
    }
  }
}

/** Seconds of CPU of the busiest thread but the main one: the rig's. Linux counts them in hundredths. */
function rigSeconds(): number {
  const threads = readdirSync('/proc/self/task').filter((id) => Number(id) !== process.pid);
  const used = threads.map((id) => {
    const fields = readFileSync(`/proc/self/task/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  });
  return Math.max(...used);
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Presses or lets go of the boards in turn. @returns ms from the edge to the host's having the whole frame */
async function play(boards: readonly RigBoard[], hosts: readonly Host[]): Promise<number[]> {
  const latencies: number[] = [];
  const end = performance.now() + SECONDS * 1000;
  for (let change = 0; performance.now() < end; change++) {
    const at = change % boards.length;
    const host = hosts[at]!;
    const before = host.arrivals.length;
    const { wallNs } = await boards[at]![Math.floor(change / boards.length) % 2 === 0 ? 'press' : 'release'](FORWARD);
    await wait(PRESS_MS);
    const arrival = host.arrivals[before];
    if (arrival !== undefined) latencies.push(Number(arrival - wallNs) / 1e6);
  }
  return latencies;
}

/** Seconds that the computer under this one gave to others, on all its cores together (proc(5): the eighth, steal). */
function stolenSeconds(): number {
  const total = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/ +/) ?? [];
  return Number(total[8]) / TICKS_PER_SECOND;
}

/** @param awake whether somebody plays on them */
async function measure(count: number, awake: boolean): Promise<(string | number)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-bench-'));
  const rig = new RealTimeRig();
  await rig.start();
  const names = Array.from({ length: count }, (_, index) => `board-${index}`);
  const boards: RigBoard[] = [];
  for (const name of names) boards.push(await rig.add({ name, hex: FIRMWARE, linkPath: join(folder, name) }));
  const hosts = boards.map((board) => new Host(board.path));
  await eventually(() => hosts.every((host) => host.seated));
  const pings = setInterval(() => hosts.forEach((host, token) => host.send({ type: 'PING', token })), PING_MS);
  await wait(1000);
  const slips = async (): Promise<number> =>
    (await Promise.all(boards.map((board) => board.stats()))).reduce((sum, stats) => sum + stats.slips, 0);
  const slipsBefore = await slips();
  const [used, began, cycles] = [rigSeconds(), performance.now(), (await boards[0]!.stats()).cycles];
  const stolenBefore = stolenSeconds();
  const latencies = awake ? await play(boards, hosts) : await wait(SECONDS * 1000).then(() => []);
  const seconds = (performance.now() - began) / 1000;
  const busy = (rigSeconds() - used) / seconds;
  const pace = ((await boards[0]!.stats()).cycles - cycles) / (seconds * F_CPU);
  const slipped = (await slips()) - slipsBefore;
  const stolen = ((stolenSeconds() - stolenBefore) / seconds / cpus().length) * 100;
  clearInterval(pings);
  await Promise.all(hosts.map((host) => host.close()));
  await rig.stop();
  rmSync(folder, { recursive: true });
  const quantiles = awake ? [0.5, 0.99, 1].map((share) => quantile(latencies, share)) : ['', '', ''];
  const [thread, machine] = [busy * 100, stolen].map((share) => `${share.toFixed(0)} %`) as [string, string];
  return [`${count} ${awake ? 'played on' : 'asleep'}`, thread, machine, pace, slipped, latencies.length, ...quantiles];
}

it('boards at real time on one core', async () => {
  printTable('Boards of one rig, seated and pinged twice a second; ms from an edge to its whole frame at the pty', [
    ['boards', "rig's thread busy", 'stolen', 'pace (1 is real time)', 'slips', 'changes', 'p50', 'p99', 'max'],
    await measure(1, true),
    await measure(8, true),
    await measure(32, false),
    await measure(32, true),
  ]);
});
