/** Ties a board's cycles to the wall clock, and forgives time that was lost for good instead of chasing it. */
import { F_CPU } from '../registers.ts';

const CYCLES_PER_NS = F_CPU / 1e9;
/** A board this far behind does not catch up in one burst: the host would see its bytes at an impossible rate. */
const SLIP_CYCLES = F_CPU / 20;

export class Governor {
  /** How often the board was set back because it could not keep up, e.g. while the computer was busy. */
  slips = 0;
  /** Time lost by slips, in cycles. */
  slippedCycles = 0;

  #startNs: number;
  #startCycle: number;

  /** From `nowNs` on, the board's clock runs; it shows `cycle` now. */
  constructor(nowNs: number, cycle: number) {
    this.#startNs = nowNs;
    this.#startCycle = cycle;
  }

  /** Begins anew after a pause that is no slip: the board was frozen or unplugged. */
  restart(nowNs: number, cycle: number): void {
    this.#startNs = nowNs;
    this.#startCycle = cycle;
  }

  /** @returns the cycle to run the board to, which is at `cycle` now */
  target(nowNs: number, cycle: number): number {
    const due = this.#startCycle + (nowNs - this.#startNs) * CYCLES_PER_NS;
    if (due - cycle <= SLIP_CYCLES) return due;
    this.slips++;
    this.slippedCycles += due - cycle;
    this.restart(nowNs, cycle);
    return cycle;
  }
}
