import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pressWithBounce } from '../../../hardware/emulator/contact-bounce.ts';
import { F_CPU, EmulatedUno } from '../../../hardware/emulator/uno.ts';
import { VirtualBench } from '../../../hardware/emulator/virtual-bench.ts';
import { assemble, START_USART } from './support/assemble.ts';
import { seeded } from './support/run.ts';

const MS = F_CPU / 1000;
/** Sends port D whenever it is another than before, and what it receives back as it is. */
const REPORTER = assemble(`${START_USART}
  clr r20
  loop:
  lds r17, UCSR0A
  sbrc r17, 7
  rjmp echo
  in r16, 9
  cp r16, r20
  breq loop
  mov r20, r16
  sts UDR0, r16
  rjmp loop
  echo:
  lds r16, UDR0
  sts UDR0, r16
  rjmp loop`);

function play(seed: number): VirtualBench {
  const random = seeded(seed);
  // The host answers each byte it has heard so far with one of its own, at most one a millisecond.
  const bench = new VirtualBench({
    host: (cycle, { transcript }) => {
      if (cycle % MS === 0 && transcript.at(-1)?.kind === 'tx')
        bench.write('left', Uint8Array.of(transcript.length & 0xff));
    },
  });
  for (const name of ['left', 'right']) {
    const uno = new EmulatedUno();
    uno.load(REPORTER);
    bench.add(name, uno, [2]);
    for (let press = 0; press < 10; press++) {
      pressWithBounce(uno, 2, { atCycle: (10 + random() * 80) * MS, bounceMs: 2, edges: 6, random });
      bench.schedule(name, (10 + random() * 80) * MS, (board) => board.setPin(2, true));
    }
  }
  bench.run(100 * MS);
  return bench;
}

const digest = ({ transcript }: VirtualBench): string =>
  createHash('sha256').update(JSON.stringify(transcript)).digest('hex');

describe('VirtualBench', () => {
  it('gives the same transcript for the same seed, another for another', () => {
    const bench = play(1);
    expect(bench.transcript.length).toBeGreaterThan(100);
    expect(new Set(bench.transcript.map(({ board }) => board))).toEqual(new Set(['left', 'right']));
    expect(new Set(bench.transcript.map(({ kind }) => kind))).toEqual(new Set(['tx', 'rx', 'pin 2']));
    expect(digest(play(1))).toBe(digest(bench));
    expect(digest(play(2))).not.toBe(digest(bench));
  });

  it('keeps the boards and the host on one clock', () => {
    const { transcript } = play(3);
    const cycles = transcript.map(({ cycle }) => cycle);
    expect(cycles).toEqual(cycles.toSorted((a, b) => a - b));
    expect(cycles.at(-1)).toBeLessThanOrEqual(100 * MS);
  });

  it('continues the time of a board that has run before', () => {
    const uno = new EmulatedUno();
    uno.load(REPORTER);
    uno.run(5 * MS);
    const bench = new VirtualBench();
    bench.run(2 * MS);
    bench.add('late', uno);
    bench.schedule('late', 3 * MS, (board) => board.setPin(2, false));
    bench.run(4 * MS);
    expect(bench.transcript.map(({ kind, value }) => [kind, value])).toEqual([['tx', 0xfb]]);
    expect(bench.transcript[0]!.cycle).toBeGreaterThan(3 * MS);
    expect(bench.transcript[0]!.cycle).toBeLessThan(3 * MS + 1500);
  });

  it('runs until a condition holds, or says that it does not', () => {
    const bench = new VirtualBench();
    const uno = new EmulatedUno();
    uno.load(REPORTER);
    bench.add('one', uno);
    bench.runUntil(() => bench.transcript.length > 0, MS);
    expect(bench.cycle).toBeLessThan(MS);
    expect(() => bench.runUntil(() => false, 2 * MS)).toThrow('condition');
    expect(() => bench.add('one', uno)).toThrow('already');
    expect(() => bench.write('two', Uint8Array.of(1))).toThrow('no board');
  });
});
