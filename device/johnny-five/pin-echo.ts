/**
 * Asks the board something, and knows which answer belongs to which question. Firmata numbers neither, but the state of
 * a pin carries the pin's number: so each question asks for another pin, and a late answer is not taken for a new one.
 */
import type { Firmata } from 'firmata-io';

const START_SYSEX = 0xf0;
const PIN_STATE_QUERY = 0x6d;
const END_SYSEX = 0xf7;

export class PinEcho {
  readonly #io: Firmata;
  readonly #write: (bytes: Buffer) => void;
  /** Pins to ask for, and who waits for the answer. */
  #questions: { readonly pin: number; answered: (() => void) | null }[] = [];
  #next = 0;

  constructor(io: Firmata, write: (bytes: Buffer) => void) {
    this.#io = io;
    this.#write = write;
  }

  /**
   * Begins to listen for answers. Once, when the board's pins are known.
   * @param except pins that are read: Firmata takes the mode in an answer for the pin's, and just after a start of the
   * board it is not yet what it was set to
   */
  start(except: readonly number[]): void {
    const pins = [...this.#io.pins.keys()].filter((pin) => !except.includes(pin));
    this.#questions = pins.map((pin) => ({ pin, answered: null }));
    for (const question of this.#questions) {
      this.#io.on(`pin-state-${question.pin}`, () => {
        const { answered } = question;
        question.answered = null;
        answered?.();
      });
    }
  }

  /**
   * Asks. All that the board had sent before it answered has arrived when `answered` is called; which is never, if the
   * question or the answer was lost.
   */
  ask(answered: () => void): void {
    const question = this.#questions[this.#next++ % this.#questions.length];
    if (!question) return;
    question.answered = answered;
    // Not by Firmata's own queryPinState: its listener would stay if there is no answer.
    this.#write(Buffer.of(START_SYSEX, PIN_STATE_QUERY, question.pin, END_SYSEX));
  }
}
