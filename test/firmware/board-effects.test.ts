/** What can be seen, heard and turned at the emulated board. */
import { describe, expect, test } from 'vitest';
import { ToneMeter } from '../../hardware/emulator/tone-meter.ts';
import { DOWN_PIN, LIGHT_PIN, PaddleBench, SPEAKER_PIN } from './support/paddle-bench.ts';

const lit = (samples: readonly boolean[]): number => samples.filter(Boolean).length / samples.length;
const flashes = (samples: readonly boolean[]): number =>
  samples.filter((on, index) => on && samples[index - 1] === false).length;

describe('the light', () => {
  test('tells the state: blinks slowly, blinks twice, is steady, blinks slowly again', () => {
    const bench = new PaddleBench();
    bench.await('HELLO', 40);
    const searching = bench.watchLight(4096, 8);
    expect(flashes(searching)).toBeGreaterThanOrEqual(3);
    expect(flashes(searching)).toBeLessThanOrEqual(4);
    expect(lit(searching)).toBeCloseTo(0.5, 1);
    bench.welcome();
    const waiting = bench.watchLight(2048, 8);
    expect(flashes(waiting)).toBeGreaterThanOrEqual(3);
    expect(lit(waiting)).toBeCloseTo(0.125, 1);
    bench.send({ type: 'SEAT', room: 'main', side: 'up', index: 2 });
    bench.runMs(5);
    expect(lit(bench.watchLight(500, 5))).toBe(1);
    bench.runMs(3000);
    expect(lit(bench.watchLight(4096, 8))).toBeCloseTo(0.5, 1);
  });

  test('shows effects, identify and a win', () => {
    const bench = new PaddleBench();
    bench.seat();
    bench.send({ type: 'EFFECT', effect: 'light', value: 0, ms: 100 });
    bench.runMs(5);
    expect(lit(bench.watchLight(90, 1))).toBe(0);
    bench.runMs(10);
    expect(bench.uno.pin(LIGHT_PIN)).toBe(true);
    bench.send({ type: 'EFFECT', effect: 'identify', value: 0, ms: 1024 });
    bench.runMs(5);
    expect(flashes(bench.watchLight(1016, 4))).toBe(7);
    bench.send({ type: 'END', result: 'win', winner: 'left', scores: [5, 2] });
    bench.runMs(5);
    expect(flashes(bench.watchLight(1024, 4))).toBe(3);
  });
});

describe('the loudspeaker', () => {
  test.each([31, 62, 131, 262, 440, 523, 880, 1000, 2093, 4186, 8000, 20_000])('%i Hz is right within 1 %%', (hz) => {
    const bench = new PaddleBench();
    bench.seat();
    const meter = new ToneMeter(bench.uno, SPEAKER_PIN, 4_000_000);
    bench.send({ type: 'EFFECT', effect: 'tone', value: hz, ms: 400 });
    bench.runMs(300);
    expect(Math.abs(meter.frequency / hz - 1)).toBeLessThan(0.01);
    bench.runMs(250);
    expect(meter.frequency).toBe(0);
    expect(bench.uno.pin(SPEAKER_PIN)).toBe(false);
  });

  test('plays one tone after another, and costs no CPU', () => {
    const bench = new PaddleBench();
    bench.seat();
    const meter = new ToneMeter(bench.uno, SPEAKER_PIN);
    bench.send({ type: 'EFFECT', effect: 'tone', value: 2000, ms: 0 });
    bench.runMs(50);
    bench.send({ type: 'EFFECT', effect: 'tone', value: 500, ms: 0 });
    bench.runMs(100);
    expect(Math.abs(meter.frequency / 500 - 1)).toBeLessThan(0.01);
    const { cyclesAsleep } = bench.uno.counters;
    const from = bench.now;
    bench.runMs(500);
    expect((bench.uno.counters.cyclesAsleep - cyclesAsleep) / (bench.now - from)).toBeGreaterThan(0.9);
  });
});

const config = (mode: number): Uint8Array => {
  const eeprom = new Uint8Array(1024).fill(0xff);
  eeprom[1] = mode;
  return eeprom;
};
/** Turns the knob from one end to the other within a second. */
const turn = (bench: PaddleBench): void => {
  for (let step = 0; step <= 100; step++) {
    bench.uno.setAnalog(0, step / 20);
    bench.runMs(10);
  }
  bench.send({ type: 'PING', token: 1 });
  bench.runMs(100);
};

describe('the knob', () => {
  test('is found by itself when it is turned below its middle', () => {
    const bench = new PaddleBench();
    bench.seat();
    bench.uno.setAnalog(0, 5);
    bench.runMs(500);
    expect(bench.inputs).toEqual([]);
    bench.uno.setAnalog(0, 1.25);
    bench.runMs(200);
    expect(bench.inputs.map(({ input }) => input)).toEqual([{ seq: 1, buttons: 0, time: null, axis: 1024 }]);
    turn(bench);
    expect(bench.inputs.at(-1)?.input.axis).toBe(4092);
  });

  test.each([0, 5])('is not imagined on a pin at %i V', (volts) => {
    const bench = new PaddleBench();
    bench.seat();
    bench.uno.setAnalog(0, volts);
    bench.runMs(2500);
    expect(bench.inputs).toEqual([]);
  });

  test('by configuration: always there, reported at most 63 times a second, with the buttons', () => {
    const bench = new PaddleBench(config(1));
    bench.uno.setAnalog(0, 0);
    bench.seat();
    bench.runMs(50);
    expect(bench.inputs.at(-1)?.input.axis).toBe(0);
    bench.uno.setPin(DOWN_PIN, false);
    bench.runMs(20);
    const before = bench.inputs.length;
    turn(bench);
    const moves = bench.inputs.slice(before);
    expect(moves.length).toBeGreaterThan(50);
    expect(moves.length).toBeLessThanOrEqual(66);
    expect(moves.every(({ input }) => input.buttons === 2 && input.axis !== null)).toBe(true);
  });

  test('by configuration: never there', () => {
    const bench = new PaddleBench(config(0));
    bench.seat();
    turn(bench);
    expect(bench.inputs).toEqual([]);
  });
});
