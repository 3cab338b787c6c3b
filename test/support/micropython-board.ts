/** A board with MicroPython: the true interpreter runs the program as it is, on stand-ins for pins, WiFi and sockets. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { loadMicroPython, type MicroPython } from '@micropython/micropython-webassembly-pyscript/micropython.mjs';
import { onTestFinished } from 'vitest';
import { packageUrl } from '../../shared/package-files.ts';

const source = (path: string): string => readFileSync(packageUrl(path), 'utf8');

const STEP_MS = 1;
const RECORDS_FILE = 'records.txt';

export interface BoardOptions {
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly platform?: 'rp2' | 'esp32';
  /** Its flash, as a board that ran before has left it. */
  readonly flash?: string;
}

export class MicroPythonBoard {
  /** What it printed. */
  readonly printed: string[] = [];
  readonly network = new Network();
  readonly #python: MicroPython;
  #loop: NodeJS.Timeout | null = null;

  private constructor(python: MicroPython) {
    this.#python = python;
  }

  /** Powers one up; off again after the test. */
  static async start({ settings, platform = 'rp2', flash }: BoardOptions): Promise<MicroPythonBoard> {
    let board: MicroPythonBoard | null = null;
    const python = await loadMicroPython({
      linebuffer: true,
      stdout: (line: string) => board?.printed.push(line),
      heapsize: 1024 * 1024,
    });
    board = new MicroPythonBoard(python);
    python.registerJsModule('net', board.network);
    const own = Object.entries(settings).map(([name, value]) => `${name} = ${literal(value)}\n`);
    python.FS.writeFile('settings.py', source('device/micropython/settings.py') + own.join(''));
    python.FS.writeFile('main.py', source('device/micropython/main.py').replaceAll('sys.platform', `'${platform}'`));
    python.FS.writeFile('board_parts.py', source('test/support/micropython/board_parts.py'));
    if (flash !== undefined) python.FS.writeFile(RECORDS_FILE, flash);
    python.runPython("import sys; sys.path.insert(0, '')\nimport board_parts as board\n");
    python.runPython(`board.sys.platform = '${platform}'`);
    python.runPython('import main\npaddle = main.Paddle()');
    board.#loop = setInterval(() => python.runPython('paddle.step()'), STEP_MS);
    onTestFinished(() => board.cutPower());
    return board;
  }

  /** The value of an expression over `paddle` (the program) and `board` (the stand-ins). */
  value(expression: string): unknown {
    this.#python.runPython(`import json; shown = json.dumps(${expression})`);
    return JSON.parse(String(this.#python.globals.get('shown')));
  }

  run(statement: string): void {
    this.#python.runPython(statement);
  }

  /** A button by its pin; several levels follow each other within a µs. */
  set(pin: number, ...levels: number[]): void {
    this.run(`board.set_levels(${pin}, ${JSON.stringify(levels)})`);
  }

  /** Moves its clock on, as if it had waited. */
  wait(ms: number): void {
    this.run(`board.time.moved_ms += ${ms}`);
  }

  get flash(): string {
    return this.#python.FS.readFile(RECORDS_FILE, { encoding: 'utf8' });
  }

  cutPower(): void {
    if (this.#loop !== null) clearInterval(this.#loop);
    this.#loop = null;
    this.network.cut();
  }
}

/** TCP for the stand-in of a socket. Bytes as hex; null: nothing has arrived; '': the other end is gone. */
class Network {
  /** While true, nothing that the board sends leaves it. */
  mute = false;
  /** While true, nothing that the hub sends arrives. */
  deaf = false;
  /** All that the board has sent, as text. */
  sent = '';
  readonly #sockets = new Map<number, { socket: Socket; state: string; received: Buffer }>();
  #last = 0;

  connect(host: string, port: number): number {
    const socket = connect(port, host).setNoDelay();
    const entry = { socket, state: 'connecting', received: Buffer.alloc(0) };
    socket.on('connect', () => (entry.state = 'open'));
    socket.on('data', (bytes: Buffer) => {
      if (!this.deaf) entry.received = Buffer.concat([entry.received, bytes]);
    });
    socket.on('error', () => {});
    socket.on('close', () => (entry.state = 'closed'));
    this.#sockets.set(++this.#last, entry);
    return this.#last;
  }

  state(id: number): string {
    return this.#sockets.get(id)?.state ?? 'closed';
  }

  send(id: number, hex: string): number {
    this.sent += Buffer.from(hex, 'hex').toString('latin1');
    if (!this.mute) this.#sockets.get(id)?.socket.write(Buffer.from(hex, 'hex'));
    return hex.length / 2;
  }

  recv(id: number, size: number): string | null {
    const entry = this.#sockets.get(id);
    if (entry === undefined) return '';
    if (entry.received.length === 0) return entry.state === 'closed' ? '' : null;
    const bytes = entry.received.subarray(0, size);
    entry.received = entry.received.subarray(size);
    return bytes.toString('hex');
  }

  /** What would come from the hub, made up. */
  inject(bytes: Uint8Array): void {
    const entry = this.#sockets.get(this.#last);
    if (entry !== undefined) entry.received = Buffer.concat([entry.received, bytes]);
  }

  random(count: number): string {
    return randomBytes(count).toString('hex');
  }

  close(id: number): void {
    this.#sockets.get(id)?.socket.destroy();
    this.#sockets.delete(id);
  }

  cut(): void {
    for (const { socket } of this.#sockets.values()) socket.destroy();
  }
}

const literal = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value);
