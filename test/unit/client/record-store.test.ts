import type * as FileSystem from 'node:fs';
import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FileRecords, MemoryRecords } from '../../../device/client/record-store.ts';
import { temporaryFolder } from '../../support/hubs.ts';

/** A disk that takes so many bytes more, a few at a time, and that can fail to sync. */
const disk = vi.hoisted(() => ({ room: Infinity, atOnce: Infinity, syncs: true }));

const failed = (code: string): Error => Object.assign(new Error(code), { code });

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof FileSystem>();
  return {
    ...fs,
    writeSync: (file: number, data: Uint8Array | string, offset = 0, size?: number, at?: number): number => {
      const bytes = Buffer.from(data);
      const length = size ?? bytes.length - offset;
      const taken = Math.min(length, disk.room, disk.atOnce);
      if (taken === 0) throw failed('ENOSPC');
      disk.room -= taken;
      return fs.writeSync(file, bytes, offset, taken, at);
    },
    fdatasyncSync: (file: number): void => {
      if (!disk.syncs) throw failed('EIO');
      fs.fdatasyncSync(file);
    },
  };
});

beforeEach(() => void Object.assign(disk, { room: Infinity, atOnce: Infinity, syncs: true }));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const open = (path: string): FileRecords => new FileRecords(path, 10, 1);
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

  it('a disk that takes a few bytes at a time gets all of them', () => {
    const path = join(temporaryFolder(), 'records');
    disk.atOnce = 5;
    open(path).add('a record of more than five bytes');
    expect(open(path).pending()).toEqual([{ seq: 1, data: 'a record of more than five bytes' }]);
  });

  it('however little a full disk takes, what it did take is kept, and what comes after it too', () => {
    const line = '{"seq":2,"data":"refused"}\n'.length;
    for (let room = 0; room < line; room++) {
      const path = join(temporaryFolder(), 'records');
      const store = open(path);
      store.add('first');
      disk.room = room;
      expect(() => store.add('refused'), `room for ${room}`).toThrow(expect.objectContaining({ code: 'store-full' }));
      disk.room = Infinity;
      store.add('next');
      const kept = [
        { seq: 1, data: 'first' },
        { seq: 2, data: 'next' },
      ];
      expect(store.pending()).toEqual(kept);
      expect(open(path).pending(), `room for ${room}`).toEqual(kept);
    }
  });

  it('a record that could not be synced is not taken', () => {
    const path = join(temporaryFolder(), 'records');
    const store = open(path);
    disk.syncs = false;
    expect(() => store.add('refused')).toThrow(expect.objectContaining({ code: 'store-failed' }));
    disk.syncs = true;
    store.add('next');
    expect(open(path).pending()).toEqual([{ seq: 1, data: 'next' }]);
  });

  it('acknowledging goes on over a full disk, also when the file is to be written anew', () => {
    const path = join(temporaryFolder(), 'records');
    const store = new FileRecords(path, 1000, 1);
    for (let count = 0; count < 300; count++) store.add(count);
    disk.room = 255 * 20;
    for (let seq = 1; seq <= 299; seq++) store.acknowledge(seq);
    disk.room = Infinity;
    expect(seqs(store)).toEqual([300]);
    store.add('next');
    expect(seqs(open(path))).toEqual(expect.arrayContaining([300, 301]));
  });

  it('a file on a full disk cannot be opened, and the records that it has stay in it', () => {
    const path = join(temporaryFolder(), 'records');
    open(path).add('kept');
    disk.room = 7;
    expect(() => open(path)).toThrow(expect.objectContaining({ code: 'store-full' }));
    disk.room = Infinity;
    expect(open(path).pending()).toEqual([{ seq: 1, data: 'kept' }]);
  });

  it('numbers of a file that was deleted are not given again', () => {
    const path = join(temporaryFolder(), 'records');
    const before = new FileRecords(path).add('before').seq;
    expect(before).toBeGreaterThan(1e15);
    rmSync(path);
    vi.useFakeTimers({ now: Date.now() + 1 });
    try {
      expect(new FileRecords(path).add('after').seq).toBeGreaterThan(before);
    } finally {
      vi.useRealTimers();
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
