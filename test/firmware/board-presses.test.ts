/** Presses of real contacts on the emulated board: how many reports, how soon, with which numbers and times. */
import { describe, expect, test } from 'vitest';
import { pressWithBounce, releaseWithBounce } from '../../hardware/emulator/contact-bounce.ts';
import { SHORT_SEQ_WRAP, SHORT_TIME_WRAP_US } from '../../shared/contract/short-input.ts';
import { Random } from '../support/random.ts';
import { cyclesOf, DOWN_PIN, msOf, PaddleBench, UP_PIN } from './support/paddle-bench.ts';
import { quantile } from './support/quantile.ts';

/** Eight bytes of ten bits at 117647 baud, which is what 115200 is on a 16 MHz chip. */
const FRAME_MS = 8 * 0.085;

interface Edge {
  /** Of the first edge. */
  readonly cycle: number;
  /** Of the first edge after which the contact stayed for two microseconds: before that it is a spike to the chip. */
  readonly contactCycle: number;
  readonly buttons: number;
}

function edgeOf(buttons: number, cycles: readonly number[]): Edge {
  const firm = cycles.find((at, index) => index % 2 === 0 && (cycles[index + 1] ?? Infinity) - at >= cyclesOf(0.002));
  return { cycle: cycles[0] ?? 0, contactCycle: firm ?? 0, buttons };
}

/** Presses a button `count` times, each press and release with its own random bounce of at most `bounceMs`. */
function press(bench: PaddleBench, random: Random, count: number, bounceMs: number): Edge[] {
  const edges: Edge[] = [];
  const fraction = (): number => random.below(1_000_000) / 1_000_000;
  const options = (): object => ({ bounceMs: fraction() * bounceMs, edges: random.below(17), random: fraction });
  for (let done = 0; done < count; done++) {
    const pressedAt = bench.now + cyclesOf(21 + fraction() * 40);
    const releasedAt = pressedAt + cyclesOf(21 + fraction() * 60);
    if (done % 8 === 0) bench.send({ type: 'PING', token: done });
    const pressed = pressWithBounce(bench.uno, UP_PIN, { atCycle: pressedAt, ...options() });
    const released = releaseWithBounce(bench.uno, UP_PIN, { atCycle: releasedAt, ...options() });
    edges.push(edgeOf(1, pressed), edgeOf(0, released));
    bench.uno.run(releasedAt + cyclesOf(1));
  }
  bench.runMs(30);
  return edges;
}

describe('presses on the board', () => {
  test.each([0, 9])('1,000 presses with bounce up to %i ms: one report each, and at once', (bounceMs) => {
    const bench = new PaddleBench();
    bench.seat();
    const edges = press(bench, new Random(bounceMs + 1), 1000, bounceMs);
    const { inputs } = bench;
    expect(inputs.length).toBe(2000);
    expect(inputs.map(({ input }) => input.buttons)).toEqual(edges.map(({ buttons }) => buttons));
    expect(inputs.map(({ input }) => input.seq)).toEqual(edges.map((_, index) => (index + 1) % SHORT_SEQ_WRAP));
    expect(bench.lost).toBe(0);

    const latencies = inputs.map(({ cycle }, index) => msOf(cycle - (edges[index]?.cycle ?? 0)));
    const firm = inputs.map(({ cycle }, index) => msOf(cycle - (edges[index]?.contactCycle ?? 0)));
    const [p50, p99, max] = [quantile(latencies, 0.5), quantile(latencies, 0.99), quantile(firm, 1)];
    console.log(
      `edge to last byte, ms: p50 ${p50.toFixed(3)}, p99 ${p99.toFixed(3)}, the bytes alone ${FRAME_MS.toFixed(2)}; ` +
        `max from a contact of 2 us ${max.toFixed(3)} (bounce up to ${bounceMs} ms, n ${latencies.length})`,
    );
    expect(p99).toBeLessThanOrEqual(FRAME_MS + 0.1);
    // A PONG may be on the wire before it: 13 bytes at most.
    expect(max).toBeLessThanOrEqual(FRAME_MS + 0.1 + 13 * 0.085);
  });

  test('the times of the reports are those of the edges', () => {
    const bench = new PaddleBench();
    bench.seat();
    const edges = press(bench, new Random(3), 200, 9);
    const zero = (bench.inputs[0]?.input.time ?? 0) - msOf(edges[0]?.contactCycle ?? 0) * 1000;
    for (const [index, { contactCycle }] of edges.entries()) {
      const reported = bench.inputs[index]?.input.time ?? 0;
      const error = (reported - zero - msOf(contactCycle) * 1000) % SHORT_TIME_WRAP_US;
      // A unit of the short time is 128 µs, and two of them are compared.
      const off = Math.min(Math.abs(error), SHORT_TIME_WRAP_US - Math.abs(error));
      expect(off).toBeLessThan(2 * 128);
    }
  });

  test('two buttons within a frame: both arrive, the second as soon as the line is free', () => {
    const bench = new PaddleBench();
    bench.seat();
    const at = bench.now + 1000;
    bench.uno.schedule(at, () => bench.uno.setPin(UP_PIN, false));
    bench.uno.schedule(at + cyclesOf(0.2), () => bench.uno.setPin(DOWN_PIN, false));
    bench.runMs(10);
    expect(bench.inputs.map(({ input }) => input.buttons)).toEqual([1, 3]);
    expect(msOf((bench.inputs[1]?.cycle ?? 0) - at)).toBeLessThanOrEqual(2 * FRAME_MS + 0.1);
  });

  test('a tap of 2 ms is a press and a release', () => {
    const bench = new PaddleBench();
    bench.seat();
    const at = bench.now + 1000;
    bench.uno.schedule(at, () => bench.uno.setPin(DOWN_PIN, false));
    bench.uno.schedule(at + cyclesOf(2), () => bench.uno.setPin(DOWN_PIN, true));
    bench.runMs(30);
    expect(bench.inputs.map(({ input }) => input.buttons)).toEqual([2, 0]);
  });

  test('a hub that pings without end cannot crowd out a press', () => {
    const bench = new PaddleBench();
    bench.seat();
    // More than the line to the hub can take back: a PONG is longer than a PING.
    for (let ping = 0; ping < 1000; ping++) bench.send({ type: 'PING', token: ping });
    const edges: Edge[] = [];
    for (let change = 0; change < 40; change++) {
      const buttons = change % 2 === 0 ? 1 : 0;
      const cycle = bench.now + cyclesOf(15);
      bench.uno.schedule(cycle, () => bench.uno.setPin(UP_PIN, buttons === 0));
      bench.runMs(16);
      edges.push(edgeOf(buttons, [cycle]));
    }
    bench.runMs(20);
    expect(bench.inputs.map(({ input }) => input.buttons)).toEqual(edges.map(({ buttons }) => buttons));
    const worst = Math.max(...bench.inputs.map(({ cycle }, index) => msOf(cycle - (edges[index]?.cycle ?? 0))));
    // What waits before it is at most the transmit buffer less what is reserved for presses: 96 bytes.
    expect(worst).toBeLessThan(96 * 0.085 + FRAME_MS + 0.3);
    expect(bench.lost).toBe(0);
  });
});
