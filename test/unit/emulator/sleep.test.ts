import { describe, expect, it } from 'vitest';
import { F_CPU } from '../../../hardware/emulator/uno.ts';
import { assemble } from './support/assemble.ts';
import { boot } from './support/run.ts';
import { StockUno } from './support/stock-uno.ts';

const SECOND = F_CPU;

describe('SLEEP (avr8js defect 6)', () => {
  // Timer 1 in CTC mode at 1 kHz toggles D13; the main program sleeps.
  const source = `
    rjmp main
    _loc 0x2c
    rjmp compare
    _loc 0x68
    compare:
    ldi r16, 0x20
    sts PINB, r16
    reti
    main:
    ldi r16, 0x20
    sts DDRB, r16
    ldi r16, 249
    sts OCR1AL, r16
    ldi r16, 2
    sts TIMSK1, r16
    ldi r16, 0x0b
    sts TCCR1B, r16
    ldi r16, 1
    sts SMCR, r16
    sei
    idle:
    sleep
    rjmp idle`;

  it('stops the program until an interrupt, and loses no time', () => {
    const { uno } = boot(source);
    let rises = 0;
    uno.onPin(13, (level) => {
      if (level) rises++;
    });
    uno.run(SECOND);
    expect(rises).toBe(500);
    expect(uno.counters.instructions).toBeLessThan(10_000);
    expect(uno.counters.cyclesAsleep / SECOND).toBeGreaterThan(0.99);
    expect(uno.asleep).toBe(true);
  });

  it('is passed over in avr8js as it comes', () => {
    const stock = new StockUno(assemble(source));
    stock.run(SECOND / 100);
    expect(stock.instructions).toBeGreaterThan(20_000);
  });

  it('does nothing unless SE is set', () => {
    const { uno } = boot('sleep\nidle:\nrjmp idle');
    uno.run(1000);
    expect(uno.asleep).toBe(false);
    expect(uno.counters.instructions).toBeGreaterThan(400);
  });

  it('lasts for ever without interrupts, and ends with a reset', () => {
    const { uno } = boot('ldi r16, 1\nsts SMCR, r16\nidle:\nsleep\nrjmp idle');
    uno.run(SECOND);
    expect(uno.asleep).toBe(true);
    expect(uno.cycle).toBe(SECOND);
    uno.reset('external');
    expect(uno.asleep).toBe(false);
  });

  it('counts sleeps deeper than idle, because timers go on in them here', () => {
    const { uno } = boot('ldi r16, 5\nsts SMCR, r16\nsleep\nidle:\nrjmp idle');
    uno.run(1000);
    expect(uno.counters.deepSleeps).toBe(1);
  });
});

describe('the instruction after SEI (a tenth defect)', () => {
  // A pin change is flagged while interrupts are off. `sei; sleep` must go to sleep first and be woken, or it never wakes.
  const source = `
    rjmp main
    _loc 0x14
    reti
    _loc 0x68
    main:
    ldi r16, 0x20
    sts DDRB, r16
    ldi r16, 4
    sts PCMSK2, r16
    sts PCICR, r16
    ldi r16, 1
    sts SMCR, r16
    ldi r24, 100
    delay:
    dec r24
    brne delay
    sei
    sleep
    ldi r16, 0x20
    sts PORTB, r16
    idle:
    rjmp idle`;

  it('is executed before a pending interrupt', () => {
    const { uno } = boot(source);
    uno.schedule(100, () => uno.setPin(2, false));
    uno.run(2000);
    expect(uno.asleep).toBe(false);
    expect(uno.pin(13)).toBe(true);
  });

  it('comes after the interrupt in avr8js as it comes', () => {
    // Without a SLEEP of its own, avr8js shows it by the order alone: the interrupt returns before the instruction ran.
    const stock = new StockUno(
      assemble(`
        rjmp main
        _loc 0x14
        mov r20, r19
        reti
        _loc 0x68
        main:
        ldi r16, 4
        sts PCMSK2, r16
        sts PCICR, r16
        ldi r24, 100
        delay:
        dec r24
        brne delay
        clr r19
        sei
        ldi r19, 1
        idle:
        rjmp idle`),
    );
    stock.portD.setPin(2, true);
    stock.run(100);
    stock.portD.setPin(2, false);
    stock.run(2000);
    expect(stock.cpu.data[19]).toBe(1);
    expect(stock.cpu.data[20]).toBe(0);
  });
});

describe('pin change interrupts (a ninth defect)', () => {
  // The change is flagged while PCICR is 0, and PCMSK0 is written before PCICR lets it through.
  const source = `
    rjmp main
    _loc 0x14
    rjmp change
    _loc 0x68
    change:
    ldi r16, 0x20
    sts PORTB, r16
    reti
    main:
    ldi r16, 0x20
    sts DDRB, r16
    ldi r16, 4
    sts PCMSK2, r16
    sei
    ldi r24, 100
    delay:
    dec r24
    brne delay
    ldi r16, 0
    sts PCMSK0, r16
    ldi r16, 4
    sts PCICR, r16
    idle:
    rjmp idle`;

  it('wait for their enable bit', () => {
    const { uno } = boot(source);
    uno.schedule(100, () => uno.setPin(2, false));
    uno.run(2000);
    expect(uno.pin(13)).toBe(true);
  });

  it('are lost before it is set in avr8js as it comes', () => {
    const stock = new StockUno(assemble(source));
    stock.portD.setPin(2, true);
    stock.run(100);
    stock.portD.setPin(2, false);
    stock.run(2000);
    expect(stock.cpu.data[0x25]).toBe(0);
  });
});

// D12 rises in the interrupt of D2: once from a loop of one-cycle steps, once out of sleep.
const riseInInterrupt = (idle: string) => `
  rjmp main
  _loc 0x14
  sbi 5, 4
  reti
  _loc 0x68
  main:
  sbi 4, 4
  ldi r16, 4
  sts PCMSK2, r16
  sts PCICR, r16
  ldi r16, 1
  sts SMCR, r16
  sei
  idle:
  ${idle}
  rjmp idle`;

function cyclesIntoInterrupt(idle: string): number {
  const { uno } = boot(riseInInterrupt(idle));
  let entered = NaN;
  uno.onPin(12, (level, cycle) => {
    if (level) entered = cycle;
  });
  uno.schedule(5000, () => uno.setPin(2, false));
  uno.run(6000);
  return entered - 5000;
}

describe('interrupt timing', () => {
  it('takes 4 cycles into an interrupt, and 4 more out of sleep', () => {
    // avr8js changes the pin at the start of SBI.
    expect(cyclesIntoInterrupt('sleep')).toBe(8);
    expect([4, 5]).toContain(cyclesIntoInterrupt('nop\nnop\nnop\nnop\nnop\nnop\nnop'));
  });
});
