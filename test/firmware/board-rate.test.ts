/** The rate of the line: to 1 Mbaud and back, in every way that docs/serial.md tells, and what the board can take there. */
import { describe, expect, test } from 'vitest';
import { pressWithBounce, releaseWithBounce } from '../../hardware/emulator/contact-bounce.ts';
import { encode } from '../../shared/contract/codec.ts';
import { encodeFrame } from '../../shared/serial/frame.ts';
import { Random } from '../support/random.ts';
import { cyclesOf, msOf, PaddleBench, UP_PIN } from './support/paddle-bench.ts';
import { quantile } from './support/quantile.ts';

const FAST = 1_000_000;
/** 115200 as the chip makes it. */
const FIRST = 117_647;

function seated(baud?: number): PaddleBench {
  const bench = new PaddleBench();
  bench.seat();
  if (baud !== undefined) bench.goTo(baud);
  return bench;
}

/** Runs until the board's rate is `baud`. @returns how long that took, in ms */
function untilAt(bench: PaddleBench, baud: number, limitMs: number): number {
  const began = bench.now;
  while (bench.uno.baud !== baud && msOf(bench.now - began) < limitMs) bench.runMs(0.5);
  expect(bench.uno.baud).toBe(baud);
  return msOf(bench.now - began);
}

describe('to another rate', () => {
  test.each([1_000_000, 500_000, 250_000])('%i baud: heard there, and kept', (baud) => {
    const bench = seated(baud);
    bench.runPinged(5000);
    expect(bench.uno.baud).toBe(baud);
    expect(bench.lost).toBe(0);
    expect(bench.port.garbled + bench.uno.counters.garbled).toBe(0);
  });

  test('what it was sending at the old rate leaves whole, the last byte too', () => {
    const bench = seated();
    for (let token = 0; token < 5; token++) bench.send({ type: 'PING', token });
    bench.send({ type: 'BAUD', baud: FAST });
    untilAt(bench, FAST, 30);
    expect(bench.all('PONG').length).toBe(5);
    expect(bench.port.garbled).toBe(0);
    expect(bench.lost).toBe(0);
  });

  test.each([230_400, 921_600, 2_000_000, 57_600, 1])('%i baud is not for it: ignored, and counted', (baud) => {
    const bench = seated();
    bench.send({ type: 'BAUD', baud });
    bench.runMs(30);
    expect(bench.uno.baud).toBe(FIRST);
    bench.send({ type: 'ASK' });
    expect(bench.await('REPORT', 20).lost).toEqual([0, 0, 0, 0, 1, 0, 0]);
  });

  test('presses meanwhile wait until the hub is there, and none is lost', () => {
    const bench = seated();
    bench.send({ type: 'BAUD', baud: FAST });
    untilAt(bench, FAST, 30);
    bench.uno.setPin(UP_PIN, false);
    bench.runMs(15);
    bench.uno.setPin(UP_PIN, true);
    bench.runMs(15);
    expect(bench.inputs).toEqual([]);
    bench.port.baud = FAST;
    bench.send({ type: 'PING', token: 7 });
    bench.runMs(1);
    expect(bench.inputs.map(({ input }) => input.buttons)).toEqual([1, 0]);
    expect(bench.all('PONG').at(-1)?.token).toBe(7);
    expect(bench.lost).toBe(0);
  });
});

