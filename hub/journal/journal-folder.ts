/**
 * The folder of journals on disk; it lives in a worker, for every call may wait for the disk. Beside a journal that is
 * not finished lies its list of seats: which device sat where, which is nobody's business once the match is over.
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  ftruncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { EXTENSION } from '../../shared/journal/format.ts';

/** Bytes for the end of a match's journal, and lines for the end of its list of seats. */
export interface Append {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly seats: string;
}

/** A match that was not finished when the hub ended. */
export interface Unfinished {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** Lines of JSON. */
  readonly seats: string;
}

/** How much is kept. */
export interface Limits {
  readonly days: number;
  readonly files: number;
  readonly megabytes: number;
}

const SEATS = '.seats';
/** A file of this name beside a journal keeps it for ever. */
const STAR = '.star';
const DAY_MS = 86_400_000;
/** An unfinished journal that is larger is left alone: nothing that a hub writes is. */
const MAX_RECOVERED_BYTES = 64 * 1024 * 1024;

interface Open {
  readonly journal: number;
  readonly seats: number;
}

export class JournalFolder {
  readonly #folder: string;
  readonly #open = new Map<string, Open>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  open(): void {
    mkdirSync(this.#folder, { recursive: true });
  }

  close(): void {
    for (const id of Array.from(this.#open.keys())) this.#let(id);
  }

  /**
   * Writes, and returns when it is on disk: lists of seats first, because a journal without them cannot go on.
   * @returns the ids that could not be written, with the reason
   */
  append(appends: readonly Append[]): { readonly id: string; readonly code: string; readonly message: string }[] {
    const failed: { id: string; code: string; message: string }[] = [];
    for (const { id, bytes, seats } of appends) {
      try {
        const { journal, seats: list } = this.#files(id);
        if (seats !== '') write(list, Buffer.from(seats));
        if (bytes.length > 0) write(journal, bytes);
      } catch (error) {
        const { code = '', message } = error as { code?: string; message: string };
        failed.push({ id, code, message });
        this.#let(id);
      }
    }
    return failed;
  }

  /** The match is over: its list of seats goes. */
  finish(id: string): void {
    this.#let(id);
    rmSync(this.#path(id) + SEATS, { force: true });
  }

  /** Cuts an unfinished journal to its whole part, so that it can be gone on with. */
  cut({ id, length }: { readonly id: string; readonly length: number }): void {
    const { journal } = this.#files(id);
    ftruncateSync(journal, length);
    fdatasyncSync(journal);
  }

  /** What was not finished, the newest first. */
  unfinished(): Unfinished[] {
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith(EXTENSION + SEATS))
      .map((name) => name.slice(0, -(EXTENSION + SEATS).length))
      .filter((id) => existsSync(this.#path(id)) && statSync(this.#path(id)).size <= MAX_RECOVERED_BYTES)
      .map((id) => ({
        id,
        bytes: readFileSync(this.#path(id)),
        seats: readFileSync(this.#path(id) + SEATS, 'utf8'),
        changedAt: statSync(this.#path(id)).mtimeMs,
      }))
      .toSorted((a, b) => b.changedAt - a.changedAt);
  }

  /** Removes the oldest beyond the limits; never one that is open or starred. @returns how many */
  prune({ limits: { days, files, megabytes }, now }: { readonly limits: Limits; readonly now: number }): number {
    const names = new Set(readdirSync(this.#folder));
    const journals = [...names]
      .filter((name) => name.endsWith(EXTENSION) && !names.has(name + SEATS) && !names.has(name + STAR))
      .map((name) => place(this.#folder, name))
      .toSorted((a, b) => b.at - a.at);
    let [kept, bytes] = [0, 0];
    const beyond = journals.filter(({ at, size }) => {
      bytes += size;
      const stays = kept < files && bytes <= megabytes * 1_000_000 && now - at <= days * DAY_MS;
      if (stays) kept++;
      return !stays;
    });
    for (const { name } of beyond) rmSync(join(this.#folder, name), { force: true });
    return beyond.length;
  }

  #path(id: string): string {
    return join(this.#folder, id + EXTENSION);
  }

  #files(id: string): Open {
    const known = this.#open.get(id);
    if (known !== undefined) return known;
    const seats = openSync(this.#path(id) + SEATS, 'a');
    const files = { seats, journal: openSync(this.#path(id), 'a') };
    this.#open.set(id, files);
    // The names of new files are on disk only when the folder is.
    const folder = openSync(this.#folder, 'r');
    fsyncSync(folder);
    closeSync(folder);
    return files;
  }

  #let(id: string): void {
    const files = this.#open.get(id);
    if (files === undefined) return;
    this.#open.delete(id);
    closeSync(files.journal);
    closeSync(files.seats);
  }
}

function write(file: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length;) from += writeSync(file, bytes, from);
  fdatasyncSync(file);
}

function place(folder: string, name: string): { readonly name: string; readonly at: number; readonly size: number } {
  const { mtimeMs, size } = statSync(join(folder, name));
  return { name, at: mtimeMs, size };
}
