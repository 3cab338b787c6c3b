/** Journals as files of this computer. */
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { PaddlewireError } from '../../../shared/errors.ts';
import { MAX_FILE_BYTES } from '../../../shared/journal/format.ts';
import type { Files, OutFile } from '../../../shared/journal/recorder.ts';

const failed = (what: string, path: string, error: unknown): PaddlewireError =>
  new PaddlewireError('journal-unreadable', `Cannot ${what} ${path}: ${(error as Error).message}`);

function create(path: string): OutFile {
  let file: number;
  try {
    // Never over a file that is there.
    file = openSync(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw failed('write', path, error);
    throw new PaddlewireError('journal-exists', `${path} is there already.`);
  }
  return {
    write(bytes) {
      try {
        for (let from = 0; from < bytes.length;) from += writeSync(file, bytes, from);
      } catch (error) {
        throw failed('write', path, error);
      }
    },
    close() {
      try {
        fsyncSync(file);
      } catch (error) {
        throw failed('write', path, error);
      } finally {
        closeSync(file);
      }
    },
  };
}

function read(path: string): Uint8Array {
  try {
    // Asked before: a pipe or a device may never end, and no more than the limit comes into memory.
    const stat = statSync(path);
    if (!stat.isFile()) throw new Error('it is not a file');
    if (stat.size <= MAX_FILE_BYTES) return readFileSync(path);
  } catch (error) {
    throw failed('read', path, error);
  }
  throw new PaddlewireError('journal-too-large', `${path} is larger than ${MAX_FILE_BYTES} bytes.`);
}

export const nodeFiles: Files = { create, read };

/** Writes a new file with what `make` gives; nothing is left of it if that fails. */
export function writeFile(path: string, make: (sink: (bytes: Uint8Array) => void) => void): void {
  const file = create(path);
  try {
    make((bytes) => file.write(bytes));
    file.close();
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}
