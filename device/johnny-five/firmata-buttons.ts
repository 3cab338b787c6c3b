/**
 * The two buttons of a Firmata board: read by its port reports, debounced here, because johnny-five waits 7 ms first.
 * Reports carry no time and may come late and all at once, so no clock here can tell whether a bounce is over. The board
 * can: it is asked for something after the lockout, and when it answers, all edges from before have arrived.
 */
import type { Firmata } from 'firmata-io';
import { EagerDebounce } from './eager-debounce.ts';
import { PADDLE_BUTTONS } from './paddle-session.ts';

/** Longer than the longest bounce to be expected (9 ms); as in the project's own firmware. */
const LOCKOUT_MS = 10;
/** When the question or its answer was lost on the line. */
const ASK_AGAIN_MS = 100;

interface Button {
  readonly pin: number;
  readonly bit: number;
  readonly debounce: EagerDebounce;
  timer: NodeJS.Timeout | null;
}

export class FirmataButtons {
  readonly #io: Firmata;
  readonly #buttons: readonly Button[];
  readonly #clock: () => number;
  readonly #changed: (held: number, timeUs: number) => void;
  #listening = false;

  /**
   * @param pins of up and down
   * @param clock monotonic, in µs
   * @param changed called with the bits held now, and the time of the first edge in µs
   */
  constructor(
    io: Firmata,
    pins: readonly [number, number],
    clock: () => number,
    changed: (held: number, timeUs: number) => void,
  ) {
    this.#io = io;
    this.#clock = clock;
    this.#changed = changed;
    this.#buttons = pins.map((pin, index) => ({
      pin,
      bit: PADDLE_BUTTONS[index] ?? 0,
      debounce: new EagerDebounce(),
      timer: null,
    }));
  }

  /** Switches pull-ups and reports on; again whenever the board has started anew. */
  setUp(): void {
    for (const { pin } of this.#buttons) this.#pullUp(pin);
    for (const button of this.#buttons) {
      if (this.#listening) this.#io.reportDigitalPin(button.pin, 1);
      else this.#listen(button);
    }
    this.#listening = true;
  }

  /** Leaves no timer. Repeat-safe. */
  stop(): void {
    for (const button of this.#buttons) settle(button);
  }

  #listen(button: Button): void {
    const { debounce, pin } = button;
    this.#io.digitalRead(pin, (value) => {
      if (debounce.look(value === this.#io.LOW)) this.#report(button);
    });
    this.#io.on(`pin-state-${pin}`, () => {
      settle(button);
      if (debounce.listen()) this.#report(button);
    });
  }

  #report(button: Button): void {
    const timeUs = this.#clock();
    settle(button);
    button.timer = setTimeout(() => this.#ask(button), LOCKOUT_MS);
    const held = this.#buttons.reduce((bits, { debounce, bit }) => (debounce.held ? bits | bit : bits), 0);
    this.#changed(held, timeUs);
  }

  #ask(button: Button): void {
    this.#io.queryPinState(button.pin, () => {});
    button.timer = setTimeout(() => this.#ask(button), ASK_AGAIN_MS);
  }

  #pullUp(pin: number): void {
    const { INPUT, PULLUP } = this.#io.MODES;
    if (this.#io.pins[pin]?.supportedModes.includes(PULLUP)) {
      this.#io.pinMode(pin, PULLUP);
    } else {
      // Before protocol 2.5, as in Arduino's own: an input that is written high.
      this.#io.pinMode(pin, INPUT);
      this.#io.digitalWrite(pin, this.#io.HIGH);
    }
  }
}

function settle(button: Button): void {
  if (button.timer) clearTimeout(button.timer);
  button.timer = null;
}
