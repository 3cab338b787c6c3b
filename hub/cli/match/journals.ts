/** Journals of matches that were played here, into a folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PaddlewireError } from '../../../shared/errors.ts';

/** Makes the folder. @throws PaddlewireError journal-unreadable */
export function journalFolder(folder: string): void {
  writing(folder, () => mkdirSync(folder, { recursive: true }));
}

/** Writes one; none is ever replaced. @returns its path. @throws PaddlewireError journal-exists, journal-unreadable */
export function writeJournal(folder: string, id: string, chunks: readonly Uint8Array[]): string {
  const path = join(folder, `${id}.pwj`);
  writing(path, () => writeFileSync(path, Buffer.concat(chunks), { flag: 'wx' }));
  return path;
}

function writing(path: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new PaddlewireError('journal-exists', `There is ${path} already.`);
    throw new PaddlewireError('journal-unreadable', `${path} cannot be written: ${message}.`);
  }
}
