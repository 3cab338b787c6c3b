/** Spoils bytes on a line, by chance or one in so many; seeded, so that a run can be repeated. */
import { nextUint32, seedPrng, type PrngState } from '../../../shared/sim/prng.ts';
import { ratesMatch } from '../line-rate.ts';

export type Direction = 'toHost' | 'toBoard' | 'both';

export interface Noise {
  /** Chance that a byte is spoiled, 0 to 1. */
  readonly probability?: number;
  /** Every so-manieth byte is spoiled. */
  readonly everyNthByte?: number;
  /** A line too bad for fast rates: while the board's own rate is above this one, in baud, every byte is spoiled. */
  readonly aboveBaud?: number;
  /** Which way; both if left out. */
  readonly direction?: Direction;
}

export class LineNoise {
  /** Bytes spoiled so far. */
  corrupted = 0;
  #noise: Noise | null = null;
  #prng: PrngState;
  #passed = 0;

  constructor(seed: number) {
    this.#prng = seedPrng(seed);
  }

  /** @param noise null for a clean line */
  set(noise: Noise | null): void {
    this.#noise = noise;
    this.#passed = 0;
  }

  /**
   * Spoils bytes in place, by turning some of their bits.
   * @param baud the board's rate
   */
  pass(bytes: Uint8Array, direction: Exclude<Direction, 'both'>, baud: number): void {
    const noise = this.#noise;
    if (!noise || (noise.direction !== undefined && noise.direction !== 'both' && noise.direction !== direction))
      return;
    for (const [index, byte] of bytes.entries()) {
      if (!this.#strikes(noise, baud)) continue;
      bytes[index] = byte ^ (1 + (this.#next() % 255));
      this.corrupted++;
    }
  }

  #strikes({ probability = 0, everyNthByte = 0, aboveBaud = Infinity }: Noise, baud: number): boolean {
    this.#passed++;
    if (baud > aboveBaud && !ratesMatch(baud, aboveBaud)) return true;
    if (everyNthByte > 0 && this.#passed % everyNthByte === 0) return true;
    return probability > 0 && this.#next() < probability * 0x1_0000_0000;
  }

  #next(): number {
    const [value, next] = nextUint32(this.#prng);
    this.#prng = next;
    return value;
  }
}
