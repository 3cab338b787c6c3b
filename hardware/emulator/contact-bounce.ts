/** Buttons as they are: for some milliseconds after a press or a release the contact opens and closes at random. */
import { F_CPU } from './registers.ts';
import type { EmulatedUno } from './uno.ts';

export interface BounceOptions {
  /** Cycle of the first edge; now if it is past. */
  readonly atCycle: number;
  /** How long the contact bounces, in ms; 0 for a clean edge. */
  readonly bounceMs?: number;
  /** How many edges come besides the first; rounded down to an even number, so that the last one is final. */
  readonly edges?: number;
  /** Numbers in [0, 1), from a seeded generator so that a run can be repeated. */
  readonly random?: () => number;
}

/** Presses a button between a pulled-up pin and ground. @returns the cycles of all edges, the first and the last included */
export function pressWithBounce(uno: EmulatedUno, pin: number, options: BounceOptions): number[] {
  return bounce(uno, pin, false, options);
}

/** Lets go of the button. @returns the cycles of all edges, the first and the last included */
export function releaseWithBounce(uno: EmulatedUno, pin: number, options: BounceOptions): number[] {
  return bounce(uno, pin, true, options);
}

function bounce(uno: EmulatedUno, pin: number, level: boolean, options: BounceOptions): number[] {
  const { atCycle, bounceMs = 0, edges = 0, random } = options;
  // Refuses a pin that is not there now, not when the time has come.
  uno.pin(pin);
  const extra = bounceMs > 0 ? 2 * Math.floor(edges / 2) : 0;
  if (extra > 0 && !random) throw new TypeError('contact bounce needs a source of randomness');
  const lengthCycles = (bounceMs * F_CPU) / 1000;
  const offsets = Array.from({ length: extra }, () => Math.floor((random?.() ?? 0) * lengthCycles));
  const cycles = [0, ...offsets.toSorted((a, b) => a - b)].map((offset) => Math.max(atCycle, uno.cycle) + offset);
  for (const [index, cycle] of cycles.entries()) {
    uno.schedule(cycle, () => uno.setPin(pin, index % 2 === 0 ? level : !level));
  }
  return cycles;
}
