/**
 * avr8js defect 6, second half: SPM is a no-op there. With it a boot loader in the emulated board can write flash, page
 * by page, as on the chip (section 26). Lock bits are not kept.
 */
import type { MendedCpu } from '../cpu.ts';
import { BOOT_WORD, NRWW_WORD, PAGE_WORDS, REG, SPMCSR } from '../registers.ts';

/** SPM must follow the write to SPMCSR within four cycles. */
const ARMED_CYCLES = 4;
/** Erasing or writing a page takes 3.7 to 4.5 ms (table 26-5); 4 ms. */
const PAGE_CYCLES = 64_000;
const OPERATION = SPMCSR.RWWSRE | SPMCSR.BLBSET | SPMCSR.PGWRT | SPMCSR.PGERS | SPMCSR.SPMEN;

export class SelfProgramming {
  /** Pages written since the board was made. */
  pagesWritten = 0;

  readonly #cpu: MendedCpu;
  readonly #page = new Uint16Array(PAGE_WORDS).fill(0xffff);
  #armedUntil = -1;
  #busyUntil = -1;

  constructor(cpu: MendedCpu) {
    this.#cpu = cpu;
    cpu.writeHooks[REG.SPMCSR] = (value, old) => {
      if (cpu.cycles < this.#busyUntil) return true;
      cpu.data[REG.SPMCSR] = (value & ~SPMCSR.RWWSB) | (old & SPMCSR.RWWSB);
      this.#armedUntil = cpu.cycles + ARMED_CYCLES;
      return true;
    };
  }

  reset(): void {
    this.#page.fill(0xffff);
    this.#armedUntil = -1;
    this.#busyUntil = -1;
  }

  /** Executes SPM; to be called before the program counter moves on. Without effect outside the boot section. */
  execute(): void {
    const { cycles, pc, dataView } = this.#cpu;
    if (cycles > this.#armedUntil || pc < BOOT_WORD) return;
    const z = dataView.getUint16(30, true);
    const operation = this.#status & OPERATION;
    if (operation === SPMCSR.SPMEN) this.#fill(z);
    else if (operation === (SPMCSR.PGERS | SPMCSR.SPMEN)) this.#erase(z);
    else if (operation === (SPMCSR.PGWRT | SPMCSR.SPMEN)) this.#write(z);
    else if (operation === (SPMCSR.RWWSRE | SPMCSR.SPMEN)) this.#release();
    else this.#done();
  }

  get #status(): number {
    return this.#cpu.data[REG.SPMCSR]!;
  }

  #fill(z: number): void {
    this.#page[(z >> 1) & (PAGE_WORDS - 1)] = this.#cpu.dataView.getUint16(0, true);
    this.#done();
  }

  #erase(z: number): void {
    const start = pageStart(z);
    this.#cpu.progMem.fill(0xffff, start, start + PAGE_WORDS);
    this.#busy(start);
  }

  #write(z: number): void {
    const start = pageStart(z);
    // Programming only clears bits: a page that was not erased ends up as the AND of both.
    for (const [index, value] of this.#page.entries()) this.#cpu.progMem[start + index]! &= value;
    this.#page.fill(0xffff);
    this.pagesWritten++;
    this.#busy(start);
  }

  #release(): void {
    this.#page.fill(0xffff);
    this.#cpu.data[REG.SPMCSR]! &= ~SPMCSR.RWWSB;
    this.#done();
  }

  #done(): void {
    this.#cpu.data[REG.SPMCSR]! &= ~OPERATION;
  }

  #busy(start: number): void {
    const cpu = this.#cpu;
    if (start >= NRWW_WORD) {
      cpu.cycles += PAGE_CYCLES;
      this.#done();
      return;
    }
    this.#busyUntil = cpu.cycles + PAGE_CYCLES;
    cpu.data[REG.SPMCSR]! |= SPMCSR.RWWSB;
    cpu.addClockEvent(() => this.#done(), PAGE_CYCLES);
  }
}

const pageStart = (z: number): number => (z >> 1) & ~(PAGE_WORDS - 1);
