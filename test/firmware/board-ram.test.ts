/** What the program uses of the chip: how deep its stack gets, what it counts, how long it sleeps. */
import { describe, expect, test } from 'vitest';
import { dataOfNewest } from './support/open-chip.ts';
import { pressWithBounce, releaseWithBounce } from '../../hardware/emulator/contact-bounce.ts';
import { Random } from '../support/random.ts';
import { missing } from '../support/needs.ts';
import { cyclesOf, DOWN_PIN, PaddleBench, UP_PIN } from './support/paddle-bench.ts';
import { rebuild, type Rebuilt } from './support/rebuilt.ts';

const RAM_START = 0x100;
const RAM_END = 0x8ff;
/** A run of untouched bytes this long is the gap between variables and stack. */
const GAP_BYTES = 256;

interface Use {
  readonly variables: number;
  readonly stack: number;
}

/** What was written since power-up, from below (variables) and from above (stack). */
function useOf(ram: Uint8Array): Use {
  const painted = ram[0x800 - 0x100] ?? 0;
  let top = RAM_END;
  const untouched = (from: number): boolean => ram.subarray(from - GAP_BYTES, from).every((byte) => byte === painted);
  while (!untouched(top + 1)) top--;
  let bottom = top;
  while (bottom >= RAM_START && ram[bottom] === painted) bottom--;
  return { variables: bottom + 1 - RAM_START, stack: RAM_END - top };
}

/** All that a hub and a player can do, for a while, and nonsense in between. */
function exercise(bench: PaddleBench): void {
  const random = new Random(23);
  const fraction = (): number => random.below(1000) / 1000;
  bench.uno.setAnalog(0, 1);
  bench.runMs(20_000);
  bench.seat();
  for (let round = 0; round < 60; round++) {
    const at = bench.now + cyclesOf(2);
    pressWithBounce(bench.uno, UP_PIN, { atCycle: at, bounceMs: 9, edges: 16, random: fraction });
    releaseWithBounce(bench.uno, UP_PIN, { atCycle: at + cyclesOf(40), bounceMs: 9, edges: 16, random: fraction });
    bench.uno.setAnalog(0, 5 * fraction());
    bench.send({ type: 'PING', token: round });
    bench.send({ type: 'EFFECT', effect: 'tone', value: 31 + random.below(19_000), ms: 50 });
    bench.send({ type: 'EFFECT', effect: 'light', value: random.below(3), ms: 50 });
    bench.send({ type: 'SCORE', points: round, scores: [round, 1, 2, 3], lifetimePoints: 70_000, lifetimeWins: 9 });
    bench.send({ type: 'END', result: 'win', winner: 'left', scores: [round, 0], stats: null });
    bench.send({ type: 'ERROR', code: 'seat-missing', text: 'x'.repeat(200), detail: { free: [[[[['up']]]]] } });
    bench.send({ type: 'SEAT', room: 'main', side: 'right', index: 1 });
    bench.send({ type: 'EFFECT', effect: 'identify', value: 0, ms: round % 3 === 0 ? 0 : 50 });
    bench.send({ type: 'ASK' });
    bench.send({ type: 'BAUD', baud: round % 4 === 0 ? 1_000_000 : 123 });
    bench.uno.write(random.bytes(100));
    bench.uno.write(Uint8Array.of(0));
    bench.runMs(130);
  }
  bench.runMs(5000);
  bench.port.baud = 115_200;
  bench.seat();
  bench.goTo(1_000_000);
  exerciseFast(bench, random, fraction);
  bench.runMs(5000);
}

