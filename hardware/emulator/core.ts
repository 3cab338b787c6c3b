/**
 * Steps the CPU through virtual time. Mends avr8js defect 6, SLEEP, by jumping to the next event, and a tenth one: the
 * chip executes one more instruction after SEI and RETI before it enters an interrupt, which makes `sei; sleep` safe.
 */
import { avrInstruction } from 'avr8js';
import type { MendedCpu } from './cpu.ts';
import type { SelfProgramming } from './mends/self-programming.ts';
import { FLASH_WORDS, OPCODE, REG, SMCR, SREG_I } from './registers.ts';
import type { StimulusQueue } from './stimulus-queue.ts';

// Used once an instruction: their own names here, for a module's exports may be behind getters.
const execute = avrInstruction;
const { SEI, RETI, SPM, SLEEP } = OPCODE;
const PC_MASK = FLASH_WORDS - 1;
const [SREG, I_FLAG] = [REG.SREG, SREG_I];

export class Core {
  asleep = false;
  /** Instructions executed since the board was made. */
  instructions = 0;
  /** Cycles spent asleep. */
  cyclesAsleep = 0;
  /** Times the program asked for a sleep deeper than idle, which is emulated as idle. */
  deepSleeps = 0;

  readonly #cpu: MendedCpu;
  readonly #world: StimulusQueue;
  readonly #spm: SelfProgramming;
  #shadow = false;
  #running = false;

  constructor(cpu: MendedCpu, world: StimulusQueue, spm: SelfProgramming) {
    this.#cpu = cpu;
    this.#world = world;
    this.#spm = spm;
  }

  reset(): void {
    this.asleep = false;
    this.#shadow = false;
  }

  /** Runs until the cycle counter has reached `untilCycle`; the last instruction may end a few cycles later. */
  run(untilCycle: number): void {
    if (this.#running) throw new Error('run() was called from within a stimulus or listener');
    this.#running = true;
    const cpu = this.#cpu;
    const world = this.#world;
    try {
      while (cpu.cycles < untilCycle) {
        if (world.next <= cpu.cycles) world.fire(cpu.cycles);
        else if (this.asleep) this.#skip(untilCycle);
        else this.#step();
        this.#settle();
      }
    } finally {
      this.#running = false;
    }
  }

  #skip(untilCycle: number): void {
    const cpu = this.#cpu;
    const target = Math.min(untilCycle, this.#world.next, cpu.nextEventCycle);
    if (target <= cpu.cycles) return;
    this.cyclesAsleep += target - cpu.cycles;
    cpu.cycles = target;
  }

  #step(): void {
    const cpu = this.#cpu;
    const opcode = cpu.progMem[cpu.pc]!;
    this.#shadow = false;
    if (opcode >= SEI && opcode <= SPM) this.#special(opcode);
    execute(cpu);
    // The program counter has 14 bits.
    if (cpu.pc > PC_MASK) cpu.pc &= PC_MASK;
    this.instructions++;
  }

  #special(opcode: number): void {
    if (opcode === SEI || opcode === RETI) this.#shadow = true;
    else if (opcode === SPM) this.#spm.execute();
    else if (opcode === SLEEP) this.#sleep();
  }

  #sleep(): void {
    const control = this.#cpu.data[REG.SMCR]!;
    if ((control & SMCR.SE) === 0) return;
    this.asleep = true;
    if (control & SMCR.SM) this.deepSleeps++;
  }

  #settle(): void {
    const cpu = this.#cpu;
    if (cpu.nextEventCycle <= cpu.cycles) cpu.fireDueEvents();
    if (cpu.nextInterrupt < 0 || this.#shadow || (cpu.data[SREG]! & I_FLAG) === 0) return;
    cpu.enterInterrupt(this.asleep);
    this.asleep = false;
  }
}
