/**
 * The folder of journals on disk; it lives in a worker, for every call may wait for the disk. Beside a journal that is
 * not finished lies its list of seats: which device sat where, which is nobody's business once the match is over.
 */
import { join } from 'node:path';
import { EXTENSION } from '../../shared/journal/format.ts';
import { realDisk, type Disk } from './disk.ts';

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
/** A new journal is called so until its beginning is on disk: no journal is ever without one. */
const FRESH = '.fresh';
/** A file of this name beside a journal keeps it for ever. */
const STAR = '.star';
const DAY_MS = 86_400_000;
/** An unfinished journal that is larger is left alone: nothing that a hub writes is. */
const MAX_RECOVERED_BYTES = 64 * 1024 * 1024;

interface Open {
  readonly journal: number;
  readonly seats: number;
  /** Nothing of the journal is on disk yet. */
  fresh: boolean;
}

export class JournalFolder {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #open = new Map<string, Open>();

  constructor(folder: string, disk: Disk = realDisk) {
    this.#folder = folder;
    this.#disk = disk;
  }

  open(): void {
    this.#disk.makeFolder(this.#folder);
    for (const name of this.#disk.list(this.#folder))
      if (name.endsWith(EXTENSION + FRESH)) this.#disk.remove(join(this.#folder, name));
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
        const files = this.#files(id);
        if (seats !== '') this.#write(files.seats, new TextEncoder().encode(seats));
        if (bytes.length === 0) continue;
        this.#write(files.journal, bytes);
        if (files.fresh) this.#name(id, files);
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
    this.#disk.remove(this.#path(id) + SEATS);
  }

  /** Cuts an unfinished journal to its whole part, so that it can be gone on with. */
  cut({ id, length }: { readonly id: string; readonly length: number }): void {
    const { journal } = this.#files(id);
    this.#disk.truncate(journal, length);
    this.#disk.sync(journal);
  }

  /** A journal, by its id; null: there is none, or it is too large to be one of ours. */
  read(id: string): Uint8Array | null {
    const name = id + EXTENSION;
    if (!this.#disk.list(this.#folder).includes(name)) return null;
    return this.#disk.stat(this.#path(id)).size > MAX_RECOVERED_BYTES ? null : this.#disk.read(this.#path(id));
  }

  /** All that are there, and which of them are kept for ever. */
  list(): { readonly id: string; readonly starred: boolean }[] {
    const names = new Set(this.#disk.list(this.#folder));
    return [...names]
      .filter((name) => name.endsWith(EXTENSION))
      .map((name) => ({ id: name.slice(0, -EXTENSION.length), starred: names.has(name + STAR) }));
  }

  /** Keeps a journal for ever, or no longer. @returns whether there is one */
  star({ id, starred }: { readonly id: string; readonly starred: boolean }): boolean {
    if (!this.#disk.list(this.#folder).includes(id + EXTENSION)) return false;
    const star = this.#path(id) + STAR;
    if (starred) this.#disk.close(this.#disk.openAppend(star));
    else this.#disk.remove(star);
    this.#disk.syncFolder(this.#folder);
    return true;
  }

  /** What was not finished, the newest first. */
  unfinished(): Unfinished[] {
    const names = this.#disk.list(this.#folder);
    return names
      .filter((name) => name.endsWith(EXTENSION + SEATS) && names.includes(name.slice(0, -SEATS.length)))
      .map((name) => place(this.#disk, this.#folder, name.slice(0, -SEATS.length)))
      .filter(({ size }) => size <= MAX_RECOVERED_BYTES)
      .toSorted((a, b) => b.at - a.at)
      .map(({ name }) => {
        const id = name.slice(0, -EXTENSION.length);
        const seats = new TextDecoder().decode(this.#disk.read(this.#path(id) + SEATS));
        return { id, bytes: this.#disk.read(this.#path(id)), seats };
      });
  }

  /** Removes the oldest beyond the limits; never one that is open or starred. @returns how many */
  prune({ limits: { days, files, megabytes }, now }: { readonly limits: Limits; readonly now: number }): number {
    const names = new Set(this.#disk.list(this.#folder));
    const journals = [...names]
      .filter((name) => name.endsWith(EXTENSION) && !names.has(name + SEATS) && !names.has(name + STAR))
      .map((name) => place(this.#disk, this.#folder, name))
      .toSorted((a, b) => b.at - a.at);
    let [kept, bytes] = [0, 0];
    const beyond = journals.filter(({ at, size }) => {
      bytes += size;
      const stays = kept < files && bytes <= megabytes * 1_000_000 && now - at <= days * DAY_MS;
      if (stays) kept++;
      return !stays;
    });
    for (const { name } of beyond) this.#disk.remove(join(this.#folder, name));
    return beyond.length;
  }

  #path(id: string): string {
    return join(this.#folder, id + EXTENSION);
  }

  #files(id: string): Open {
    const known = this.#open.get(id);
    if (known !== undefined) return known;
    const fresh = !this.#disk.list(this.#folder).includes(id + EXTENSION);
    const seats = this.#disk.openAppend(this.#path(id) + SEATS);
    const files = { seats, journal: this.#disk.openAppend(this.#path(id) + (fresh ? FRESH : '')), fresh };
    this.#open.set(id, files);
    // The names of new files are on disk only when the folder is.
    this.#disk.syncFolder(this.#folder);
    return files;
  }

  #name(id: string, files: Open): void {
    this.#disk.rename(this.#path(id) + FRESH, this.#path(id));
    this.#disk.syncFolder(this.#folder);
    files.fresh = false;
  }

  #let(id: string): void {
    const files = this.#open.get(id);
    if (files === undefined) return;
    this.#open.delete(id);
    this.#disk.close(files.journal);
    this.#disk.close(files.seats);
  }

  #write(handle: number, bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) from += this.#disk.write(handle, bytes.subarray(from));
    this.#disk.sync(handle);
  }
}

function place(
  disk: Disk,
  folder: string,
  name: string,
): { readonly name: string; readonly at: number; readonly size: number } {
  const { changedAt, size } = disk.stat(join(folder, name));
  return { name, at: changedAt, size };
}
