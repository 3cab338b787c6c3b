/** The little of johnny-five 2.1 that this folder uses; it brings no types of its own. */
declare module 'johnny-five' {
  import type { EventEmitter } from 'node:events';
  import type { Firmata } from 'firmata-io';

  interface BoardOptions {
    io: Firmata;
    repl: boolean;
    debug: boolean;
    sigint: boolean;
  }
  class Board extends EventEmitter {
    constructor(options: BoardOptions);
    static readonly cache: Board[];
    io: Firmata | null;
    transport: unknown;
    pins: unknown;
    register: unknown[];
    timer: NodeJS.Timeout | null;
  }
  /** What every part has. */
  interface Part {
    board: Board | null;
    io: Firmata | null;
  }
  class Led implements Part {
    board: Board | null;
    io: Firmata | null;
    constructor(options: { pin: number; board: Board });
    on(): this;
    off(): this;
    stop(): this;
  }
  /** Takes the place of johnny-five's own way to make a tone; `this` is the Piezo. */
  interface PiezoController {
    initialize: { value(): void };
    tone: { value(halfPeriodUs: number, durationMs: number): void };
    noTone: { value(): void };
  }
  class Piezo implements Part {
    board: Board | null;
    io: Firmata | null;
    constructor(options: { pin: number; board: Board; controller: PiezoController });
    frequency(hertz: number, durationMs: number): void;
    off(): void;
  }
  class Sensor extends EventEmitter implements Part {
    board: Board | null;
    io: Firmata | null;
    constructor(options: { pin: string; board: Board; freq: number; threshold: number });
    disable(): this;
  }
  const five: { Board: typeof Board; Led: typeof Led; Piezo: typeof Piezo; Sensor: typeof Sensor };
  export default five;
  export type { Board, Led, Piezo, Sensor, PiezoController };
}

/** And of firmata-io 2.3. */
declare module 'firmata-io' {
  import type { EventEmitter } from 'node:events';

  interface Pin {
    readonly supportedModes: readonly number[];
  }
  class Firmata extends EventEmitter {
    constructor(transport: EventEmitter, options: { reportVersionTimeout: number });
    readonly MODES: { INPUT: number; OUTPUT: number; ANALOG: number; PULLUP: number };
    readonly HIGH: 1;
    readonly LOW: 0;
    readonly pins: Pin[];
    readonly analogPins: number[];
    readonly ports: number[];
    readonly firmware: { name?: string; version?: { major: number; minor: number } };
    readonly version: { major?: number; minor?: number };
    reportVersionTimeoutId: NodeJS.Timeout;
    pinMode(pin: number, mode: number): void;
    digitalWrite(pin: number, value: 0 | 1, enqueue?: boolean): void;
    digitalRead(pin: number, callback: (value: 0 | 1) => void): void;
    reportDigitalPin(pin: number, value: 0 | 1): void;
    reportAnalogPin(channel: number, value: 0 | 1): void;
  }
  const firmata: { Firmata: typeof Firmata };
  export default firmata;
  export type { Firmata };
}
