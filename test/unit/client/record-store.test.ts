import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileRecords, MemoryRecords } from '../../../device/client/record-store.ts';
import { temporaryFolder } from '../../support/hubs.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const open = (path: string): FileRecords => new FileRecords(path, 10);
const seqs = (store: FileRecords | MemoryRecords): number[] => store.pending().map(({ seq }) => seq);

describe('records in memory', () => {
  it('are numbered upwards, kept until acknowledged, and bounded', () => {
    const store = new MemoryRecords(2, 100);
    store.add('a');
    store.add('b');
    expect(() => store.add('c')).toThrow(expect.objectContaining({ code: 'records-full' }));
    store.acknowledge(100);
    store.acknowledge(100);
    store.add('c');
    expect(store.pending()).toEqual([
      { seq: 101, data: 'b' },
      { seq: 102, data: 'c' },
    ]);
  });
});

describe('records in a file', () => {
  it('survive the process, acknowledged or not, and never give a number again', () => {
    const path = join(temporaryFolder(), 'records');
    const first = open(path);
    for (const data of ['a', 'b', 'c']) first.add(data);
    first.acknowledge(2);
    // Not closed: a power cut closes nothing.
    const second = open(path);
    expect(seqs(second)).toEqual([1, 3]);
    for (const seq of [1, 3]) second.acknowledge(seq);
    const third = open(path);
    expect(seqs(third)).toEqual([]);
    expect(third.add('d').seq).toBe(4);
    expect(seqs(open(path))).toEqual([4]);
  });

  it('whatever byte the power cut leaves as the last, earlier records are there and the file is usable', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'records');
    const store = open(path);
    for (const data of ['first', { second: true }, 'third']) store.add(data);
    const whole = readFileSync(path);
    for (let length = 0; length <= whole.length; length++) {
      const torn = join(folder, 'torn');
      writeFileSync(torn, whole);
      truncateSync(torn, length);
      const lines = whole.subarray(0, length).toString().split('\n');
      const complete = lines.filter((line) => line.includes('"seq"') && isJson(line)).length;
      const after = open(torn);
      expect(seqs(after), `cut at ${length}`).toHaveLength(complete);
      after.add('new');
      expect(seqs(open(torn))).toHaveLength(complete + 1);
    }
  });

  it('nonsense in the file is passed over', () => {
    const path = join(temporaryFolder(), 'records');
    appendFileSync(path, 'nonsense\nnull\n7\n{}\n{"seq":"1"}\n{"seq":5,"data":"kept"}\n');
    expect(open(path).pending()).toEqual([{ seq: 5, data: 'kept' }]);
  });

  it('the file does not grow with what was acknowledged', () => {
    const path = join(temporaryFolder(), 'records');
    const store = open(path);
    let largest = 0;
    for (let round = 0; round < 2000; round++) {
      store.acknowledge(store.add(round).seq);
      largest = Math.max(largest, readFileSync(path).length);
    }
    expect(largest).toBeLessThan(256 * 64);
    expect(seqs(open(path))).toEqual([]);
  });
});
