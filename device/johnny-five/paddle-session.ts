/**
 * The contract as a paddle speaks it: introduces itself, asks for a seat, reports, does what the hub wants to be seen.
 * Pure: events go in, messages come out, time passes by `tick`. Behaves as the project's own firmware does.
 */
import {
  BUTTON,
  CONTRACT_VERSION,
  type DownMessage,
  type MessageOf,
  type UpMessage,
} from '../../shared/contract/messages.ts';
import { PatternLight } from './light-pattern.ts';

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 4000;
/** A hub that asks for HELLO just after one was sent has crossed it. */
const HELLO_GAP_MS = 100;
/** After so long, JOIN or its answer was lost. */
const JOIN_AGAIN_MS = 2000;
/** A device that hears nothing for so long has lost its hub. */
const HUB_SILENCE_MS = 3000;
const WIN_MS = 3000;

export interface PaddleIdentity {
  readonly id: string;
  readonly name: string;
  /** Program and version, at most 24 bytes. */
  readonly firmware: string;
  /** Wished room and side; empty: the hub chooses. */
  readonly room: string;
  readonly side: string;
}

export class PaddleSession {
  readonly light = new PatternLight();

  readonly #identity: PaddleIdentity;
  readonly #send: (message: UpMessage) => void;
  #state: 'searching' | 'waiting' | 'seated' = 'searching';
  #seq = 0;
  #held = 0;
  #axis: number | null = null;
  #backoffMs = 0;
  /** Time left, in ms; Infinity where it does not run. */
  #helloLeft = Infinity;
  #helloGapLeft = 0;
  #joinLeft = Infinity;
  #silenceLeft = Infinity;

  constructor(identity: PaddleIdentity, send: (message: UpMessage) => void) {
    this.#identity = identity;
    this.#send = send;
  }

  /** The board is ready. */
  start(): void {
    this.#search();
    this.#hello();
  }

  tick(elapsedMs: number): void {
    this.light.tick(elapsedMs);
    this.#helloLeft -= elapsedMs;
    this.#helloGapLeft -= elapsedMs;
    this.#joinLeft -= elapsedMs;
    this.#silenceLeft -= elapsedMs;
    if (this.#silenceLeft <= 0) this.start();
    else if (this.#helloLeft <= 0) this.#helloAgain();
    else if (this.#joinLeft <= 0) this.#join();
  }

  /** Buttons changed. @param held bits of BUTTON, debounced @param timeUs when, at the first edge */
  buttons(held: number, timeUs: number): void {
    const pressed = (held & ~this.#held) !== 0;
    this.#held = held;
    if (this.#state === 'seated') this.#input(timeUs);
    else if (this.#state === 'waiting' && pressed) this.#join();
  }

  /** The knob moved. @param position 0 to 4095 */
  axis(position: number, timeUs: number): void {
    this.#axis = position;
    if (this.#state === 'seated') this.#input(timeUs);
  }

  /** A message came from the hub. PING and tones are not the session's: the board itself answers and sounds. */
  receive(message: DownMessage, timeUs: number): void {
    if (message.type === 'WELCOME') this.#welcome();
    else if (message.type === 'ERROR') this.#error(message.code);
    else if (this.#state !== 'searching') this.#play(message, timeUs);
  }

  /** Whether there is a hub: only then it is to be obeyed. */
  get hasHub(): boolean {
    return this.#state !== 'searching';
  }

  #play(message: DownMessage, timeUs: number): void {
    if (message.type === 'PING') this.#silenceLeft = HUB_SILENCE_MS;
    else if (message.type === 'SEAT') this.#seat(message.side, timeUs);
    else if (message.type === 'EFFECT') this.#effect(message);
    else if (message.type === 'END' && message.result === 'win') this.light.show('triple-flash', WIN_MS);
  }

  #welcome(): void {
    // Two HELLOs that crossed have two answers; the second changes nothing.
    if (this.#state !== 'searching') return;
    this.#helloLeft = Infinity;
    this.#silenceLeft = HUB_SILENCE_MS;
    this.#waitForSeat();
    this.#join();
  }

  #seat(side: string, timeUs: number): void {
    if (side === '') {
      if (this.#state === 'seated') this.#waitForSeat();
      return;
    }
    this.#joinLeft = Infinity;
    if (this.#state === 'seated') return;
    this.#state = 'seated';
    this.light.setBase('steady');
    // The hub may know less than what is so: a button held or released while it was away, a knob.
    if (this.#axis !== null || this.#held !== 0 || this.#seq !== 0) this.#input(timeUs);
  }

  #effect({ effect, value, ms }: MessageOf<'EFFECT'>): void {
    if (effect === 'identify') this.light.show('flicker', ms);
    if (effect !== 'light') return;
    const pattern = (['off', 'steady', 'flash'] as const)[value];
    if (pattern !== undefined) this.light.show(pattern, ms);
  }

  #error(code: string): void {
    if (code === 'hello-required') {
      if (this.#state !== 'searching') this.#search();
      if (this.#helloGapLeft <= 0) this.#hello();
    } else if (this.#state === 'waiting') {
      if (code === 'seat-none-free' || code === 'seat-taken') this.#waitForSeat();
    } else if (this.#state === 'seated' && code === 'seat-missing') {
      this.#waitForSeat();
      this.#join();
    }
  }

  #search(): void {
    this.#state = 'searching';
    this.#backoffMs = FIRST_BACKOFF_MS;
    this.#helloLeft = FIRST_BACKOFF_MS;
    this.#silenceLeft = Infinity;
    this.#joinLeft = Infinity;
    this.light.setBase('slow-blink');
  }

  #waitForSeat(): void {
    this.#state = 'waiting';
    this.#joinLeft = Infinity;
    this.light.setBase('double-blink');
  }

  #helloAgain(): void {
    this.#backoffMs = Math.min(2 * this.#backoffMs, MAX_BACKOFF_MS);
    this.#helloLeft = this.#backoffMs;
    this.#hello();
  }

  #hello(): void {
    const { id, name, firmware } = this.#identity;
    this.#helloGapLeft = HELLO_GAP_MS;
    // How often the board has started is not known: StandardFirmata keeps no count.
    const restarts = 0;
    this.#send({
      type: 'HELLO',
      version: CONTRACT_VERSION,
      id,
      kind: 'board',
      name,
      firmware,
      restarts,
      lastSeq: this.#seq,
      wants: 0,
      maxBaud: 0,
    });
  }

  #join(): void {
    this.#joinLeft = JOIN_AGAIN_MS;
    this.#send({ type: 'JOIN', room: this.#identity.room, side: this.#identity.side });
  }

  #input(timeUs: number): void {
    this.#seq = (this.#seq + 1) >>> 0;
    this.#send({ type: 'INPUT', seq: this.#seq, time: timeUs, buttons: this.#held, axis: this.#axis });
  }
}

/** Bits of the two buttons a Firmata paddle has, in the order of its pins. */
export const PADDLE_BUTTONS = [BUTTON.up, BUTTON.down] as const;
