/**
 * A process with all that it started, as Linux tells of it in /proc. Elsewhere nothing is known: then a process is a
 * family of one, of unknown size.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** A family of thousands is ended, not counted. */
const MOST = 64;

export interface Family {
  readonly pids: readonly number[];
  /** Resident memory of all, in MB. */
  readonly memoryMb: number;
}

/** The process and its children, and theirs. Empty when it is gone. */
export function familyOf(pid: number): Family {
  const pids: number[] = [];
  const waiting = [pid];
  let kilobytes = 0;
  while (waiting.length > 0 && pids.length < MOST) {
    const next = waiting.pop() as number;
    const memory = residentKilobytes(next);
    if (memory === null) continue;
    pids.push(next);
    kilobytes += memory;
    waiting.push(...childrenOf(next));
  }
  return { pids, memoryMb: kilobytes / 1024 };
}

/** null: there is no such process. One that has ended and waits to be collected has no memory, and counts no more. */
function residentKilobytes(pid: number): number | null {
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(`${pid}/status`));
  return found === null ? null : Number(found[1]);
}

function childrenOf(pid: number): number[] {
  let threads: string[];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  return threads.flatMap((thread) => numbers(readProc(`${pid}/task/${thread}/children`)));
}

/** Processes that carry a mark in their environment: who was started by whom is forgotten when a parent ends. */
export function markedWith(mark: string): number[] {
  let entries: string[];
  try {
    entries = readdirSync('/proc');
  } catch {
    return [];
  }
  return entries.filter((entry) => /^\d+$/.test(entry) && readProc(`${entry}/environ`).includes(mark)).map(Number);
}

const numbers = (text: string): number[] => text.split(' ').filter(Boolean).map(Number);

function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
}
