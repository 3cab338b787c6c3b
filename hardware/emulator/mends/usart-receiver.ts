/**
 * The receiver in place of avr8js's (defects 1 and 4), and the line before it: one byte per 10 bit times, two bytes of
 * buffer and a shift register, the overrun when a fourth byte begins (section 19.7), and garbage with a framing error
 * when sender and chip are not at the same rate.
 */
import type { AVRUSART } from 'avr8js';
import type { MendedCpu } from '../cpu.ts';
import { F_CPU, REG, UCSRA, UCSRB } from '../registers.ts';
import { heardAs, ratesMatch } from '../line-rate.ts';
import type { StimulusQueue } from '../stimulus-queue.ts';

/** Bytes on the line, and the rate they are sent at in baud; null: at whatever rate the chip listens. */
interface Chunk {
  readonly bytes: Uint8Array;
  readonly baud: number | null;
}

/** A byte as the chip has it. */
interface Arrived {
  readonly byte: number;
  /** Whether its stop bit was not one. */
  readonly framingError: boolean;
}

const FIFO_BYTES = 2;
const BITS = 10;
/** While the receiver is off the chip has no rate of its own; the line then runs at the project's 115200 baud. */
const UNHEARD_BYTE_CYCLES = Math.round((10 * F_CPU) / 115_200);

export class UsartReceiver {
  /** Bytes lost because the program did not read in time. */
  overruns = 0;
  /** Bytes that came while the receiver was off, e.g. during a start. */
  unheard = 0;
  /** Bytes that arrived whole. */
  received = 0;
  /** Bytes that were sent at another rate than the chip's, and arrived as something else. */
  garbled = 0;

  readonly #cpu: MendedCpu;
  readonly #usart: AVRUSART;
  readonly #world: StimulusQueue;
  readonly #fifo: Arrived[] = [];
  readonly #line: Chunk[] = [];
  #lineOffset = 0;
  #lineBytes = 0;
  #busy = false;
  /** A whole byte that found the buffer full: lost as soon as the next one begins. */
  #waiting: Arrived | null = null;

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

  /**
   * Puts bytes on the line, behind those that are there. They travel in the world: a reset does not stop them.
   * @param baud the sender's rate; null: the chip's, whatever it is
   */
  feed(bytes: Uint8Array, baud: number | null): void {
    if (bytes.length === 0) return;
    this.#line.push({ bytes: Uint8Array.from(bytes), baud });
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
    this.#cpu.data[REG.UCSR0A]! &= ~(UCSRA.DOR | UCSRA.FE);
    this.#cpu.clearInterrupt(this.#usart['RXC']);
  }

  get #enabled(): boolean {
    return (this.#cpu.data[REG.UCSR0B]! & UCSRB.RXEN) !== 0;
  }

  #begin(start: number): void {
    const next = this.#nextOfLine();
    if (next === undefined) return;
    this.#busy = true;
    const own = this.#enabled ? this.#usart['cyclesPerChar'] : UNHEARD_BYTE_CYCLES;
    const cycles = next.baud === null ? own : Math.round((BITS * F_CPU) / next.baud);
    // The start bit is known as such in its middle.
    this.#world.add(start + Math.floor(cycles / 20), () => this.#loseWaiting());
    this.#world.add(start + cycles, (end) => this.#complete(next.byte, cycles, end));
  }

  #nextOfLine(): { byte: number; baud: number | null } | undefined {
    const chunk = this.#line[0];
    if (!chunk) return undefined;
    const byte = chunk.bytes[this.#lineOffset++]!;
    this.#lineBytes--;
    if (this.#lineOffset === chunk.bytes.length) {
      this.#line.shift();
      this.#lineOffset = 0;
    }
    return { byte, baud: chunk.baud };
  }

  #loseWaiting(): void {
    if (this.#waiting === null) return;
    this.#waiting = null;
    this.overruns++;
    this.#cpu.data[REG.UCSR0A]! |= UCSRA.DOR;
  }

  #complete(byte: number, cycles: number, end: number): void {
    this.#busy = false;
    if (!this.#enabled) {
      this.unheard++;
    } else {
      const arrived = this.#hear(byte, cycles);
      if (this.#fifo.length < FIFO_BYTES) this.#push(arrived);
      else this.#waiting = arrived;
    }
    this.#begin(end);
  }

  #hear(byte: number, cycles: number): Arrived {
    const own = this.#usart['cyclesPerChar'];
    if (ratesMatch(cycles, own)) return { byte, framingError: false };
    this.garbled++;
    return { byte: heardAs(byte, cycles, own), framingError: true };
  }

  #push(arrived: Arrived): void {
    this.received++;
    this.#fifo.push(arrived);
    this.#showFlags();
    this.#cpu.setInterruptFlag(this.#usart['RXC']);
  }

  /** FE belongs to the byte that is read next (section 19.10.2). */
  #showFlags(): void {
    const status = this.#cpu.data[REG.UCSR0A]! & ~UCSRA.FE;
    this.#cpu.data[REG.UCSR0A] = this.#fifo[0]?.framingError ? status | UCSRA.FE : status;
  }

  #read(): number {
    const byte = this.#fifo.shift()?.byte ?? 0;
    this.#cpu.data[REG.UCSR0A]! &= ~UCSRA.DOR;
    this.#showFlags();
    if (this.#waiting !== null) {
      this.#push(this.#waiting);
      this.#waiting = null;
    }
    if (this.#fifo.length === 0) this.#cpu.clearInterrupt(this.#usart['RXC']);
    return byte;
  }
}
