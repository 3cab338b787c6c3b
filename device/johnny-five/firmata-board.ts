/** A board that runs StandardFirmata, as the parts of a paddle: two buttons, light, piezo, perhaps a knob. */
import firmataIo, { type Firmata } from 'firmata-io';
import five, { type Board, type Led, type Piezo, type PiezoController, type Sensor } from 'johnny-five';
import { PaddlewireError } from '../../shared/errors.ts';
import { FirmataButtons } from './firmata-buttons.ts';
import { LineTone } from './line-tone.ts';
import { PinEcho } from './pin-echo.ts';
import { Wire, type FirmataTransport } from './wire.ts';

/** Where the parts are connected. Buttons go to ground, the knob between ground and 5 V. */
export interface PaddlePins {
  readonly up: number;
  readonly down: number;
  readonly light: number;
  readonly piezo: number;
  /** Number of the knob's analog input, or null for none. */
  readonly knob: number | null;
}

export interface BoardEvents {
  /** @param held bits of BUTTON @param timeUs when, at the first edge */
  buttons(held: number, timeUs: number): void;
  /** @param position 0 to 4095 */
  knob(position: number): void;
  /** The board answered a probe. @param token the probe's */
  alive(token: number): void;
  /** The port is gone. */
  lost(): void;
}

export interface FirmataBoardOptions {
  readonly transport: FirmataTransport;
  readonly pins: PaddlePins;
  /** Monotonic, in µs. */
  readonly clock: () => number;
  readonly events: BoardEvents;
}

const REPORT_VERSION = 0xf9;
const END_SYSEX = 0xf7;
const QUERY_FIRMWARE = [0xf0, 0x79, END_SYSEX];
const SYSTEM_RESET = 0xff;
const DIGITAL_MESSAGE = 0x90;
/** A board that was reset by opening its port tells its version by itself, within 2.4 s; one that was not is asked. */
const ASK_AFTER_MS = 3000;
const ASK_AGAIN_MS = 1000;
/** The knob is looked at as often as Firmata reports it, in ms; smaller steps of 1023 are noise. */
const KNOB_EVERY_MS = 20;
const KNOB_STEP = 3;
const KNOB_MAX = 1023;
const AXIS_MAX = 4095;
const DEFAULT_BAUD = 57_600;

/** What five.Piezo plays on; empty once the board is gone. */
interface Speaker {
  tone: LineTone | null;
}

interface Parts {
  readonly board: Board;
  readonly led: Led;
  readonly piezo: Piezo;
  readonly speaker: Speaker;
  readonly knob: Sensor | null;
}

export class FirmataBoard {
  readonly #options: FirmataBoardOptions;
  readonly #wire = new Wire();
  readonly #io: Firmata;
  readonly #echo: PinEcho;
  readonly #tone: LineTone;
  readonly #buttons: FirmataButtons;
  #parts: Parts | null = null;
  /** Ends a `connect` that is under way. */
  #cancel: (() => void) | null = null;
  #closed = false;
  #lit = false;

