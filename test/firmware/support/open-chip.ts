/**
 * Lets a test look into the RAM of emulated boards. Import it before the emulator: it keeps the chips that are made.
 * On power-up the emulator fills RAM with a pattern, so what was never written can be told.
 */
import { vi } from 'vitest';
import type * as chipModule from '../../../hardware/emulator/chip.ts';

type Chip = chipModule.Chip;

const chips: Chip[] = vi.hoisted(() => []);

vi.mock('../../../hardware/emulator/chip.ts', async (original) => {
  const module = await original<typeof chipModule>();
  const createChip = (eeprom: Uint8Array): Chip => {
    const chip = module.createChip(eeprom);
    chips.push(chip);
    return chip;
  };
  return { ...module, createChip };
});

/** The data space of the board made last: registers, then RAM from 0x100. */
export const dataOfNewest = (): Uint8Array => chips.at(-1)!.cpu.data;
