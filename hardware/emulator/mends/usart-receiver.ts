/**
 * The receiver in place of avr8js's (defects 1 and 4), and the line before it: one byte per 10 bit times, two bytes of
 * buffer and a shift register, and the overrun when a fourth byte begins (section 19.7).
 */
import type { AVRUSART } from 'avr8js';
import type { MendedCpu } from '../cpu.ts';
import { F_CPU, REG, UCSRA, UCSRB } from '../registers.ts';
import type { StimulusQueue } from '../stimulus-queue.ts';

const FIFO_BYTES = 2;
/** While the receiver is off the chip has no rate of its own; the line then runs at the project's 115200 baud. */
const UNHEARD_BYTE_CYCLES = Math.round((10 * F_CPU) / 115_200);

export class UsartReceiver {
  /** Bytes lost because the program did not read in time. */
  overruns = 0;
  /** Bytes that came while the receiver was off, e.g. during a start. */
  unheard = 0;
  /** Bytes that arrived whole. */
  received = 0;

  readonly #cpu: MendedCpu;
  readonly #usart: AVRUSART;
  readonly #world: StimulusQueue;
  readonly #fifo: number[] = [];
  readonly #line: Uint8Array[] = [];
  #lineOffset = 0;
  #lineBytes = 0;
  #busy = false;
  /** A whole byte that found the buffer full: lost as soon as the next one begins. */
  #waiting: number | null = null;

  constructor(cpu: MendedCpu, usart: AVRUSART, world: StimulusQueue) {
    this.#cpu = cpu;
    this.#usart = usart;
    this.#world = world;
    cpu.readHooks[REG.UDR0] = () => this.#read();
  }

  /** Bytes that are not received yet, the one on its way included. */
  get pending(): number {
    return this.#lineBytes + (this.#busy ? 1 : 0);
  }

  /** Puts bytes on the line, behind those that are there. They travel in the world: a reset does not stop them. */
  feed(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#line.push(Uint8Array.from(bytes));
    this.#lineBytes += bytes.length;
    if (!this.#busy) this.#begin(this.#cpu.cycles);
  }

  /** Takes back all that is not received yet: somebody pulled the plug. */
  cut(): void {
    this.#line.length = 0;
    this.#lineOffset = 0;
    this.#lineBytes = 0;
  }

  /** What a reset, or switching the receiver off, does to the bytes in the chip. */
  flush(): void {
    this.#fifo.length = 0;
    this.#waiting = null;
    this.#cpu.data[REG.UCSR0A]! &= ~UCSRA.DOR;
    this.#cpu.clearInterrupt(this.#usart['RXC']);
  }

  get #enabled(): boolean {
    return (this.#cpu.data[REG.UCSR0B]! & UCSRB.RXEN) !== 0;
  }

  #begin(start: number): void {
    const byte = this.#nextOfLine();
    if (byte === undefined) return;
    this.#busy = true;
    const cycles = this.#enabled ? this.#usart['cyclesPerChar'] : UNHEARD_BYTE_CYCLES;
    // The start bit is known as such in its middle.
    this.#world.add(start + Math.floor(cycles / 20), () => this.#loseWaiting());
    this.#world.add(start + cycles, (end) => this.#complete(byte, end));
  }

  #nextOfLine(): number | undefined {
    const chunk = this.#line[0];
    if (!chunk) return undefined;
    const byte = chunk[this.#lineOffset++];
    this.#lineBytes--;
    if (this.#lineOffset === chunk.length) {
      this.#line.shift();
      this.#lineOffset = 0;
    }
    return byte;
  }

  #loseWaiting(): void {
    if (this.#waiting === null) return;
    this.#waiting = null;
    this.overruns++;
    this.#cpu.data[REG.UCSR0A]! |= UCSRA.DOR;
  }

  #complete(byte: number, end: number): void {
    this.#busy = false;
    if (!this.#enabled) {
      this.unheard++;
    } else if (this.#fifo.length < FIFO_BYTES) {
      this.#push(byte);
    } else {
      this.#waiting = byte;
    }
    this.#begin(end);
  }

  #push(byte: number): void {
    this.received++;
    this.#fifo.push(byte);
    this.#cpu.setInterruptFlag(this.#usart['RXC']);
  }

  #read(): number {
    const byte = this.#fifo.shift() ?? 0;
    this.#cpu.data[REG.UCSR0A]! &= ~UCSRA.DOR;
    if (this.#waiting !== null) {
      this.#push(this.#waiting);
      this.#waiting = null;
    }
    if (this.#fifo.length === 0) this.#cpu.clearInterrupt(this.#usart['RXC']);
    return byte;
  }
}
