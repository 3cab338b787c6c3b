import { describe, expect, it } from 'vitest';
import { F_CPU } from '../../../hardware/emulator/uno.ts';
import { assemble, SEND_R16, START_USART } from './support/assemble.ts';
import { bootHex } from './support/run.ts';

const MS = F_CPU / 1000;

/** One page of self-programming: fill, erase, write, release, each followed by waiting for SPMEN to clear. */
const spm = (operation: number) => `
  ldi r19, ${operation}
  rcall spm`;
const SPM_ROUTINE = `
  spm:
  out 0x37, r19
  spm
  busy:
  in r19, 0x37
  sbrc r19, 0
  rjmp busy
  ret`;

/** In the boot section: writes `sbi 4,5; sbi 5,5; rjmp .-2` (D13 high) into page 0, then starts it. */
const BOOTLOADER = assemble(`
  _loc 0x7e00
  ldi r30, 0
  ldi r31, 0
  ldi r24, 0x25
  ldi r25, 0x9a
  movw r0, r24
  ${spm(1)}
  ldi r30, 2
  ldi r24, 0x2d
  movw r0, r24
  ${spm(1)}
  ldi r30, 4
  ldi r24, 0xff
  ldi r25, 0xcf
  movw r0, r24
  ${spm(1)}
  ldi r30, 0
  ${spm(3)}
  ${spm(5)}
  ${spm(0x11)}
  jmp 0
  ${SPM_ROUTINE}`);

describe('self-programming (avr8js defect 6)', () => {
  it('lets a boot loader write flash and start what it wrote', () => {
    const { uno } = bootHex(assemble('idle:\nrjmp idle'));
    uno.load(BOOTLOADER, { bootloader: true });
    uno.run(4 * MS);
    expect(uno.pin(13)).toBe(true);
    expect(uno.isOutput(13)).toBe(false);
    uno.run(9 * MS);
    expect([uno.isOutput(13), uno.pin(13)]).toEqual([true, true]);
    expect(uno.counters.pagesWritten).toBe(1);
  });

  it('begins in the boot section after every reset, and keeps it when a program is loaded', () => {
    const { uno, bytes } = bootHex(assemble('idle:\nrjmp idle'));
    uno.load(assemble(`_loc 0x7e00\n${START_USART}\nldi r16, 0x42\nrcall send\nidle:\nrjmp idle\n${SEND_R16}`), {
      bootloader: true,
    });
    uno.run(MS);
    uno.reset('external');
    uno.run(2 * MS);
    uno.load(assemble('idle:\nrjmp idle'));
    uno.run(3 * MS);
    expect(bytes).toEqual([0x42, 0x42, 0x42]);
  });

  it('has no effect outside the boot section', () => {
    const { uno } = bootHex(assemble(`ldi r30, 0x80\nldi r31, 0\n${spm(3)}\nidle:\nrjmp idle\n${SPM_ROUTINE}`));
    uno.run(20 * MS);
    expect(uno.counters.pagesWritten).toBe(0);
    // SPMEN stays set: the erase never began, and the program waits in vain.
    expect(uno.counters.instructions).toBeGreaterThan(100_000);
  });
});
