/** What the writer holds to, beyond what matches show. */
import { describe, expect, it } from 'vitest';
import { pong } from '../../../shared/games/pong/pong.ts';
import { ByteReader } from '../../../shared/journal/byte-reader.ts';
import { ByteWriter, type Plain } from '../../../shared/journal/byte-writer.ts';
import type { Call } from '../../../shared/journal/calls.ts';
import { crc32c } from '../../../shared/journal/crc32c.ts';
import { cut, fork } from '../../../shared/journal/cut.ts';
import { MAX_DEPTH, MAX_TICK } from '../../../shared/journal/format.ts';
import { JournalReader } from '../../../shared/journal/journal-reader.ts';
import { JournalWriter } from '../../../shared/journal/journal-writer.ts';
import { Bytes, callsIn, headerOf, RandomMatch } from '../../support/journals.ts';
import { Random } from '../../support/random.ts';

const HEADER = headerOf(pong, { seed: 1, ticks: 0 });
const input = (tick: number, command: Plain = tick, seat = 0): Call => ({
  op: 'input',
  seat,
  command,
  tick,
  time: tick * 16,
});

function written(write: (writer: JournalWriter) => void): Uint8Array {
  const out = new Bytes();
  const writer = new JournalWriter(HEADER, out.sink);
  write(writer);
  writer.finish();
  return out.all;
}

const copyOf = (bytes: Uint8Array): Uint8Array =>
  written((writer) => {
    for (const call of callsIn(bytes)) writer.write(call);
  });

describe('runs of inputs', () => {
  it('that were flushed in between are copied as they are', () => {
    const random = new Random(3);
    for (let round = 0; round < 200; round++) {
      const bytes = written((writer) => {
        for (let tick = 0; tick < 100; tick += random.below(6)) {
          writer.write(input(tick, random.below(9), random.below(4)));
          if (random.below(3) === 0) writer.flush();
          if (random.below(3) === 0) writer.at(tick);
          if (random.below(20) === 0) writer.write({ op: 'resume', tick, time: tick * 16 + random.below(60) });
          if (tick === 0) tick++;
        }
      });
      expect(copyOf(bytes)).toEqual(bytes);
    }
  });

  it('are not longer than a record can be, and are copied as they are', () => {
    const bytes = written((writer) => {
      for (let index = 0; index < 40; index++) writer.write(input(3, 'x'.repeat(10_000)));
    });
    expect(callsIn(bytes)).toHaveLength(40);
    expect(copyOf(bytes)).toEqual(bytes);
  });

  it('reach the sink when their half second is over, not before', () => {
    const out = new Bytes();
    const writer = new JournalWriter(HEADER, out.sink);
    writer.write(input(3));
    writer.at(29);
    const before = out.all.length;
    writer.at(30);
    expect(out.all.length).toBeGreaterThan(before);
    expect(callsIn(out.all)).toEqual([{ ...input(3), begins: true }]);
  });
});

describe('the writer', () => {
  it('refuses what no journal can hold, and goes on as if nothing had been asked', () => {
    const itself: Plain[] = [];
    itself.push(itself);
    let deep: Plain = 1;
    for (let depth = 0; depth <= MAX_DEPTH; depth++) deep = [deep];
    const refused: Call[] = [
      input(2, Number.NaN),
      { ...input(2), command: undefined } as never,
      input(2, itself),
      input(2, deep),
      input(2, 1, 4),
      { op: 'seat', event: 'join', seat: 9, kind: '', tick: 2, time: 9 },
      { op: 'mark', kind: 'x', data: 'y'.repeat(1_100_000), tick: 2, time: 9 },
      { op: 'resume', tick: MAX_TICK + 1, time: 9 },
      { op: 'custom', code: 63, data: null, tick: 2, time: 9 },
      { op: 'key', state: { a: () => 1 } as never, commands: [], tick: 2, time: 9 },
    ];
    const bytes = written((writer) => {
      writer.write(input(1));
      for (const call of refused) expect(() => writer.write(call), JSON.stringify(call.op)).toThrow(TypeError);
      writer.write(input(40));
    });
    expect(callsIn(bytes).map(({ tick }) => tick)).toEqual([1, 40]);
    expect(new JournalReader(bytes).index()).toEqual([]);
  });

  it('lets neither ticks nor times go back', () => {
    const bytes = written((writer) => {
      writer.write({ op: 'resume', tick: 50, time: 900 });
      writer.write({ op: 'resume', tick: 40, time: 800 });
      writer.write(input(30));
      writer.write({ op: 'resume', tick: 51, time: 901 });
    });
    expect(callsIn(bytes).map(({ tick, time }) => [tick, time])).toEqual([
      [50, 900],
      [50, 900],
      [50, 900],
      [51, 901],
    ]);
  });

  it('writes nothing at all for a header that no journal can hold', () => {
    const out = new Bytes();
    expect(() => new JournalWriter({ ...HEADER, about: { when: new Date() as never } }, out.sink)).toThrow(TypeError);
    expect(out.all).toHaveLength(0);
  });

  it('times of 53 bits and texts of all kinds come back', () => {
    const text = '\uFEFFa\0"é✓𝄞';
    const bytes = written((writer) => {
      writer.write({ op: 'mark', kind: text, data: { [text]: -0 }, tick: 1, time: Number.MAX_SAFE_INTEGER });
    });
    expect(callsIn(bytes)).toEqual([
      { op: 'mark', kind: text, data: { [text]: -0 }, tick: 1, time: Number.MAX_SAFE_INTEGER },
    ]);
  });
});

it('plain values come back as they were', () => {
  const random = new Random(8);
  const value = (depth: number): Plain => {
    switch (random.below(depth > 4 ? 5 : 7)) {
      case 0:
        return null;
      case 1:
        return random.below(2) === 0;
      case 2:
        return (random.below(2 ** 21) - 2 ** 20) * 2 ** random.below(33);
      case 3:
        return random.below(1000) / 7;
      case 4:
        return 'x'.repeat(random.below(400));
      case 5:
        return Array.from({ length: random.below(30) }, () => value(depth + 1));
      default:
        return Object.fromEntries(
          Array.from({ length: random.below(6) }, () => [`k${random.below(99)}`, value(depth + 1)]),
        );
    }
  };
  for (let round = 0; round < 300; round++) {
    const made = value(0);
    const reader = new ByteReader(new ByteWriter().value(made).take());
    expect(reader.value()).toEqual(made);
    expect(reader.done).toBe(true);
  }
});

it('CRC-32C is that of RFC 3720', () => {
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe306_9283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a91_36aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8_ab43);
});

it('cuts and forks take the memory with them', () => {
  const match = new RandomMatch(pong, { seed: 2, ticks: 300, rare: 0 });
  for (let tick = 0; tick < 300; tick++) {
    if (tick === 50) match.recorder.note({ op: 'memory', keys: ['best'], value: { rally: 3 } });
    if (tick === 60) match.recorder.note({ op: 'memory', keys: ['best', 'rally'], value: 7 });
    if (tick === 200) match.recorder.note({ op: 'memory', keys: ['late'], value: true });
    match.step();
  }
  const reader = new JournalReader(match.bytes.all);
  for (const make of [
    (sink: (bytes: Uint8Array) => void): void => cut(reader, { from: 100, to: null }, sink),
    (sink: (bytes: Uint8Array) => void): void => fork(reader, { at: 100, startedAt: 0, about: {} }, sink),
  ]) {
    const out = new Bytes();
    make(out.sink);
    expect(callsIn(out.all)[1]).toMatchObject({ op: 'memory', keys: [], value: { best: { rally: 7 } }, tick: 100 });
  }
});
