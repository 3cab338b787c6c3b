/** Instructions that a table finds do the same as avr8js's: all that they change, for every opcode, in states of chance. */
import { avrInstruction } from 'avr8js';
import { expect, it } from 'vitest';
import { MendedCpu } from '../../../hardware/emulator/cpu.ts';
import { HOW_TO_EXECUTE } from '../../../hardware/emulator/quick-instructions.ts';
import { FLASH_WORDS, RAM_END, SRAM_BYTES } from '../../../hardware/emulator/registers.ts';
import { Random } from '../../support/random.ts';

const QUICK = HOW_TO_EXECUTE.flatMap((how, opcode) => (how === avrInstruction ? [] : [opcode]));

interface Twin {
  readonly cpu: MendedCpu;
  /** Reads and writes of registers that something hangs on, with the cycle at which they came. */
  readonly seen: string[];
}

function twin(): Twin {
  const cpu = new MendedCpu(new Uint16Array(FLASH_WORDS), SRAM_BYTES);
  const seen: string[] = [];
  for (let address = 0x20; address < 0x100; address += 3) {
    cpu.readHooks[address] = () => {
      seen.push(`read ${address} at ${cpu.cycles}`);
      return address ^ 0x5a;
    };
    cpu.writeHooks[address] = (value) => {
      seen.push(`write ${address} at ${cpu.cycles}: ${value}`);
      return address % 2 === 0;
    };
  }
  return { cpu, seen };
}

/** Puts both into the same state, about to execute an opcode. */
function prepare(twins: readonly Twin[], opcode: number, random: Random): void {
  const bytes = random.bytes(0x60);
  // Now and then at the beginning or the end of flash; jumps from there are avr8js's own mistake.
  const pc = 0x1000 + random.below(0x2000);
  const next = [random.below(0x10000), 0x9000 | random.below(0x400), 0x940c | random.below(4), random.below(0x900)];
  const following = next[random.below(4)]!;
  const stack = 0x100 + random.below(RAM_END - 0x102);
  for (const { cpu, seen } of twins) {
    seen.length = 0;
    cpu.data.set(bytes);
    for (let at = -2; at < 4; at++) cpu.data[stack + at] = bytes[at + 2]!;
    cpu.dataView.setUint16(0x5d, stack, true);
    cpu.pc = pc;
    cpu.cycles = 1000;
    cpu.progMem[pc] = opcode;
    cpu.progMem[pc + 1] = following;
  }
}

const stateOf = ({ cpu, seen }: Twin): string =>
  `${cpu.pc & (FLASH_WORDS - 1)} ${cpu.cycles} ${Buffer.from(cpu.data).toString('latin1')} ${seen.join()}`;

it('there are some 20,000 opcodes of them', () => {
  expect(QUICK.length).toBe(20_353);
});

it.each([1, 2, 3])('they do what avr8js does with each of their opcodes, in state %i', (seed) => {
  const random = new Random(seed);
  const [quick, slow] = [twin(), twin()];
  const wrong: string[] = [];
  for (const opcode of QUICK) {
    prepare([quick, slow], opcode, random);
    HOW_TO_EXECUTE[opcode]!(quick.cpu, opcode);
    avrInstruction(slow.cpu);
    if (stateOf(quick) !== stateOf(slow)) wrong.push(opcode.toString(16));
  }
  expect(wrong).toEqual([]);
});
