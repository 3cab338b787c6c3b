/** This computer, for the doctor. */
import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Machine } from './machine.ts';

const COMMAND_MS = 3000;
const WRITES = 20;
/** A page of the store's log. */
const WRITE_BYTES = 4096;

export const realMachine: Machine = {
  readFile: (path) => orNull(() => readFileSync(path, 'utf8')),
  listFolder: (path) => orNull(() => readdirSync(path)),
  readLink: (path) => orNull(() => readlinkSync(path)),
  owner: (path) => orNull(() => statSync(path)),
  mayOpen: (path) =>
    orNull(() => {
      accessSync(path, constants.R_OK | constants.W_OK);
      return true;
    }) ?? false,
  run,
  space: (folder) =>
    orNull(() => {
      const { bavail, blocks, bsize } = statfsSync(nearest(folder));
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    }),
  writeTimesMs: (folder) => orNull(() => writeTimes(nearest(folder))),
  now: () => Date.now(),
  nodeVersion: process.version,
};

function orNull<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}

/** Tools of the system are not in everybody's path. */
function run(command: string, ...args: string[]): string | null {
  const options: ExecFileSyncOptionsWithStringEncoding = {
    encoding: 'utf8',
    timeout: COMMAND_MS,
    stdio: ['ignore', 'pipe', 'ignore'],
  };
  const places = [command, `/usr/sbin/${command}`, `/usr/bin/${command}`];
  for (const place of places) {
    try {
      return execFileSync(place, args, options);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return null;
    }
  }
  return null;
}

function nearest(folder: string): string {
  let path = resolve(folder);
  while (!existsSync(path)) path = dirname(path);
  return path;
}

/** @throws if the folder cannot be written */
function writeTimes(folder: string): number[] {
  const own = mkdtempSync(join(folder, '.paddlewire-doctor-'));
  try {
    const file = openSync(join(own, 'write'), 'w');
    const page = Buffer.alloc(WRITE_BYTES, 0x55);
    const times = Array.from({ length: WRITES }, () => {
      const from = performance.now();
      writeSync(file, page);
      fsyncSync(file);
      return performance.now() - from;
    });
    closeSync(file);
    return times;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