  constructor(options: FirmataBoardOptions) {
    const { transport, pins, clock, events } = options;
    // Firmata writes eight pins at once, and a write to a pressed button's port would switch its pull-up off.
    for (const output of [pins.light, pins.piezo]) {
      if (output >> 3 === pins.up >> 3 || output >> 3 === pins.down >> 3) {
        throw new RangeError(`pin ${output} is in the same group of eight as a button`);
      }
    }
    this.#options = options;
    // Its own time-out would ask once and give up; `connect` asks.
    this.#io = new firmataIo.Firmata(this.#wire, { reportVersionTimeout: 0x7fff_ffff });
    clearTimeout(this.#io.reportVersionTimeoutId);
    this.#echo = new PinEcho(this.#io, (bytes) => this.#wire.write(bytes));
    this.#buttons = new FirmataButtons({
      io: this.#io,
      echo: this.#echo,
      pins: [pins.up, pins.down],
      clock,
      changed: (held, timeUs) => events.buttons(held, timeUs),
    });
    this.#tone = new LineTone({
      bytesPerSecond: (transport.baudRate ?? DEFAULT_BAUD) / 10,
      nowMs: () => clock() / 1000,
      write: (bytes) => this.#wire.write(bytes),
      toggle: (level) => this.#piezoMessage(level),
    });
  }

  /** E.g. `firmata 2.3`. */
  get firmware(): string {
    const { major = 0, minor = 0 } = this.#io.version;
    return `firmata ${major}.${minor}`;
  }

  /**
   * Waits until the board has told what it is, and sets its pins up.
   * @param timeoutMs when to give up
   * @throws PaddlewireError port-silent if there is no Firmata, port-lost if the port went away
   */
  async connect(timeoutMs: number): Promise<void> {
    this.#wire.connect(this.#options.transport);
    this.#wire.on('close', () => this.#options.events.lost());
    await this.#handshake(timeoutMs);
    const parts = await this.#build();
    this.#parts = parts;
    if (this.#closed) {
      forget(parts);
      throw new PaddlewireError('port-lost');
    }
    const { up, down } = this.#options.pins;
    this.#echo.start([up, down]);
    // It tells its name unasked only when it has started anew: all pins are what they were at power-on.
    this.#io.on('queryfirmware', () => this.#setUp());
    this.#setUp();
  }

  light(on: boolean): void {
    if (on === this.#lit) return;
    this.#lit = on;
    if (on) this.#parts?.led.on();
    else this.#parts?.led.off();
  }

  /** @param hertz 0 for silence @param ms how long; 0: until changed */
  tone(hertz: number, ms: number): void {
    if (hertz === 0) this.#parts?.piezo.off();
    else this.#parts?.piezo.frequency(hertz, ms === 0 ? Infinity : ms);
  }

  /** Asks the board for a sign of life; `alive` is the answer. */
  probe(token: number): void {
    this.#echo.ask(() => this.#options.events.alive(token));
  }

  /** Silences the board and lets go of its port. Leaves no timer. Repeat-safe. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancel?.();
    this.#buttons.stop();
    this.#tone.stop();
    this.#wire.write(Buffer.of(SYSTEM_RESET));
    this.#wire.cut();
    this.#wire.removeAllListeners();
    this.#io.removeAllListeners();
    if (this.#parts) forget(this.#parts);
    this.#parts = null;
  }

  #handshake(timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const ask = (): void => this.#wire.write(Buffer.of(REPORT_VERSION, ...QUERY_FIRMWARE));
      let asking = setTimeout(() => {
        ask();
        asking = setInterval(ask, ASK_AGAIN_MS);
      }, ASK_AFTER_MS);
      const end = (error?: PaddlewireError): void => {
        clearInterval(asking);
        clearTimeout(deadline);
        this.#cancel = null;
        if (error) reject(error);
        else resolve();
      };
      const deadline = setTimeout(() => end(new PaddlewireError('port-silent', 'No Firmata answers.')), timeoutMs);
      this.#cancel = () => end(new PaddlewireError('port-lost'));
      this.#io.once('ready', () => end());
    });
  }

  /** johnny-five's board and parts, on a Firmata that is ready. */
  async #build(): Promise<Parts> {
    const { pins } = this.#options;
    const board = new five.Board({ io: this.#io, repl: false, debug: false, sigint: false });
    // It repeats errors as its own events; an `error` nobody hears would end the process.
    board.on('error', () => {});
    await new Promise((resolve) => {
      board.once('ready', resolve);
    });
    const speaker: Speaker = { tone: this.#tone };
    return {
      board,
      led: new five.Led({ pin: pins.light, board }),
      piezo: new five.Piezo({ pin: pins.piezo, board, controller: lineTimed(speaker) }),
      speaker,
      knob: pins.knob === null ? null : this.#knob(pins.knob, board),
    };
  }

  #knob(channel: number, board: Board): Sensor {
    const knob = new five.Sensor({ pin: `A${channel}`, board, freq: KNOB_EVERY_MS, threshold: KNOB_STEP });
    knob.on('change', (value: number) => this.#options.events.knob(Math.round((value * AXIS_MAX) / KNOB_MAX)));
    return knob;
  }

  /** Sets all pins, at first and whenever the board has forgotten them. */
  #setUp(): void {
    const { pins } = this.#options;
    // A question that was cut off while the board started would swallow what follows; by itself this byte is skipped.
    this.#wire.write(Buffer.of(END_SYSEX));
    this.#buttons.setUp();
    this.#io.pinMode(pins.light, this.#io.MODES.OUTPUT);
    this.#io.pinMode(pins.piezo, this.#io.MODES.OUTPUT);
    if (pins.knob !== null) this.#io.reportAnalogPin(pins.knob, 1);
    this.#io.digitalWrite(pins.light, this.#lit ? this.#io.HIGH : this.#io.LOW);
  }

  #piezoMessage(level: boolean): readonly number[] {
    const { piezo } = this.#options.pins;
    this.#io.digitalWrite(piezo, level ? this.#io.HIGH : this.#io.LOW, true);
    const port = piezo >> 3;
    const levels = this.#io.ports[port] ?? 0;
    return [DIGITAL_MESSAGE | port, levels & 0x7f, (levels >> 7) & 0x7f];
  }
}

/** A way for five.Piezo to make a tone by LineTone, in place of its own. */
const lineTimed = (speaker: Speaker): PiezoController => ({
  // The pin is set up with all others.
  initialize: { value: () => {} },
  tone: { value: (halfPeriodUs, ms) => speaker.tone?.start(halfPeriodUs, ms) },
  noTone: { value: () => speaker.tone?.stop() },
});

/** johnny-five keeps every board and part for the life of the process; so as little hangs on them as can be. */
function forget({ board, led, piezo, speaker, knob }: Parts): void {
  led.stop();
  knob?.disable();
  knob?.removeAllListeners();
  board.removeAllListeners();
  if (board.timer) clearTimeout(board.timer);
  const { cache } = five.Board;
  const index = cache.indexOf(board);
  if (index >= 0) cache.splice(index, 1);
  speaker.tone = null;
  for (const part of [led, piezo, knob]) {
    if (part) part.board = part.io = null;
  }
  board.register.length = 0;
  board.pins = board.transport = board.io = null;
}
