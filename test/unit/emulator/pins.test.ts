import { describe, expect, it } from 'vitest';
import { ToneMeter } from '../../../hardware/emulator/tone-meter.ts';
import { EmulatedUno, F_CPU } from '../../../hardware/emulator/uno.ts';
import { SEND_R16, START_USART } from './support/assemble.ts';
import { boot } from './support/run.ts';

const MS = F_CPU / 1000;

describe('pins', () => {
  it('are all pulled up at the start', () => {
    const uno = new EmulatedUno();
    for (let pin = 0; pin < 20; pin++) expect([pin, uno.pin(pin), uno.isOutput(pin)]).toEqual([pin, true, false]);
  });

  it('are read by the program under their Arduino numbers', () => {
    // Copies ports D, B and C to the line once they are set.
    const { uno, bytes } = boot(`${START_USART}
      in r16, 9
      rcall send
      in r16, 3
      rcall send
      in r16, 6
      rcall send
      idle:
      rjmp idle
      ${SEND_R16}`);
    for (const pin of [2, 7, 8, 13, 14, 19]) uno.setPin(pin, false);
    uno.run(MS);
    expect(bytes.map((byte) => byte & 0xff)).toEqual([0b0111_1011, 0b1101_1110, 0b1101_1110]);
  });

  it('show what the program drives, whatever the world puts on them', () => {
    const { uno } = boot('sbi 4, 5\nsbi 5, 5\nnop\nnop\ncbi 5, 5\nidle:\nrjmp idle');
    const edges: boolean[] = [];
    const stop = uno.onPin(13, (level) => edges.push(level));
    uno.run(MS);
    expect(edges).toEqual([false, true, false]);
    expect(uno.isOutput(13)).toBe(true);
    uno.setPin(13, true);
    expect(uno.pin(13)).toBe(false);
    stop();
    uno.reset('external');
    expect(uno.pin(13)).toBe(true);
    expect(edges.length).toBe(3);
  });

  it('that an Uno does not have are refused', () => {
    const uno = new EmulatedUno();
    for (const pin of [-1, 20, 1.5]) {
      expect(() => uno.pin(pin)).toThrow(RangeError);
      expect(() => uno.onPin(pin, () => {})).toThrow(RangeError);
    }
    expect(() => uno.setAnalog(8, 1)).toThrow(RangeError);
  });
});

describe('analog inputs', () => {
  it('are converted with AVCC as reference', () => {
    // Sends ADCH of channel 2, left adjusted, over and over.
    const { uno, bytes } = boot(`${START_USART}
      ldi r18, 0x62
      sts ADMUX, r18
      loop:
      ldi r18, 0xc7
      sts ADCSRA, r18
      wait:
      lds r18, ADCSRA
      sbrc r18, 6
      rjmp wait
      lds r16, ADCH
      rcall send
      rjmp loop
      ${SEND_R16}`);
    const read = (volts: number): number => {
      uno.setAnalog(2, volts);
      uno.run(uno.cycle + 2 * MS);
      return bytes.at(-1)!;
    };
    expect([0, 1.25, 2.5, 5, 7].map(read)).toEqual([0, 64, 128, 255, 255]);
  });
});

describe('ToneMeter', () => {
  /** Half a period of `rounds` times 3 cycles and the toggling; 2,000 half periods, then silence. */
  const tone = `
    sbi 4, 1
    ldi r26, 0xd0
    ldi r27, 7
    next:
    ldi r24, 0xae
    ldi r25, 0x11
    delay:
    sbiw r24, 1
    brne delay
    sbi 3, 1
    sbiw r26, 1
    brne next
    idle:
    rjmp idle`;

  it('hears the frequency of a pin, and when it ends', () => {
    const { uno } = boot(tone);
    const meter = new ToneMeter(uno, 9);
    expect(meter.frequency).toBe(0);
    uno.run(60 * MS);
    // 4526 rounds of 4 cycles and 8 around them: 441.8 Hz
    expect(meter.frequency).toBeCloseTo(F_CPU / 2 / (0x11ae * 4 + 7), 0);
    // 2,000 half periods take 2.26 s.
    uno.run(2_200 * MS);
    expect(meter.frequency).toBeGreaterThan(440);
    uno.run(2_300 * MS);
    expect(meter.frequency).toBe(0);
  });

  it('follows a change of note at once', () => {
    const { uno } = boot('idle:\nrjmp idle');
    const meter = new ToneMeter(uno, 9);
    const play = (hertz: number, from: number, to: number): void => {
      for (let time = from, level = false; time < to; time += 500 / hertz, level = !level) {
        const target = level;
        uno.schedule(time * MS, () => uno.setPin(9, target));
      }
    };
    play(1000, 1, 30);
    play(250, 30, 60);
    uno.run(29 * MS);
    expect(meter.frequency).toBeCloseTo(1000, 0);
    uno.run(43 * MS);
    expect(meter.frequency).toBeCloseTo(250, 0);
    meter.stop();
    uno.run(200 * MS);
    expect(meter.frequency).toBe(0);
  });
});
