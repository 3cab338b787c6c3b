/**
 * A disk in memory that remembers the order of all that was done to it, and can tell what would be left of it if the
 * power went at any moment: what was synced is there; of the rest any sectors may be, in any order, or torn in the middle.
 */
import { dirname } from 'node:path';
import type { Disk } from '../../../hub/journal/disk.ts';
import type { Random } from '../../support/random.ts';

const SECTOR = 512;

type Step =
  | { readonly do: 'name' | 'forget'; readonly path: string }
  | { readonly do: 'write'; readonly path: string; readonly at: number; readonly bytes: Uint8Array }
  | { readonly do: 'truncate'; readonly path: string; readonly length: number }
  | { readonly do: 'sync'; readonly path: string }
  | { readonly do: 'sync-folder'; readonly path: string }
  | { readonly do: 'rename'; readonly path: string; readonly to: string }
  /** Not of the disk: the test's own note of what was promised by now. */
  | { readonly do: 'note'; readonly note: unknown };

/** What is wrong with a disk from some step on. */
export type Fault = 'ENOSPC' | 'EIO' | 'EROFS';

export class CrashDisk implements Disk {
  readonly steps: Step[] = [];
  readonly #files: Map<string, Uint8Array>;
  readonly #handles = new Map<number, string>();
  #next = 3;
  /** Fails every write from now on. */
  fault: Fault | null = null;

  /** @param files what is on it at first */
  constructor(files: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.#files = new Map(files);
  }

  note(note: unknown): void {
    this.steps.push({ do: 'note', note });
  }

  makeFolder(): void {}

  list(folder: string): string[] {
    return [...this.#files.keys()]
      .filter((path) => dirname(path) === folder)
      .map((path) => path.slice(folder.length + 1));
  }

  openAppend(path: string): number {
    if (!this.#files.has(path)) {
      this.#check();
      this.#files.set(path, new Uint8Array(0));
      this.steps.push({ do: 'name', path });
    }
    this.#handles.set(this.#next, path);
    return this.#next++;
  }

  write(handle: number, bytes: Uint8Array): number {
    const path = this.#path(handle);
    const before = this.read(path);
    // A full disk takes a part of the last write.
    const taken = this.fault === 'ENOSPC' ? Math.floor(bytes.length / 3) : bytes.length;
    if (this.fault !== 'ENOSPC' || taken === 0) this.#check();
    const after = new Uint8Array(before.length + taken);
    after.set(before);
    after.set(bytes.subarray(0, taken), before.length);
    this.#files.set(path, after);
    this.steps.push({ do: 'write', path, at: before.length, bytes: bytes.slice(0, taken) });
    return taken;
  }

  truncate(handle: number, length: number): void {
    this.#check();
    const path = this.#path(handle);
    this.#files.set(path, this.read(path).slice(0, length));
    this.steps.push({ do: 'truncate', path, length });
  }

  sync(handle: number): void {
    if (this.fault === 'EIO') this.#check();
    this.steps.push({ do: 'sync', path: this.#path(handle) });
  }

  close(handle: number): void {
    this.#handles.delete(handle);
  }

  syncFolder(path: string): void {
    this.steps.push({ do: 'sync-folder', path });
  }

  read(path: string): Uint8Array {
    const bytes = this.#files.get(path);
    if (bytes === undefined) throw Object.assign(new Error(`no such file ${path}`), { code: 'ENOENT' });
    return bytes;
  }

  stat(path: string): { size: number; changedAt: number } {
    return { size: this.read(path).length, changedAt: 1 };
  }

  rename(path: string, to: string): void {
    this.#check();
    this.#files.set(to, this.read(path));
    this.#files.delete(path);
    for (const [handle, name] of this.#handles) if (name === path) this.#handles.set(handle, to);
    this.steps.push({ do: 'rename', path, to });
  }

  remove(path: string): void {
    if (this.#files.delete(path)) this.steps.push({ do: 'forget', path });
  }

  #path(handle: number): string {
    const path = this.#handles.get(handle);
    if (path === undefined) throw Object.assign(new Error('bad handle'), { code: 'EBADF' });
    return path;
  }

  #check(): void {
    if (this.fault !== null) throw Object.assign(new Error(`the disk says ${this.fault}`), { code: this.fault });
  }
}

/** What is left when the power goes after so many steps, and the last note that was made by then. */
export function crash(
  steps: readonly Step[],
  count: number,
  random: Random,
): { files: Map<string, Uint8Array>; note: unknown } {
  /** `was`: the name that it has as long as the folder is not synced, if it was given another. */
  const files = new Map<string, { synced: Uint8Array; pending: Step[]; named: boolean; was?: string }>();
  let note: unknown = null;
  for (const step of steps.slice(0, count)) {
    if (step.do === 'note') note = step.note;
    else if (step.do === 'sync-folder') {
      for (const [path, file] of files) {
        if (dirname(path) !== step.path) continue;
        file.named = true;
        delete file.was;
      }
    } else if (step.do === 'name') files.set(step.path, { synced: new Uint8Array(0), pending: [], named: false });
    else if (step.do === 'forget') files.delete(step.path);
    else {
      const file = files.get(step.path);
      if (file === undefined) continue;
      if (step.do === 'rename') {
        files.delete(step.path);
        files.set(step.to, { ...file, was: step.path });
      } else if (step.do === 'sync') file.synced = applied(file.synced, file.pending.splice(0), null);
      else file.pending.push(step);
    }
  }
  const left = new Map<string, Uint8Array>();
  for (const [path, { synced, pending, named, was }] of files)
    if (named || random.below(2) === 0)
      left.set(was !== undefined && random.below(2) === 0 ? was : path, applied(synced, pending, random));
  return { files: left, note };
}

/** @param random null: all of it is on the disk; else whatever chance leaves */
function applied(before: Uint8Array, steps: readonly Step[], random: Random | null): Uint8Array {
  let bytes = before;
  for (const step of steps) {
    if (step.do === 'truncate') {
      if (random === null || random.below(2) === 0) bytes = bytes.slice(0, step.length);
    } else if (step.do === 'write') {
      bytes = random === null ? written(bytes, step.at, step.bytes) : torn(bytes, step.at, step.bytes, random);
    }
  }
  return bytes;
}

function written(before: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
  const after = new Uint8Array(Math.max(before.length, at + bytes.length));
  after.set(before);
  after.set(bytes, at);
  return after;
}

/** Of bytes that were written but not synced: some of their sectors, one perhaps in part; zeros where one is missing. */
export function torn(before: Uint8Array, at: number, bytes: Uint8Array, random: Random): Uint8Array {
  if (random.below(4) === 0) return before;
  // The file may be longer than what arrived in it.
  const length = random.below(3) === 0 ? random.below(bytes.length + 1) : bytes.length;
  const after = written(before, at, new Uint8Array(length));
  for (let from = 0; from < length;) {
    const sectorEnd = (Math.floor((at + from) / SECTOR) + 1) * SECTOR - at;
    const to = Math.min(length, sectorEnd);
    const part = random.below(8) === 0 ? from + random.below(to - from + 1) : to;
    if (random.below(5) > 0) after.set(bytes.subarray(from, part), at + from);
    from = to;
  }
  return after;
}