/** A line at 1 Mbaud that is full, while both contacts bounce: every interrupt at the worst of times. */
function exerciseFast(bench: PaddleBench, random: Random, fraction: () => number): void {
  for (let round = 0; round < 40; round++) {
    for (let frame = 0; frame < 3; frame++) {
      bench.send({
        type: 'SCORE',
        points: round,
        scores: Array.from({ length: 32 }, () => 300),
        lifetimePoints: 70_000,
        lifetimeWins: 9,
      });
    }
    const move = round % 2 === 0 ? pressWithBounce : releaseWithBounce;
    for (const pin of [UP_PIN, DOWN_PIN]) {
      move(bench.uno, pin, {
        atCycle: bench.now + cyclesOf(3 * fraction()),
        bounceMs: 9 * fraction(),
        edges: random.below(17),
        random: fraction,
      });
    }
    bench.runMs(25);
    bench.send({ type: 'ASK' });
  }
}

describe('the RAM of the board', () => {
  test('is within 1 KB after all that can happen', () => {
    const bench = new PaddleBench();
    exercise(bench);
    const { variables, stack } = useOf(dataOfNewest());
    console.log(`variables ${variables} bytes, deepest stack seen ${stack} bytes`);
    expect(stack).toBeGreaterThan(20);
    expect(variables + stack).toBeLessThanOrEqual(1024);
  });

  describe.skipIf(missing('avr-gcc'))('as the build sees it', () => {
    test('the deepest stack seen is not over the one computed', () => {
      const built = rebuild();
      const bench = new PaddleBench();
      exercise(bench);
      const seen = useOf(dataOfNewest());
      expect(seen.stack).toBeLessThanOrEqual(numberIn(built, 'main') + numberIn(built, 'interrupt'));
      expect(seen.variables).toBeLessThanOrEqual(numberIn(built, 'variables'));
    });

    test('each way a frame or message is lost is counted apart', () => {
      const { variables } = rebuild();
      const bench = new PaddleBench();
      bench.seat();
      const line = (hex: string): void => {
        bench.uno.write(Uint8Array.from(Buffer.from(hex, 'hex')));
        bench.runMs(5);
      };
      const before = countersOf(variables);
      line('010100'); // too short
      line('0901020300'); // bad stuffing
      line('06820207f95200'); // a bit flipped
      line('06811863cf6500'); // unknown type
      line('0782126161162900'); // PING with a text
      const after = countersOf(variables);
      expect(after.frames.map((count, fate) => count - (before.frames[fate] ?? 0))).toEqual([2, 0, 1, 1, 1]);
      bench.uno.write(new Uint8Array(1200).fill(1));
      bench.uno.write(Uint8Array.of(0));
      bench.runMs(110);
      expect((countersOf(variables).frames[1] ?? 0) - (before.frames[1] ?? 0)).toBe(1);
    });
  });
});

const numberIn = ({ output }: Rebuilt, what: string): number =>
  Number(new RegExp(`${what}[a-z ]* (\\d+)`).exec(output)?.[1] ?? Number.NaN);

/** Of the frame receiver: whole, too long, too short, bad stuffing, bad CRC (core/frame.h). */
function countersOf(variables: ReadonlyMap<string, number>): { frames: number[] } {
  const data = dataOfNewest();
  const receiver = variables.get('receiver') ?? Number.NaN;
  // Two bytes each; before them: a pointer, six words and the state of COBS.
  const at = (index: number): number => receiver + 16 + 2 * index;
  return { frames: [0, 1, 2, 3, 4].map((index) => (data[at(index)] ?? 0) | ((data[at(index) + 1] ?? 0) << 8)) };
}

describe('the board with nothing to do', () => {
  test.each(['searching', 'seated'])('sleeps over 95 % of the time (%s)', (state) => {
    const bench = new PaddleBench();
    bench.runMs(100);
    if (state === 'seated') bench.seat();
    const from = bench.uno.counters;
    const cycle = bench.now;
    bench.runPinged(5000);
    const share = (bench.uno.counters.cyclesAsleep - from.cyclesAsleep) / (bench.now - cycle);
    const instructions = (bench.uno.counters.instructions - from.instructions) / 5000;
    console.log(
      `${state}: asleep ${(share * 100).toFixed(1)} %, ${instructions.toFixed(0)} instructions a millisecond`,
    );
    expect(share).toBeGreaterThan(0.95);
  });
});