describe('back to 115200', () => {
  test('a hub that is never heard at the new rate: after 500 ms, and plays on', () => {
    const bench = seated();
    bench.send({ type: 'BAUD', baud: FAST });
    untilAt(bench, FAST, 30);
    const took = untilAt(bench, FIRST, 600);
    expect(took).toBeGreaterThan(490);
    expect(took).toBeLessThan(510);
    bench.uno.setPin(UP_PIN, false);
    bench.runMs(5);
    expect(bench.inputs.length).toBe(1);
    expect(bench.all('HELLO').length).toBe(1);
  });

  test('a press that the hub could not read is told again when the hub is heard there', () => {
    const bench = seated();
    bench.send({ type: 'BAUD', baud: FAST });
    untilAt(bench, FAST, 30);
    // A hub that stands still for a moment: it goes, asks when the board has given up already, and comes back late.
    bench.port.baud = FAST;
    untilAt(bench, FIRST, 600);
    bench.uno.setPin(UP_PIN, false);
    bench.runMs(20);
    expect(bench.inputs).toEqual([]);
    bench.port.baud = 115_200;
    bench.runMs(100);
    expect(bench.inputs).toEqual([]);
    bench.send({ type: 'PING', token: 7 });
    bench.runMs(10);
    expect(bench.inputs.map(({ input }) => input.buttons)).toEqual([1]);
    // Once is enough.
    bench.runPinged(2000);
    expect(bench.inputs.length).toBe(1);
  });

  test('a hub that stayed at 115200 and speaks: as soon as it has spoilt sixteen bytes', () => {
    const bench = seated();
    bench.send({ type: 'BAUD', baud: FAST });
    untilAt(bench, FAST, 30);
    for (let token = 0x1000_0000; token < 0x1000_0003; token++) bench.send({ type: 'PING', token });
    expect(untilAt(bench, FIRST, 600)).toBeLessThan(20);
  });

  test('asked by the hub', () => {
    const bench = seated(FAST);
    bench.goTo(115_200);
    expect(bench.uno.baud).toBe(FIRST);
    bench.uno.setPin(UP_PIN, false);
    bench.runMs(5);
    expect(bench.inputs.length).toBe(1);
    expect(bench.lost).toBe(0);
  });

  test('a hub that was restarted speaks at 115200: heard again within a few of its messages', () => {
    const bench = seated(FAST);
    bench.port.baud = 115_200;
    for (let asked = 0; asked < 3; asked++) {
      bench.send({ type: 'ERROR', code: 'hello-required', text: 'Say HELLO.', detail: null });
      bench.runMs(100);
    }
    expect(bench.uno.baud).toBe(FIRST);
    expect(bench.all('HELLO').length).toBeGreaterThan(1);
  });

  test('a hub that is gone: after 3 s, and HELLO is said there', () => {
    const bench = seated(FAST);
    bench.runMs(2900);
    expect(bench.uno.baud).toBe(FAST);
    bench.port.baud = 115_200;
    bench.await('HELLO', 200);
    expect(bench.uno.baud).toBe(FIRST);
    expect(bench.port.garbled).toBe(0);
  });

  test('a reset', () => {
    const bench = seated(FAST);
    bench.uno.reset('external');
    bench.port.baud = 115_200;
    bench.await('HELLO', 60);
    expect(bench.uno.baud).toBe(FIRST);
  });
});

const SCORE = encodeFrame(
  encode({
    type: 'SCORE',
    points: 3,
    scores: Array.from({ length: 32 }, () => 300),
    lifetimePoints: 70_000,
    lifetimeWins: 9,
  }),
);

describe('at 1 Mbaud', () => {
  test('frames back to back while buttons bounce: no byte is lost, and each press is one report', () => {
    const bench = seated(FAST);
    const random = new Random(4);
    const fraction = (): number => random.below(1_000_000) / 1_000_000;
    for (let press = 0; press < 200; press++) {
      // 333 bytes, 3.3 ms without a gap: as much as a hub has to say at once. The press falls into them.
      for (let frame = 0; frame < 3; frame++) bench.port.write(SCORE);
      const options = (): object => ({ bounceMs: 9 * fraction(), edges: random.below(17), random: fraction });
      pressWithBounce(bench.uno, UP_PIN, { atCycle: bench.now + cyclesOf(4 * fraction()), ...options() });
      bench.runMs(25);
      for (let frame = 0; frame < 3; frame++) bench.port.write(SCORE);
      releaseWithBounce(bench.uno, UP_PIN, { atCycle: bench.now + cyclesOf(4 * fraction()), ...options() });
      bench.runMs(25);
      bench.send({ type: 'PING', token: press });
    }
    bench.send({ type: 'ASK' });
    expect(bench.await('REPORT', 20).lost).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(bench.uno.counters.overruns).toBe(0);
    expect(bench.inputs.map(({ input }) => input.buttons)).toEqual(
      Array.from({ length: 400 }, (_, index) => (index + 1) % 2),
    );
    expect(bench.lost).toBe(0);
  });

  test('a line that is full without end: the chip takes every byte, whatever the program makes of them', () => {
    const bench = seated(FAST);
    for (let frame = 0; frame < 300; frame++) bench.port.write(SCORE);
    bench.uno.schedule(bench.now + cyclesOf(100), () => bench.uno.setPin(UP_PIN, false));
    bench.runMs(400);
    expect(bench.uno.counters.overruns).toBe(0);
    expect(bench.inputs.length).toBe(1);
  });

  test.each([0, 9])('bounce up to %i ms: p99 from the edge to the last byte under 0.2 ms', (bounceMs) => {
    const bench = seated(FAST);
    const random = new Random(bounceMs + 1);
    const fraction = (): number => random.below(1_000_000) / 1_000_000;
    const edges: number[] = [];
    for (let change = 0; change < 1000; change++) {
      if (change % 4 === 0) bench.send({ type: 'PING', token: change });
      const atCycle = bench.now + cyclesOf(21 + 40 * fraction());
      const options = { atCycle, bounceMs: fraction() * bounceMs, edges: random.below(17), random: fraction };
      const cycles = (change % 2 === 0 ? pressWithBounce : releaseWithBounce)(bench.uno, UP_PIN, options);
      edges.push(cycles[0] ?? 0);
      bench.uno.run(atCycle + cyclesOf(1));
    }
    bench.runMs(30);
    expect(bench.inputs.length).toBe(1000);
    const latencies = bench.inputs.map(({ cycle }, index) => msOf(cycle - (edges[index] ?? 0)));
    expect(quantile(latencies, 0.99)).toBeLessThan(0.2);
  });
});
