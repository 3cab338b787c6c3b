/**
 * avr8js finds an instruction by up to a hundred comparisons, one after the other. Those that programs are full of and
 * that leave the flags alone are found by a table here; each does what avr8js's does, to the cycle.
 */
import { avrInstruction } from 'avr8js';
import type { MendedCpu } from './cpu.ts';
import { FLASH_WORDS } from './registers.ts';

type Execute = (cpu: MendedCpu, opcode: number) => void;

const PC_MASK = FLASH_WORDS - 1;
const OPCODES = 0x1_0000;
/** Low byte of the stack pointer, little endian, and the flags: data-space addresses. */
const [SP, SREG] = [0x5d, 0x5f];

const destination = (opcode: number): number => (opcode & 0x1f0) >> 4;
const source = (opcode: number): number => (opcode & 0xf) | ((opcode & 0x200) >> 5);
const io = (opcode: number): number => 0x20 + ((opcode & 0xf) | ((opcode & 0x600) >> 5));
const bitOf = (opcode: number): number => 1 << (opcode & 7);
const branch = (opcode: number): number => ((opcode & 0x1f8) >> 3) - ((opcode & 0x200) >> 3);
const jump = (opcode: number): number => (opcode & 0x7ff) - (opcode & 0x800);

/** LDS, STS, JMP and CALL take two words. */
const wordsOf = (opcode: number): number => ((opcode & 0xfc0f) === 0x9000 || (opcode & 0xfe0c) === 0x940c ? 2 : 1);

function go(cpu: MendedCpu, words: number, cycles: number): void {
  cpu.pc = (cpu.pc + words) & PC_MASK;
  cpu.cycles += cycles;
}

/** Over the next instruction, if the condition holds. */
function skipIf(cpu: MendedCpu, holds: boolean): void {
  const words = holds ? wordsOf(cpu.progMem[cpu.pc + 1] ?? 0) : 0;
  go(cpu, 1 + words, 1 + words);
}

/** Which bits tell the instruction, what they are, and what it does (AVR Instruction Set Manual). */
const INSTRUCTIONS: readonly (readonly [name: string, mask: number, bits: number, execute: Execute])[] = [
  [
    'MOV',
    0xfc00,
    0x2c00,
    (cpu, opcode) => {
      cpu.data[destination(opcode)] = cpu.data[source(opcode)]!;
      go(cpu, 1, 1);
    },
  ],
  [
    'MOVW',
    0xff00,
    0x0100,
    (cpu, opcode) => {
      const [to, from] = [(opcode & 0xf0) >> 3, (opcode & 0xf) << 1];
      cpu.data[to] = cpu.data[from]!;
      cpu.data[to + 1] = cpu.data[from + 1]!;
      go(cpu, 1, 1);
    },
  ],
  [
    'LDI',
    0xf000,
    0xe000,
    (cpu, opcode) => {
      cpu.data[16 + ((opcode & 0xf0) >> 4)] = (opcode & 0xf) | ((opcode & 0xf00) >> 4);
      go(cpu, 1, 1);
    },
  ],
  [
    'LDS',
    0xfe0f,
    0x9000,
    (cpu, opcode) => {
      cpu.cycles++;
      cpu.data[destination(opcode)] = cpu.readData(cpu.progMem[cpu.pc + 1]!);
      go(cpu, 2, 1);
    },
  ],
  [
    'STS',
    0xfe0f,
    0x9200,
    (cpu, opcode) => {
      cpu.writeData(cpu.progMem[cpu.pc + 1]!, cpu.data[destination(opcode)]!);
      go(cpu, 2, 2);
    },
  ],
  [
    'IN',
    0xf800,
    0xb000,
    (cpu, opcode) => {
      cpu.data[destination(opcode)] = cpu.readData(io(opcode));
      go(cpu, 1, 1);
    },
  ],
  [
    'OUT',
    0xf800,
    0xb800,
    (cpu, opcode) => {
      cpu.writeData(io(opcode), cpu.data[destination(opcode)]!);
      go(cpu, 1, 1);
    },
  ],
  [
    'POP',
    0xfe0f,
    0x900f,
    (cpu, opcode) => {
      const from = cpu.dataView.getUint16(SP, true) + 1;
      cpu.dataView.setUint16(SP, from, true);
      cpu.data[destination(opcode)] = cpu.data[from]!;
      go(cpu, 1, 2);
    },
  ],
  [
    'PUSH',
    0xfe0f,
    0x920f,
    (cpu, opcode) => {
      const to = cpu.dataView.getUint16(SP, true);
      cpu.data[to] = cpu.data[destination(opcode)]!;
      cpu.dataView.setUint16(SP, to - 1, true);
      go(cpu, 1, 2);
    },
  ],
  ['RJMP', 0xf000, 0xc000, (cpu, opcode) => go(cpu, 1 + jump(opcode), 2)],
  [
    'RCALL',
    0xf000,
    0xd000,
    (cpu, opcode) => {
      const [to, back] = [cpu.dataView.getUint16(SP, true), cpu.pc + 1];
      cpu.data[to] = back;
      cpu.data[to - 1] = back >> 8;
      cpu.dataView.setUint16(SP, to - 2, true);
      go(cpu, 1 + jump(opcode), 3);
    },
  ],
  [
    'RET',
    0xffff,
    0x9508,
    (cpu) => {
      const from = cpu.dataView.getUint16(SP, true) + 2;
      cpu.dataView.setUint16(SP, from, true);
      cpu.pc = ((cpu.data[from - 1]! << 8) | cpu.data[from]!) & PC_MASK;
      cpu.cycles += 4;
    },
  ],
  [
    'BRBS',
    0xfc00,
    0xf000,
    (cpu, opcode) => {
      const taken = (cpu.data[SREG]! & bitOf(opcode)) !== 0;
      go(cpu, taken ? 1 + branch(opcode) : 1, taken ? 2 : 1);
    },
  ],
  [
    'BRBC',
    0xfc00,
    0xf400,
    (cpu, opcode) => {
      const taken = (cpu.data[SREG]! & bitOf(opcode)) === 0;
      go(cpu, taken ? 1 + branch(opcode) : 1, taken ? 2 : 1);
    },
  ],
  ['SBRC', 0xfe08, 0xfc00, (cpu, opcode) => skipIf(cpu, (cpu.data[destination(opcode)]! & bitOf(opcode)) === 0)],
  ['SBRS', 0xfe08, 0xfe00, (cpu, opcode) => skipIf(cpu, (cpu.data[destination(opcode)]! & bitOf(opcode)) !== 0)],
];

/** How to execute each opcode: quickly, or as avr8js does. */
export const HOW_TO_EXECUTE: readonly Execute[] = Array.from({ length: OPCODES }, (_, opcode): Execute => {
  const quick = INSTRUCTIONS.find(([, mask, bits]) => (opcode & mask) === bits);
  return quick === undefined ? avrInstruction : quick[3];
});
