/** Emulated boards in real time on real serial ports: the handle of a worker thread that runs them. */
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { compiledUrl } from '../../shared/package-files.ts';
import type { Command, Order, Report, Wiring } from './rig/protocol.ts';
import { openPty } from './rig/pty.ts';
import { RigBoard } from './rig/rig-board.ts';
import type { RigWorkerData } from './rig/rig-loop.ts';

export type { Noise } from './rig/line-noise.ts';
export type { BoardStats, Bounce, PinChange, PinState, PressRecord, Wiring } from './rig/protocol.ts';
export { RigBoard } from './rig/rig-board.ts';

export interface RigOptions {
  /** How long the worker waits between turns when no command comes, in ms. */
  readonly sliceMs?: number;
  /** Seed of contact bounce and line noise. */
  readonly seed?: number;
}

export interface RigBoardOptions {
  readonly name: string;
  /** Firmware, as the text of an Intel HEX file. */
  readonly hex: string;
  /** Stable path under which the port is found; made as a symbolic link, its folder too. */
  readonly linkPath: string;
  /** A boot loader, as the text of an Intel HEX file: every reset then begins in it. Set `bootMs` to 0 with it. */
  readonly bootloader?: string;
  /** What the EEPROM holds at first, 1024 bytes; erased when left out. Read it back with `eeprom()`. */
  readonly eeprom?: Uint8Array;
  /** Whether opening the port resets the board, as DTR does on an Uno; true when left out. */
  readonly resetOnOpen?: boolean;
  /**
   * How long such a reset takes, in ms; what the host sends meanwhile is lost. A real Uno spends about 1400 in its boot
   * loader; 50 when left out, enough for a host to finish opening, which throws away what came before.
   */
  readonly bootMs?: number;
  /** Pins of light and piezo; 13 and 11, as of the project's own firmware, when left out. */
  readonly wiring?: Wiring;
}

const DEFAULTS = { resetOnOpen: true, bootMs: 50, wiring: { light: 13, tone: 11 } };

/** What spawn takes for one stream of a child. */
type Stdio = 'pipe' | 'ignore' | 'inherit' | number;

interface Pending {
  resolve(value: unknown): void;
  readonly reject: (error: Error) => void;
}

export class RealTimeRig {
  readonly #options: Required<RigOptions>;
  readonly #boards: RigBoard[] = [];
  readonly #pending = new Map<number, Pending>();
  readonly #doorbell = new Int32Array(new SharedArrayBuffer(4));
  #worker: Worker | null = null;
  #port: MessagePort | null = null;
  #exited: Promise<void> = Promise.resolve();
  #nextId = 0;
  /** Open on /dev/null, for children. */
  #nothing: number | null = null;

  constructor({ sliceMs = 0.5, seed = 1 }: RigOptions = {}) {
    this.#options = { sliceMs, seed };
  }

  /** Starts the worker thread. Repeat-safe. */
  async start(): Promise<void> {
    if (this.#worker) return;
    const { port1, port2 } = new MessageChannel();
    const workerData: RigWorkerData = { port: port2, doorbell: this.#doorbell, sliceMs: this.#options.sliceMs };
    // Untracked: the worker closes ports that this thread has opened.
    const options = { workerData, transferList: [port2], trackUnmanagedFds: false };
    const worker = new Worker(compiledUrl('hardware/emulator/rig-worker.js'), options);
    this.#worker = worker;
    this.#port = port1;
    port1.on('message', (report: Report) => this.#hear(report));
    let failure = new Error('the rig was stopped');
    worker.on('error', (error) => (failure = error));
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => resolve(this.#onExit(failure)));
    });
    await Promise.race([once(worker, 'online'), this.#exited]);
  }

  /**
   * Makes a board and plugs it in; it runs from then on.
   * @throws PaddlewireError pty-unavailable
   * @throws Error if the hex is broken, or `linkPath` is there and no symbolic link
   */
  async add({ linkPath, eeprom, bootloader, ...options }: RigBoardOptions): Promise<RigBoard> {
    const id = this.#boards.length;
    const board = new RigBoard(options.name, linkPath, (command) => this.#send({ board: id, command }));
    this.#boards.push(board);
    const pty = await openPty();
    const own = {
      master: pty.master,
      seed: this.#options.seed + id,
      eeprom: eeprom ?? null,
      bootloader: bootloader ?? null,
    };
    await board.connect(pty, { do: 'add', setup: { ...DEFAULTS, ...options, ...own } });
    return board;
  }

  /** Unplugs all boards, removes their links and ends the thread. Repeat-safe. */
  async stop(): Promise<void> {
    if (this.#worker) await this.#send({ board: null, command: { do: 'stop' } }).catch(() => {});
    await this.#exited;
    for (const board of this.#boards) board.forget();
    this.#boards.length = 0;
    if (this.#nothing !== null) closeSync(this.#nothing);
    this.#nothing = null;
  }

  /**
   * What a process started while boards are plugged in must get for its `stdio`. The addon that makes the ports lets
   * every child inherit them, and a port that a child still holds is not hung up when its board is unplugged.
   * @param stdio the first three, as for child_process.spawn
   */
  childStdio(stdio: readonly [Stdio, Stdio, Stdio]): Stdio[] {
    const all: Stdio[] = [...stdio];
    for (const { master } of this.#boards) {
      if (master === null) continue;
      this.#nothing ??= openSync('/dev/null', 'r');
      while (all.length <= master) all.push('ignore');
      all[master] = this.#nothing;
    }
    return all;
  }

  #send<T>(order: Order): Promise<T> {
    const port = this.#port;
    if (!port) return Promise.reject(new Error('the rig is not running'));
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort has no origin
      port.postMessage({ ...order, id } satisfies Command);
      Atomics.add(this.#doorbell, 0, 1);
      Atomics.notify(this.#doorbell, 0);
    });
  }

  #hear(report: Report): void {
    if ('change' in report) {
      this.#boards[report.board]?.changed(report.change);
      return;
    }
    const pending = this.#pending.get(report.re);
    this.#pending.delete(report.re);
    if ('error' in report) pending?.reject(new Error(report.error));
    else pending?.resolve(report.value);
  }

  #onExit(reason: Error): void {
    this.#worker = null;
    this.#port?.close();
    this.#port = null;
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}
