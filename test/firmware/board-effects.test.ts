/** What can be seen, heard and turned at the emulated board. */
import { describe, expect, test } from 'vitest';
import { ToneMeter } from '../../hardware/emulator/tone-meter.ts';
import type { DownMessage } from '../../shared/contract/messages.ts';
import { DOWN_PIN, LIGHT_PIN, msOf, PaddleBench, SPEAKER_PIN } from './support/paddle-bench.ts';

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
    const waiting = bench.watchLight(2048, 8, true);
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
    expect(flashes(bench.watchLight(1016, 4, true))).toBe(7);
    bench.send({ type: 'END', result: 'win', winner: 'left', scores: [5, 2], stats: null });
    bench.runMs(5);
    expect(flashes(bench.watchLight(1024, 4, true))).toBe(3);
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
/** Turns the knob from `from` to `to` volts within `ms`, a step each 2 ms. */
const turn = (bench: PaddleBench, from: number, to: number, ms: number): void => {
  for (let at = 0; at <= ms; at += 2) {
    bench.uno.setAnalog(0, from + ((to - from) * at) / ms);
    if (at % 400 === 0) bench.send({ type: 'PING', token: at });
    bench.runMs(2);
  }
  bench.runMs(30);
};
const axes = (bench: PaddleBench): (number | null)[] => bench.inputs.map(({ input }) => input.axis);

describe('the knob', () => {
  test('is found by itself when it is turned below its middle', () => {
    const bench = new PaddleBench();
    bench.seat();
    bench.uno.setAnalog(0, 5);
    bench.runMs(500);
    expect(bench.inputs).toEqual([]);
    bench.uno.setAnalog(0, 1.875);
    bench.runMs(200);
    expect(bench.inputs.map(({ input }) => ({ ...input, axis: 0 }))).toEqual([
      { seq: 1, buttons: 0, time: null, axis: 0 },
    ]);
    turn(bench, 1.875, 5, 800);
    expect(axes(bench).at(-1)).toBe(4095);
  });

  test.each([0, 5])('is not imagined on a pin at %i V', (volts) => {
    const bench = new PaddleBench();
    bench.seat();
    bench.uno.setAnalog(0, volts);
    bench.runPinged(2500);
    expect(bench.inputs).toEqual([]);
  });

  test('by configuration: always there, reported at most 125 times a second, with the buttons', () => {
    const bench = new PaddleBench(config(1));
    bench.uno.setAnalog(0, 0);
    bench.seat();
    bench.runMs(50);
    expect(axes(bench).at(-1)).toBe(0);
    bench.uno.setPin(DOWN_PIN, false);
    bench.runMs(20);
    const before = bench.inputs.length;
    turn(bench, 0, 5, 1000);
    const moves = bench.inputs.slice(before);
    expect(moves.length).toBeGreaterThan(80);
    expect(moves.length).toBeLessThanOrEqual(126);
    expect(moves.every(({ input }) => input.buttons === 2 && input.axis !== null)).toBe(true);
  });

  test('by configuration: never there', () => {
    const bench = new PaddleBench(config(0));
    bench.seat();
    turn(bench, 0, 5, 1000);
    expect(bench.inputs).toEqual([]);
  });

  test('a turn within 0.2 s: the report of a position is on the wire within 12 ms of it', () => {
    const bench = new PaddleBench(config(1));
    bench.uno.setAnalog(0, 0);
    bench.seat();
    turn(bench, 0, 5, 2000);
    turn(bench, 5, 0, 2000);
    const began = bench.now;
    const before = bench.inputs.length;
    turn(bench, 0, 5, 200);
    const moves = bench.inputs.slice(before).map(({ input, cycle }) => ({ axis: input.axis, ms: msOf(cycle - began) }));
    expect(moves.length).toBeGreaterThan(20);
    for (let ms = 12; ms <= 200; ms++) {
      const told = moves.findLast((move) => move.ms <= ms)?.axis ?? 0;
      // 10 ms of the knob and the filter, 0.7 ms on the wire; the dead zones stretch the way by 3 %.
      expect(told).toBeGreaterThan((4095 * (ms - 12)) / 200 - 80);
    }
  });

  test('its ends are learnt, kept at rest, and known at the next start', () => {
    const eeprom = config(1);
    const bench = new PaddleBench(eeprom);
    bench.uno.setAnalog(0, 2.5);
    bench.seat();
    turn(bench, 2.5, 0.5, 800);
    turn(bench, 0.5, 4, 1200);
    expect(axes(bench).at(-1)).toBe(4095);
    const range = (): string => eeprom.subarray(160, 166).join();
    expect(range()).toBe('255,255,255,255,255,255');
    bench.runPinged(2500);
    const kept = range();
    expect(eeprom[160]! | (eeprom[161]! << 8)).toBeCloseTo(408, -1);
    turn(bench, 4, 0.51, 1000);
    bench.runPinged(2500);
    expect(range()).toBe(kept);
    bench.uno.setAnalog(0, 2.25);
    bench.uno.reset('external');
    bench.seat();
    bench.runMs(30);
    expect(axes(bench).at(-1)).toBeGreaterThan(1990);
    expect(axes(bench).at(-1)).toBeLessThan(2100);
  });
});

