import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { JournalFolder, type Limits } from '../../../hub/journal/journal-folder.ts';
import { temporaryFolder } from '../../support/hubs.ts';

const DAY_MS = 86_400_000;
const NOW = 1_800_000_000_000;
const PLENTY: Limits = { days: 1000, files: 1000, megabytes: 1000 };

/** A folder with journals of these ages in days, the name being the age. */
function folderWith(
  ages: readonly number[],
  bytes = 10,
): { path: string; folder: JournalFolder; left: () => string[] } {
  const path = join(temporaryFolder(), 'journals');
  mkdirSync(path);
  for (const age of ages) {
    const file = join(path, `${age}.pwj`);
    writeFileSync(file, new Uint8Array(bytes));
    utimesSync(file, (NOW - age * DAY_MS) / 1000, (NOW - age * DAY_MS) / 1000);
  }
  return { path, folder: new JournalFolder(path), left: () => readdirSync(path).toSorted() };
}

describe('old journals go', () => {
  it.each([
    ['by age', { ...PLENTY, days: 5 }, ['1.pwj', '3.pwj'], 2],
    ['by number', { ...PLENTY, files: 1 }, ['1.pwj'], 3],
    ['by bytes', { ...PLENTY, megabytes: 2 }, ['1.pwj', '3.pwj'], 2],
    ['none within the limits', PLENTY, ['1.pwj', '3.pwj', '7.pwj', '9.pwj'], 0],
  ])('%s, the oldest first', (_, limits, expected, gone) => {
    const { folder, left } = folderWith([9, 1, 7, 3], 1_000_000);
    expect(folder.prune({ limits, now: NOW })).toBe(gone);
    expect(left()).toEqual(expected);
  });

  it('never one that is starred, or of a match that is not over', () => {
    const { path, folder, left } = folderWith([9, 8, 7]);
    writeFileSync(join(path, '9.pwj.star'), '');
    writeFileSync(join(path, '8.pwj.seats'), '');
    folder.prune({ limits: { ...PLENTY, days: 1 }, now: NOW });
    expect(left()).toEqual(['8.pwj', '8.pwj.seats', '9.pwj', '9.pwj.star']);
  });

  it('and nothing else in the folder', () => {
    const { path, folder, left } = folderWith([9]);
    writeFileSync(join(path, 'notes.txt'), '');
    folder.prune({ limits: { ...PLENTY, files: 1, days: 1 }, now: NOW });
    expect(left()).toEqual(['notes.txt']);
  });
});

describe('a journal is asked for by its id', () => {
  it('and nothing outside of the folder is ever read', () => {
    const { path, folder } = folderWith([1]);
    writeFileSync(join(path, '..', 'secret.pwj'), 'x');
    expect(folder.read('1')).toHaveLength(10);
    for (const id of ['2', '../secret', '', '..', '1.pwj', 'constructor']) expect(folder.read(id)).toBeNull();
  });
});
