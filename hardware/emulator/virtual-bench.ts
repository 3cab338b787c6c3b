/**
 * One or more boards and a host on a common virtual clock, in one thread. The host is called at fixed steps; nothing
 * else happens in between but the boards. The same inputs give the same transcript, event by event.
 */
import { HostEnd } from './host-end.ts';
import type { EmulatedUno } from './uno.ts';

/** 0.1 ms: finer than any host's own timing. */
const DEFAULT_STEP_CYCLES = 1600;

/** Called at each step with the bench's cycle; may write to boards, set pins and schedule stimuli. */
export type Host = (cycle: number, bench: VirtualBench) => void;

/** Something that crossed a wire: a byte of the board as the host heard it (`tx`), one of the host as it was sent (`rx`), or a watched pin that changed. */
export interface BenchEvent {
  readonly cycle: number;
  readonly board: string;
  readonly kind: 'tx' | 'rx' | `pin ${number}`;
  /** The byte, or the level as 0 or 1. */
  readonly value: number;
}

export interface BenchOptions {
  readonly host?: Host;
  /** Cycles between two calls of the host. */
  readonly stepCycles?: number;
}

interface Seat {
  readonly name: string;
  readonly uno: EmulatedUno;
  readonly end: HostEnd;
  /** Bench cycle at which the board's own counter was 0. */
  readonly origin: number;
}

export class VirtualBench {
  /** All that happened, in the order of cycles within a step, boards in the order they were added. */
  readonly transcript: BenchEvent[] = [];
  readonly #host: Host | undefined;
  readonly #stepCycles: number;
  readonly #seats = new Map<string, Seat>();
  #cycle = 0;

  constructor({ host, stepCycles = DEFAULT_STEP_CYCLES }: BenchOptions = {}) {
    this.#host = host;
    this.#stepCycles = stepCycles;
  }

  /** Cycles of 62.5 ns since the bench was made. */
  get cycle(): number {
    return this.#cycle;
  }

  /** Puts a board on the bench, its time continuing from the bench's now. @param watch pins whose edges are noted */
  add(name: string, uno: EmulatedUno, watch: readonly number[] = []): void {
    if (this.#seats.has(name)) throw new Error(`there is a board ${name} already`);
    const origin = this.#cycle - uno.cycle;
    const end = new HostEnd(uno);
    this.#seats.set(name, { name, uno, end, origin });
    const note = (kind: BenchEvent['kind'], value: number, cycle: number): void => {
      this.transcript.push({ cycle: cycle + origin, board: name, kind, value });
    };
    end.onByte((byte, cycle) => note('tx', byte, cycle));
    for (const pin of watch) uno.onPin(pin, (level, cycle) => note(`pin ${pin}`, level ? 1 : 0, cycle));
  }

  /** @throws Error if there is no such board */
  board(name: string): EmulatedUno {
    return this.#seat(name).uno;
  }

  /** Sets the rate of the host's port to a board, 115200 baud at first. */
  setBaud(name: string, baud: number): void {
    this.#seat(name).end.baud = baud;
  }

  /** Sends bytes to a board at the rate of the host's port, and notes them. */
  write(name: string, bytes: Uint8Array): void {
    this.#seat(name).end.write(bytes);
    for (const value of bytes) this.transcript.push({ cycle: this.#cycle, board: name, kind: 'rx', value });
  }

  /** Does `fn` at a cycle of the bench, exact to the instruction. */
  schedule(name: string, cycle: number, fn: (uno: EmulatedUno) => void): void {
    const { uno, origin } = this.#seat(name);
    uno.schedule(cycle - origin, () => fn(uno));
  }

  /** Runs all boards to `untilCycle`, step by step. */
  run(untilCycle: number): void {
    while (this.#cycle < untilCycle) this.#step(Math.min(untilCycle, this.#cycle + this.#stepCycles));
  }

  /**
   * Runs until `condition` holds after a step.
   * @param limitCycle when to give up
   * @throws Error at the limit
   */
  runUntil(condition: () => boolean, limitCycle: number): void {
    while (!condition()) {
      if (this.#cycle >= limitCycle) throw new Error(`the condition did not hold by cycle ${limitCycle}`);
      this.#step(this.#cycle + this.#stepCycles);
    }
  }

  #step(until: number): void {
    const from = this.transcript.length;
    for (const { uno, origin } of this.#seats.values()) uno.run(until - origin);
    this.#cycle = until;
    if (this.#seats.size > 1) this.#sortSince(from);
    this.#host?.(until, this);
  }

  #sortSince(index: number): void {
    const step = this.transcript.splice(index);
    this.transcript.push(...step.toSorted((a, b) => a.cycle - b.cycle));
  }

  #seat(name: string): Seat {
    const seat = this.#seats.get(name);
    if (!seat) throw new Error(`there is no board ${name}`);
    return seat;
  }
}
