/**
 * The transmitter in place of avr8js's (defects 2 and 5): UDRE is a level, not an edge; a byte is out when its stop bit
 * is; and a second byte waits in the buffer while the first is shifted out (section 19.6), so there is no gap between.
 */
import type { AVRUSART } from 'avr8js';
import type { MendedCpu } from '../cpu.ts';
import { F_CPU, REG, UCSRB } from '../registers.ts';

const BITS = 10;

/** @param cycle when the stop bit was over @param baud the rate it was sent at */
export type ByteListener = (byte: number, cycle: number, baud: number) => void;

export class UsartTransmitter {
  readonly #cpu: MendedCpu;
  readonly #usart: AVRUSART;
  readonly #emit: ByteListener;
  #shifting = false;
  #buffered: number | null = null;

  constructor(cpu: MendedCpu, usart: AVRUSART, emit: ByteListener) {
    this.#cpu = cpu;
    this.#usart = usart;
    this.#emit = emit;
    usart['UDRE'].constant = true;
    cpu.writeHooks[REG.UDR0] = (value) => {
      this.#write(value);
      return true;
    };
  }

  /** What a reset does: the byte on its way is cut off and lost. */
  reset(): void {
    this.#shifting = false;
    this.#buffered = null;
  }

  #write(value: number): void {
    const enabled = (this.#cpu.data[REG.UCSR0B]! & UCSRB.TXEN) !== 0;
    // A byte written while the buffer is full is ignored (section 19.10.1).
    if (!enabled || this.#buffered !== null) return;
    if (this.#shifting) {
      this.#buffered = value;
      this.#cpu.clearInterrupt(this.#usart['UDRE']);
    } else {
      this.#shift(value, this.#cpu.cycles);
    }
  }

  #shift(value: number, start: number): void {
    this.#shifting = true;
    const cycles = this.#usart['cyclesPerChar'];
    const end = start + cycles;
    const baud = (BITS * F_CPU) / cycles;
    this.#cpu.addClockEvent(() => this.#shifted(value, end, baud), end - this.#cpu.cycles);
  }

  /** @param end when it was over; the event comes after the instruction that was running then */
  #shifted(value: number, end: number, baud: number): void {
    this.#shifting = false;
    const next = this.#buffered;
    if (next === null) {
      this.#cpu.setInterruptFlag(this.#usart['TXC']);
    } else {
      this.#buffered = null;
      this.#shift(next, end);
      this.#cpu.setInterruptFlag(this.#usart['UDRE']);
    }
    this.#emit(value, end, baud);
  }
}
