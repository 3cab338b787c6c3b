/** The few things that journals ask of a disk, so that a test can hand in one that loses power. */
import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';

export interface Disk {
  makeFolder(path: string): void;
  /** Names in a folder. */
  list(folder: string): string[];
  /** Opens for writing at the end; makes the file if it is not there. @returns a handle */
  openAppend(path: string): number;
  /** @returns how many of the bytes were taken */
  write(handle: number, bytes: Uint8Array): number;
  truncate(handle: number, length: number): void;
  /** Returns when all that was written is on the disk. */
  sync(handle: number): void;
  close(handle: number): void;
  /** Returns when the names in a folder are on the disk. */
  syncFolder(path: string): void;
  read(path: string): Uint8Array;
  /** Size in bytes, and ms since 1970 of the last change. */
  stat(path: string): { readonly size: number; readonly changedAt: number };
  /** Gives a file another name; a handle of it stays good. */
  rename(from: string, to: string): void;
  /** Removes a file, if it is there. */
  remove(path: string): void;
}

export const realDisk: Disk = {
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  list: (folder) => readdirSync(folder),
  openAppend: (path) => openSync(path, 'a'),
  write: (handle, bytes) => writeSync(handle, bytes),
  truncate: (handle, length) => ftruncateSync(handle, length),
  sync: (handle) => fdatasyncSync(handle),
  close: (handle) => closeSync(handle),
  syncFolder(path) {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  },
  read: (path) => readFileSync(path),
  stat(path) {
    const { size, mtimeMs } = statSync(path);
    return { size, changedAt: mtimeMs };
  },
  rename: (from, to) => renameSync(from, to),
  remove: (path) => rmSync(path, { force: true }),
};