const BAR_PINS = [4, 5, 6, 7, 8];
const bar = (bench: PaddleBench): string => BAR_PINS.map((pin) => (bench.uno.pin(pin) ? '#' : '.')).join('');

const score = (points: number): DownMessage => ({
  type: 'SCORE',
  points,
  scores: [points, 0],
  lifetimePoints: 0,
  lifetimeWins: 0,
});

describe('the bar', () => {
  test('shows the score while it has a seat and the hub speaks, and runs when the match is won', () => {
    const bench = new PaddleBench();
    expect(BAR_PINS.every((pin) => !bench.uno.isOutput(pin))).toBe(true);
    bench.seat();
    expect(BAR_PINS.every((pin) => bench.uno.isOutput(pin))).toBe(true);
    for (const [points, shown] of [
      [0, '.....'],
      [1, '#....'],
      [3, '###..'],
      [5, '#####'],
    ] as const) {
      bench.send(score(points));
      bench.runMs(20);
      expect(bar(bench)).toBe(shown);
    }
    bench.runMs(1100);
    expect(bar(bench)).toBe('.....');
    bench.send({ type: 'PING', token: 1 });
    bench.runMs(10);
    expect(bar(bench)).toBe('#####');
    bench.send({ type: 'END', result: 'win', winner: 'left', scores: [5, 2], stats: null });
    const seen = new Set(Array.from({ length: 100 }, () => (bench.runMs(8), bar(bench))));
    expect(seen).toEqual(new Set(['#....', '.#...', '..#..', '...#.', '....#']));
  });

  test('a point blinks on the light of the board: once, as often as there are points', () => {
    const bench = new PaddleBench();
    bench.seat();
    bench.send(score(3));
    const dark = flashes([true, ...bench.watchLight(2000, 4, true)].map((on) => !on));
    expect(dark).toBe(3);
  });
});

describe('a hub that is silent for a second', () => {
  test('no tone, a slow blink; it stays seated, and presses are sent', () => {
    const bench = new PaddleBench();
    bench.seat();
    const meter = new ToneMeter(bench.uno, SPEAKER_PIN);
    bench.send({ type: 'EFFECT', effect: 'tone', value: 440, ms: 0 });
    bench.runMs(900);
    expect(meter.frequency).toBeGreaterThan(400);
    bench.runMs(200);
    expect(meter.frequency).toBe(0);
    expect(lit(bench.watchLight(1024, 8))).toBeCloseTo(0.5, 1);
    bench.uno.setPin(DOWN_PIN, false);
    bench.runMs(5);
    expect(bench.inputs.map(({ input }) => input.buttons)).toEqual([2]);
    bench.send({ type: 'PING', token: 1 });
    bench.runMs(10);
    expect(lit(bench.watchLight(500, 8))).toBe(1);
    expect(bench.all('HELLO').length).toBe(1);
  });
});
