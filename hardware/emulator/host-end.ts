/** The host's end of a serial line to an emulated board in virtual time: it has a rate, as a real port has. */
import { heardAs, ratesMatch } from './line-rate.ts';
import type { ByteListener } from './mends/usart-transmitter.ts';
import type { EmulatedUno } from './uno.ts';

/** The rate of a port that nobody has set. */
const FIRST_BAUD = 115_200;

export class HostEnd {
  /** In baud. What is sent at a rate over 4 % off the board's arrives as garbage, either way. */
  baud: number;
  /** Bytes of the board that arrived as something else. */
  garbled = 0;
  readonly #uno: EmulatedUno;

  constructor(uno: EmulatedUno, baud = FIRST_BAUD) {
    this.#uno = uno;
    this.baud = baud;
  }

  write(bytes: Uint8Array): void {
    this.#uno.write(bytes, this.baud);
  }

  /** Calls `fn` for each byte that arrives. @returns a function that ends it */
  onByte(fn: ByteListener): () => void {
    return this.#uno.onTx((byte, cycle, baud) => fn(this.#hear(byte, baud), cycle, baud));
  }

  #hear(byte: number, baud: number): number {
    if (ratesMatch(baud, this.baud)) return byte;
    this.garbled++;
    return heardAs(byte, 1 / baud, 1 / this.baud);
  }
}
