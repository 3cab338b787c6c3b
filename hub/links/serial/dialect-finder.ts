/**
 * Finds out what a board on a port speaks: a table of what to do when, and what was heard. Pure: bytes and time go in.
 *
 * A probe may reach a board of another dialect, or be sent at a rate that is not the board's. What it does there:
 * - **our firmware** takes Firmata's question, or garbage, for a frame that is spoilt, and counts it; a link begins with
 *   a zero, so that no frame after it is lost.
 * - **StandardFirmata** skips data outside a sysex, and the other question has no 0xF0 in it. Should a wrong rate make one,
 *   the few bytes after it are an unknown sysex, which its own question ends before it asks.
 * - **a text sketch** gets a line or two that it does not know. No probe has a byte in it that ends a program of
 *   MicroPython (Ctrl-C, Ctrl-D) or opens its raw mode (Ctrl-A, Ctrl-E).
 * - **a boot loader** (STK500: optiboot, ATmegaBOOT) starts the program at the first byte that is no command of it, as
 *   both probes' first are, at whatever rate; none writes to flash without a whole page and its end mark.
 */
import {
  ASK_AT_FIRST_BAUD,
  ASK_FIRMATA,
  BAUD,
  COURTESY_BAUD,
  DialectListener,
  type Dialect,
  type Heard,
} from './dialects.ts';

interface Step {
  /** When in the round, in ms. */
  readonly at: number;
  readonly baud: number;
  readonly probe: Uint8Array | null;
}

const step = (at: number, baud: number, probe: Uint8Array | null): Step => ({ at, baud, probe });

/**
 * What starts by itself is heard: an Uno that was reset by the opening says HELLO after some 1.4 s, or StandardFirmata its
 * name a second later. What does not is asked within 2 s, in each dialect.
 */
const FIRST_ROUND: readonly Step[] = [
  step(0, BAUD.paddlewire, null),
  step(500, BAUD.paddlewire, ASK_AT_FIRST_BAUD),
  step(1100, BAUD.paddlewire, ASK_AT_FIRST_BAUD),
  step(1900, BAUD.firmata, ASK_FIRMATA),
  step(2400, BAUD.firmata, ASK_FIRMATA),
  step(2900, BAUD.firmata, ASK_FIRMATA),
  step(3500, COURTESY_BAUD, null),
];
const FIRST_ROUND_MS = 4300;

/** For a board that says nothing we know: asked now and then, and listened to at the rate that most speak. */
const LATER_ROUND: readonly Step[] = [
  step(0, BAUD.paddlewire, ASK_AT_FIRST_BAUD),
  step(3500, BAUD.firmata, ASK_FIRMATA),
  step(4000, COURTESY_BAUD, null),
];
const LATER_ROUND_MS = 5000;

/** What a caller has to do: change the rate first, then write. */
export interface Order {
  /** Null: stays as it is. */
  readonly baud: number | null;
  readonly write: Uint8Array | null;
}

const NOTHING: Heard = { bytes: 0, line: null };
/** Bytes that are kept for whoever speaks with the board afterwards. */
const KEPT_BYTES = 2048;

/** `listen`: nothing was asked yet. `probe`: asked. `nobody`: after a round without success; it goes on. */
export type FinderState = 'listen' | 'probe' | 'decided' | 'nobody';

export class DialectFinder {
  #round: readonly Step[] = FIRST_ROUND;
  #roundMs = FIRST_ROUND_MS;
  #began: number;
  /** The step that comes next. */
  #next = 1;
  #baud = BAUD.paddlewire;
  #listener = new DialectListener();
  #kept: Uint8Array[] = [];
  #state: FinderState = 'listen';
  #found: Dialect | null = null;
  /** In this round so far, at the rate where most was to be read, and in the round before. */
  #heard = NOTHING;
  #before = NOTHING;
  /** How many rounds have ended without success. */
  rounds = 0;

  /** @param now when the port was opened, at the first rate, 115200; in ms */
  constructor(now: number) {
    this.#began = now;
  }

  get state(): FinderState {
    return this.#state;
  }

  get dialect(): Dialect | null {
    return this.#found;
  }

  /** The rate it was, or is being, looked for at. */
  get baud(): number {
    return this.#baud;
  }

  /** What was heard in the round that ended last; text before garbage. */
  get heard(): Heard {
    return this.#before;
  }

  /** When `tick` has something to do next; Infinity once decided. */
  get wakeAt(): number {
    if (this.#state === 'decided') return Infinity;
    return this.#began + (this.#round[this.#next]?.at ?? this.#roundMs);
  }

  /** All bytes read at this rate so far: they belong to whoever speaks with the board now. */
  get unread(): Uint8Array {
    return Uint8Array.from(this.#kept.flatMap((chunk) => [...chunk]));
  }

  /** @returns whether the dialect is known now; what comes after that is not for the finder */
  push(chunk: Uint8Array): boolean {
    if (this.#state === 'decided') return true;
    this.#keep(chunk);
    this.#found = this.#listener.push(chunk);
    if (this.#found !== null) this.#state = 'decided';
    return this.#found !== null;
  }

  /** Time has passed. @returns what is due now */
  tick(now: number): Order {
    if (now < this.wakeAt) return { baud: null, write: null };
    const due = this.#round[this.#next++] ?? this.#nextRound(now);
    if (this.#state === 'listen') this.#state = 'probe';
    if (due.baud === this.#baud) return { baud: null, write: due.probe };
    this.#heard = better(this.#heard, this.#listener.heard);
    this.#baud = due.baud;
    this.#listener = new DialectListener();
    this.#kept = [];
    return { baud: due.baud, write: due.probe };
  }

  #nextRound(now: number): Step {
    this.#before = better(this.#heard, this.#listener.heard);
    this.#heard = NOTHING;
    this.#listener = new DialectListener();
    this.rounds++;
    this.#state = 'nobody';
    this.#round = LATER_ROUND;
    this.#roundMs = LATER_ROUND_MS;
    this.#began = now;
    this.#next = 1;
    return LATER_ROUND[0] as Step;
  }

  #keep(chunk: Uint8Array): void {
    this.#kept.push(Uint8Array.from(chunk));
    let length = this.#kept.reduce((sum, { length: bytes }) => sum + bytes, 0);
    while (length > KEPT_BYTES && this.#kept.length > 1) length -= this.#kept.shift()?.length ?? 0;
  }
}

function better(a: Heard, b: Heard): Heard {
  if ((a.line === null) !== (b.line === null)) return a.line === null ? b : a;
  return a.bytes >= b.bytes ? a : b;
}
