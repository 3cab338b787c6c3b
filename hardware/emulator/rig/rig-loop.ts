/** The rig's worker thread: takes commands, runs every board up to the wall clock, reports, and waits for half a ms. */
import { closeSync } from 'node:fs';
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { LiveBoard } from './live-board.ts';
import type { BoardCommand, BoardSetup, Command, Order, Report } from './protocol.ts';

type ToBoard = Exclude<BoardCommand, { do: 'add' }>;

export interface RigWorkerData {
  readonly port: MessagePort;
  /** One 32-bit counter of commands given; the handle wakes the loop by it. */
  readonly doorbell: Int32Array;
  /** How long the loop waits when nobody rings, in ms. */
  readonly sliceMs: number;
}

/** How long the loop waits while bytes are under way: about the time of one at 115200 baud. */
const LIVELY_SLICE_MS = 0.1;

export class RigLoop {
  readonly #data: RigWorkerData;
  readonly #boards = new Map<number, LiveBoard>();
  readonly #startNs = process.hrtime.bigint();
  /** Nanoseconds since the loop began: a number is exact for a hundred days. */
  readonly #clock = (): number => Number(process.hrtime.bigint() - this.#startNs);
  #stopped = false;

  constructor(data: RigWorkerData) {
    this.#data = data;
  }

  /** Runs until the command to stop; then every port is closed. */
  run(): void {
    const { doorbell, sliceMs } = this.#data;
    try {
      while (!this.#stopped) {
        const rung = Atomics.load(doorbell, 0);
        this.#takeCommands();
        const lively = this.#turn();
        Atomics.wait(doorbell, 0, rung, lively ? Math.min(LIVELY_SLICE_MS, sliceMs) : sliceMs);
      }
    } finally {
      for (const board of this.#boards.values()) board.unplug();
    }
  }

  /** @returns whether something is going on that calls for a short wait */
  #turn(): boolean {
    let lively = false;
    for (const [id, board] of this.#boards) {
      const nowNs = board.turn(this.#clock);
      const change = board.change(this.#wall(nowNs));
      if (change) this.#report({ board: id, change });
      lively ||= board.isLively(nowNs);
    }
    return lively;
  }

  #takeCommands(): void {
    for (;;) {
      const received: { message: Command } | undefined = receiveMessageOnPort(this.#data.port);
      if (!received) return;
      this.#take(received.message);
    }
  }

  #take({ id, ...order }: Command): void {
    try {
      this.#report({ re: id, value: this.#obey(order) });
    } catch (error) {
      this.#report({ re: id, error: error instanceof Error ? error.message : String(error) });
    }
  }

  #obey({ board: id, command }: Order): unknown {
    if (id === null) {
      this.#stopped = true;
      return undefined;
    }
    if (command.do === 'add') return this.#add(id, command.setup);
    const board = this.#boards.get(id);
    if (!board) throw new Error('the board was never added');
    // Up to now first, so that what is done is done at this moment of the board's time.
    const nowNs = board.turn(this.#clock);
    return this.#apply(board, command, nowNs);
  }

  #apply(board: LiveBoard, command: ToBoard, nowNs: number): unknown {
    if (command.do === 'pin') {
      return board.setPin(command.pin, command.level, command.bounce, nowNs, this.#wall(nowNs));
    }
    if (command.do === 'pins') return board.pins();
    if (command.do === 'eeprom') return Uint8Array.from(board.eeprom);
    if (command.do === 'stats') return board.stats();
    this.#act(board, command, nowNs);
    return undefined;
  }

  #act(board: LiveBoard, command: Exclude<ToBoard, { do: 'pin' }>, nowNs: number): void {
    if (command.do === 'analog') board.setAnalog(command.channel, command.volts);
    else if (command.do === 'plug') board.plug(command.master, nowNs);
    else if (command.do === 'unplug') board.unplug();
    else if (command.do === 'freeze') board.freeze();
    else if (command.do === 'thaw') board.thaw(nowNs);
    else if (command.do === 'reset') board.reset();
    else if (command.do === 'corrupt') board.noise.set(command.noise);
  }

  #add(id: number, setup: BoardSetup): void {
    try {
      this.#boards.set(id, new LiveBoard(setup, this.#clock()));
    } catch (error) {
      closeSync(setup.master);
      throw error;
    }
  }

  #report(report: Report): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort has no origin
    this.#data.port.postMessage(report);
  }

  /** Wall time as the rest of the process knows it. */
  #wall(nowNs: number): bigint {
    return this.#startNs + BigInt(nowNs);
  }
}
