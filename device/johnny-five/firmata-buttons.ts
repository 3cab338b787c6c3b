/**
 * The two buttons of a Firmata board: read by its port reports, debounced here, because johnny-five waits 7 ms first.
 * Reports carry no time and may come late and all at once, so no clock here can tell whether a bounce is over. The board
 * can: it is asked for something after the lockout, and when it answers, all edges from before have arrived.
 */
import type { Firmata } from 'firmata-io';
import { EagerDebounce } from './eager-debounce.ts';
import { PADDLE_BUTTONS } from './paddle-session.ts';
import type { PinEcho } from './pin-echo.ts';

/** Longer than the longest bounce to be expected (9 ms); as in the project's own firmware. */
const LOCKOUT_MS = 10;
/** When the question or its answer was lost on the line; so seldom that they fit into a board that hangs in its start. */
const ASK_AGAIN_MS = 250;

interface Button {
  readonly pin: number;
  readonly bit: number;
  readonly debounce: EagerDebounce;
  /** Counts its reports: an answer that belongs to an earlier one ends no lockout. */
  reports: number;
  timer: NodeJS.Timeout | null;
}

export interface FirmataButtonsOptions {
  readonly io: Firmata;
  readonly echo: PinEcho;
  /** Of up and down. */
  readonly pins: readonly [number, number];
  /** Monotonic, in µs. */
  readonly clock: () => number;
  /** @param held bits held now @param timeUs when, at the first edge */
  changed(held: number, timeUs: number): void;
}

export class FirmataButtons {
  readonly #options: FirmataButtonsOptions;
  readonly #buttons: readonly Button[];
  #listening = false;

  constructor(options: FirmataButtonsOptions) {
    this.#options = options;
    this.#buttons = options.pins.map((pin, index) => ({
      pin,
      bit: PADDLE_BUTTONS[index] ?? 0,
      debounce: new EagerDebounce(),
      reports: 0,
      timer: null,
    }));
  }

  /** Switches pull-ups and reports on; again whenever the board has started anew. */
  setUp(): void {
    const { io } = this.#options;
    for (const { pin } of this.#buttons) pullUp(io, pin);
    for (const button of this.#buttons) {
      if (this.#listening) io.reportDigitalPin(button.pin, 1);
      else io.digitalRead(button.pin, (value) => this.#see(button, value === io.LOW));
    }
    this.#listening = true;
  }

  /** Leaves no timer. Repeat-safe. */
  stop(): void {
    for (const button of this.#buttons) settle(button);
  }

  #see(button: Button, closed: boolean): void {
    if (button.debounce.look(closed)) this.#report(button);
  }

  #report(button: Button): void {
    const timeUs = this.#options.clock();
    settle(button);
    button.reports++;
    this.#lockOut(button, timeUs / 1000 + LOCKOUT_MS);
    const held = this.#buttons.reduce((bits, { debounce, bit }) => (debounce.held ? bits | bit : bits), 0);
    this.#options.changed(held, timeUs);
  }

  /** A timer counts from when its loop last looked at the clock, so on a busy computer it comes too early. */
  #lockOut(button: Button, untilMs: number): void {
    const leftMs = untilMs - this.#options.clock() / 1000;
    if (leftMs > 0) button.timer = setTimeout(() => this.#lockOut(button, untilMs), leftMs);
    else this.#ask(button);
  }

  #ask(button: Button): void {
    const { reports } = button;
    this.#options.echo.ask(() => {
      if (button.reports !== reports) return;
      settle(button);
      if (button.debounce.listen()) this.#report(button);
    });
    button.timer = setTimeout(() => this.#ask(button), ASK_AGAIN_MS);
  }
}

function pullUp(io: Firmata, pin: number): void {
  const { INPUT, PULLUP } = io.MODES;
  if (io.pins[pin]?.supportedModes.includes(PULLUP)) {
    io.pinMode(pin, PULLUP);
  } else {
    // Before protocol 2.5, as in Arduino's own: an input that is written high.
    io.pinMode(pin, INPUT);
    io.digitalWrite(pin, io.HIGH);
  }
}

function settle(button: Button): void {
  if (button.timer) clearTimeout(button.timer);
  button.timer = null;
}
