import { describe, expect, it } from 'vitest';
import { EmulatedUno, F_CPU } from '../../../hardware/emulator/uno.ts';
import { assemble, SEND_R16, START_USART } from './support/assemble.ts';
import { boot } from './support/run.ts';
import { StockUno } from './support/stock-uno.ts';

const MS = F_CPU / 1000;
const POWER_ON = 1;
const EXTERNAL = 2;
const WATCHDOG = 8;

/** Sends the reset flags and what port B drives, then makes D13 an output; `then` comes after. */
const report = (then: string) => `
  lds r20, MCUSR
  lds r21, DDRB
  ldi r16, 0
  sts MCUSR, r16
  ${START_USART}
  mov r16, r20
  rcall send
  mov r16, r21
  rcall send
  ldi r16, 0x20
  sts DDRB, r16
  ${then}
  idle:
  rjmp idle
  ${SEND_R16}`;
const watchdog16ms = `
  ldi r16, 0x18
  ldi r18, 0x08
  sts WDTCSR, r16
  sts WDTCSR, r18`;

// Switches the watchdog on after power came, and off after it has bitten; `before` comes first.
const switchWatchdog = (before: string) => `
  lds r19, MCUSR
  ${before}
  ldi r17, 8
  sbrc r19, 3
  ldi r17, 0
  ldi r16, 0x18
  sts WDTCSR, r16
  sts WDTCSR, r17
  idle:
  rjmp idle`;

/** How often the watchdog bites in 100 ms. */
function watchdogBites(before: string): number {
  const { uno } = boot(switchWatchdog(before));
  uno.run(100 * MS);
  return uno.counters.watchdogResets;
}

describe('reset (avr8js defect 7)', () => {
  it('of the watchdog clears the I/O registers and tells its cause', () => {
    const { uno, bytes } = boot(report(watchdog16ms));
    uno.run(20 * MS);
    expect(bytes).toEqual([POWER_ON, 0, WATCHDOG, 0]);
    expect(uno.counters).toMatchObject({ watchdogResets: 1, resets: 2 });
  });

  it('of the watchdog keeps the port as it was in avr8js as it comes', () => {
    const stock = new StockUno(assemble(report(watchdog16ms)));
    stock.run(20 * MS);
    expect(stock.bytes.slice(-2)).not.toEqual([WATCHDOG, 0]);
  });

  it('of the watchdog leaves it running at 16 ms until the program clears WDRF', () => {
    expect(watchdogBites('ldi r16, 0\nsts MCUSR, r16')).toBe(1);
    // 100 ms / 16.384 ms: with WDRF set, switching off has no effect.
    expect(watchdogBites('')).toBe(6);
  });

  it('by the button keeps SRAM and adds its flag; by power does not', () => {
    const { uno, bytes } = boot(`
      lds r20, MCUSR
      lds r22, 0x200
      ldi r16, 0x42
      sts 0x200, r16
      ${START_USART}
      mov r16, r20
      rcall send
      mov r16, r22
      rcall send
      idle:
      rjmp idle
      ${SEND_R16}`);
    uno.run(MS);
    uno.reset('external');
    uno.run(2 * MS);
    uno.reset('power');
    uno.run(3 * MS);
    const [, fresh] = bytes;
    expect(fresh).not.toBe(0x42);
    expect(bytes).toEqual([POWER_ON, fresh, POWER_ON | EXTERNAL, 0x42, POWER_ON, fresh]);
  });

  it('lets go of the pins and cuts off the byte that is being sent', () => {
    const { uno, bytes } = boot(report(''));
    uno.run(MS);
    expect([uno.isOutput(13), uno.pin(13)]).toEqual([true, false]);
    const edges: boolean[] = [];
    uno.onPin(13, (level) => edges.push(level));
    uno.reset('external');
    expect([uno.isOutput(13), uno.pin(13)]).toEqual([false, true]);
    expect(edges).toEqual([true]);
    bytes.length = 0;
    uno.run(uno.cycle + 1000);
    uno.reset('external');
    uno.run(uno.cycle + MS);
    expect(bytes).toEqual([EXTERNAL, 0]);
  });

  it('does not turn the cycle counter back, nor what was scheduled', () => {
    const { uno } = boot('idle:\nrjmp idle');
    let reached = 0;
    uno.schedule(5000, (cycle) => (reached = cycle));
    uno.run(1000);
    uno.reset('power');
    uno.run(6000);
    expect(reached).toBe(5000);
    expect(uno.cycle).toBeGreaterThanOrEqual(6000);
  });
});

describe('EEPROM', () => {
  // Counts its starts in EEPROM byte 3 and sends the count.
  const source = `
    ldi r16, 3
    sts EEARL, r16
    ldi r16, 0
    sts EEARH, r16
    ldi r16, 1
    sts EECR, r16
    lds r20, EEDR
    inc r20
    sts EEDR, r20
    sbi 0x1f, 2
    sbi 0x1f, 1
    ${START_USART}
    mov r16, r20
    rcall send
    idle:
    rjmp idle
    ${SEND_R16}`;

  it('lasts over resets, and over boards that share it', () => {
    const eeprom = new Uint8Array(1024).fill(0xff);
    const { uno, bytes } = boot(source, { eeprom });
    uno.run(10 * MS);
    uno.reset('power');
    uno.run(20 * MS);
    expect(bytes).toEqual([0, 1]);
    expect(uno.eeprom).toBe(eeprom);
    const again = boot(source, { eeprom });
    again.uno.run(10 * MS);
    expect(again.bytes).toEqual([2]);
    expect(eeprom[3]).toBe(2);
  });

  it('can be written again after a reset in the middle of a write', () => {
    const { uno, bytes } = boot(source);
    uno.run(1000);
    uno.reset('external');
    uno.run(10 * MS);
    uno.reset('external');
    uno.run(20 * MS);
    expect(bytes).toEqual([1, 2]);
  });

  it('has 1024 bytes', () => {
    expect(() => new EmulatedUno({ eeprom: new Uint8Array(512) })).toThrow('1024');
  });
});
