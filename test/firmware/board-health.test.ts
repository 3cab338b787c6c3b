/** The board's self-test: what it reports of its contacts and of its line. */
import { describe, expect, test } from 'vitest';
import { pressWithBounce, releaseWithBounce } from '../../hardware/emulator/contact-bounce.ts';
import type { MessageOf } from '../../shared/contract/messages.ts';
import { Random } from '../support/random.ts';
import { cyclesOf, DOWN_PIN, msOf, PaddleBench, UP_PIN } from './support/paddle-bench.ts';

const ask = (bench: PaddleBench): MessageOf<'REPORT'> => {
  bench.send({ type: 'ASK' });
  return bench.await('REPORT', 30);
};

describe('the longest bounce', () => {
  test('is told of each button, to 10 µs, and begins anew with each report', () => {
    const bench = new PaddleBench();
    bench.seat();
    const random = new Random(8);
    const fraction = (): number => random.below(1_000_000) / 1_000_000;
    for (const [pin, index] of [
      [UP_PIN, 0],
      [DOWN_PIN, 1],
    ] as const) {
      let longest = 0;
      for (let change = 0; change < 40; change++) {
        const options = { atCycle: bench.now + cyclesOf(2), bounceMs: 9 * fraction(), edges: 12, random: fraction };
        const cycles = (change % 2 === 0 ? pressWithBounce : releaseWithBounce)(bench.uno, pin, options);
        longest = Math.max(longest, msOf((cycles.at(-1) ?? 0) - (cycles[0] ?? 0)) * 1000);
        bench.runMs(25);
        if (change % 16 === 0) bench.send({ type: 'PING', token: change });
      }
      const { bounce } = ask(bench);
      expect(Math.abs((bounce[index] ?? 0) - longest)).toBeLessThan(10);
      expect(bounce[1 - index]).toBe(0);
    }
    expect(ask(bench).bounce).toEqual([0, 0]);
  });

  test('of clean contacts there is none', () => {
    const bench = new PaddleBench();
    bench.seat();
    for (const level of [false, true, false, true]) {
      bench.uno.setPin(UP_PIN, level);
      bench.runMs(30);
    }
    expect(bench.inputs.length).toBe(4);
    expect(ask(bench).bounce).toEqual([0, 0]);
  });
});

test('a button that is held for 10 s is stuck until it is let go', () => {
  const bench = new PaddleBench();
  bench.seat();
  bench.uno.setPin(DOWN_PIN, false);
  bench.runPinged(9900);
  expect(ask(bench).stuck).toBe(0);
  bench.runPinged(200);
  expect(ask(bench).stuck).toBe(2);
  bench.uno.setPin(DOWN_PIN, true);
  bench.runMs(50);
  expect(ask(bench).stuck).toBe(0);
});

test('each way to lose a frame is told apart, and PONG tells the sum', () => {
  const bench = new PaddleBench();
  bench.seat();
  const line = (hex: string): void => bench.port.write(Uint8Array.from(Buffer.from(hex, 'hex')));
  line('010100'); // too short
  line('0901020300'); // bad stuffing
  line('06820207f95200'); // a bit flipped
  line('06811863cf6500'); // unknown type
  bench.port.write(new Uint8Array(1200).fill(1)); // too long
  bench.port.write(Uint8Array.of(0));
  bench.runMs(120);
  expect(ask(bench).lost).toEqual([1, 1, 1, 1, 1, 0, 0]);
  bench.send({ type: 'PING', token: 1 });
  expect(bench.await('PONG', 10).lost).toBe(5);
  bench.port.baud = 57_600;
  bench.port.write(Uint8Array.of(1, 2, 3));
  bench.runMs(10);
  bench.port.baud = 115_200;
  bench.port.write(Uint8Array.of(0));
  expect(ask(bench).lost[5]).toBe(3);
});

describe('identify', () => {
  test('without a time blinks until a button is pressed, and the press counts', () => {
    const bench = new PaddleBench();
    bench.seat();
    bench.send({ type: 'EFFECT', effect: 'identify', value: 0, ms: 0 });
    bench.runPinged(20_000);
    const samples = bench.watchLight(1000, 4, true);
    const flashes = samples.filter((on, index) => on && samples[index - 1] === false).length;
    expect(flashes).toBeGreaterThanOrEqual(7);
    bench.uno.setPin(UP_PIN, false);
    bench.runMs(10);
    expect(bench.inputs.map(({ input }) => input.buttons)).toEqual([1]);
    expect(bench.watchLight(900, 4, true).every(Boolean)).toBe(true);
  });
});
