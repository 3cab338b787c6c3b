/** Boards for tests: made, loaded, and with what they send kept. */
import { EmulatedUno, type UnoOptions } from '../../../../hardware/emulator/uno.ts';
import { assemble } from './assemble.ts';

export interface Recorded {
  readonly uno: EmulatedUno;
  readonly bytes: number[];
  readonly cycles: number[];
}

/** A board running `source`, switched on at its current cycle. */
export function boot(source: string, options: UnoOptions = {}): Recorded {
  return bootHex(assemble(source), options);
}

export function bootHex(hex: string, options: UnoOptions = {}): Recorded {
  const uno = new EmulatedUno(options);
  const bytes: number[] = [];
  const cycles: number[] = [];
  uno.onTx((byte, cycle) => {
    bytes.push(byte);
    cycles.push(cycle);
  });
  uno.load(hex);
  return { uno, bytes, cycles };
}

/** Numbers in [0, 1) from a seed, for stimuli that are the same in each run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // xorshift32 (Marsaglia 2003)
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}
