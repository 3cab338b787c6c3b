/** The two buttons of a Firmata board: read by its port reports, debounced here, because johnny-five waits 7 ms first. */
import type { Firmata } from 'firmata-io';
import { EagerDebounce } from './eager-debounce.ts';
import { PADDLE_BUTTONS } from './paddle-session.ts';

interface Button {
  readonly pin: number;
  readonly bit: number;
  readonly debounce: EagerDebounce;
  closed: boolean;
  timer: NodeJS.Timeout | null;
}

export class FirmataButtons {
  readonly #buttons: readonly Button[];
  readonly #clock: () => number;
  readonly #changed: (held: number, timeUs: number) => void;
  #attached: Firmata | null = null;

  /**
   * @param pins of up and down
   * @param clock monotonic, in µs
   * @param changed called with the bits held now, and the time of the first edge in µs
   */
  constructor(pins: readonly [number, number], clock: () => number, changed: (held: number, timeUs: number) => void) {
    this.#clock = clock;
    this.#changed = changed;
    this.#buttons = pins.map((pin, index) => ({
      pin,
      bit: PADDLE_BUTTONS[index] ?? 0,
      debounce: new EagerDebounce(),
      closed: false,
      timer: null,
    }));
  }

  /** Switches pull-ups and reports on; again whenever the board has started anew. */
  attach(io: Firmata): void {
    for (const { pin } of this.#buttons) pullUp(io, pin);
    for (const button of this.#buttons) {
      if (this.#attached === io) io.reportDigitalPin(button.pin, 1);
      else io.digitalRead(button.pin, (value) => this.#look(button, value === io.LOW));
    }
    this.#attached = io;
  }

  /** Leaves no timer. Repeat-safe. */
  stop(): void {
    for (const button of this.#buttons) {
      if (button.timer) clearTimeout(button.timer);
      button.timer = null;
    }
  }

  #look(button: Button, closed: boolean): void {
    const timeUs = this.#clock();
    button.closed = closed;
    const changed = button.debounce.look(closed, timeUs / 1000);
    this.#lookAgain(button);
    if (!changed) return;
    const held = this.#buttons.reduce((bits, { debounce, bit }) => (debounce.held ? bits | bit : bits), 0);
    this.#changed(held, timeUs);
  }

  /** When the button is no longer deaf, what it missed must not stay unseen. */
  #lookAgain(button: Button): void {
    if (button.timer) clearTimeout(button.timer);
    const at = button.debounce.lookAgainAt;
    button.timer =
      at === undefined ? null : setTimeout(() => this.#look(button, button.closed), at - this.#clock() / 1000 + 1);
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
