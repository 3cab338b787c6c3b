/** Records that the hub has not acknowledged: a bounded store, in memory or in a file that survives a power cut. */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { PaddlewireError } from '../../shared/errors.ts';

export interface StoredRecord {
  readonly seq: number;
  readonly data: unknown;
}

/** Numbers records and keeps them, oldest first, until they are acknowledged. */
export interface RecordStore {
  /** @throws PaddlewireError records-full, store-full, store-failed: the record was not taken */
  add(data: unknown): StoredRecord;
  acknowledge(seq: number): void;
  /** Not acknowledged, oldest first. */
  pending(): StoredRecord[];
  close(): void;
}

/** Forgets with the process; `firstSeq` must grow over restarts, and the clock does. */
export class MemoryRecords implements RecordStore {
  readonly #capacity: number;
  readonly #pending = new Map<number, StoredRecord>();
  #nextSeq: number;

  constructor(capacity = 1000, firstSeq = Date.now() * 1000) {
    this.#capacity = capacity;
    this.#nextSeq = firstSeq;
  }

  add(data: unknown): StoredRecord {
    if (this.#pending.size >= this.#capacity) throw new PaddlewireError('records-full');
    const record = { seq: this.#nextSeq++, data };
    this.#pending.set(record.seq, record);
    return record;
  }

  acknowledge(seq: number): void {
    this.#pending.delete(seq);
  }

  pending(): StoredRecord[] {
    return [...this.#pending.values()];
  }

  close(): void {}
}

type Line = { readonly seq: number; readonly data: unknown } | { readonly acknowledged: number };

/** Acknowledged lines after which the file is written anew without them. */
const COMPACT_AFTER = 256;

/**
 * A file of JSON lines: a record is on disk before `add` returns. A torn last line is left out. What the disk did not
 * take as a whole is taken back, so that the next line never follows half a line.
 */
export class FileRecords implements RecordStore {
  readonly #path: string;
  readonly #capacity: number;
  readonly #pending = new Map<number, StoredRecord>();
  #lastSeq = 0;
  #stale = 0;
  #file = -1;
  /** Bytes of whole lines in the file. */
  #length = 0;

  /**
   * @param firstSeq for a file that is not there yet: grows over deleted files, as the clock does, because the hub takes
   * a number it has seen for a record it has seen
   * @throws PaddlewireError store-full, store-failed
   */
  constructor(path: string, capacity = 1000, firstSeq = Date.now() * 1000) {
    this.#path = path;
    this.#capacity = capacity;
    if (existsSync(path)) this.#load(readFileSync(path, 'utf8'));
    if (this.#lastSeq === 0) this.#lastSeq = firstSeq - 1;
    this.#compact();
  }

  add(data: unknown): StoredRecord {
    if (this.#pending.size >= this.#capacity) throw new PaddlewireError('records-full');
    const record = { seq: this.#lastSeq + 1, data };
    this.#append(record, true);
    this.#lastSeq = record.seq;
    this.#pending.set(record.seq, record);
    return record;
  }

  acknowledge(seq: number): void {
    if (!this.#pending.delete(seq)) return;
    // Neither synced nor insisted on: if it is lost, the record is sent once more and the hub knows it already.
    try {
      this.#append({ acknowledged: seq }, false);
      if (++this.#stale < COMPACT_AFTER) return;
      // Also if it fails: the next try is that many lines later.
      this.#stale = 0;
      this.#compact();
    } catch {
      // The file as it was stays in use; what is too much in it goes when the disk takes writes again.
    }
  }

  pending(): StoredRecord[] {
    return [...this.#pending.values()];
  }

  close(): void {
    closeSync(this.#file);
  }

  #append(line: Line, sync: boolean): void {
    try {
      const length = writeAt(this.#file, `${JSON.stringify(line)}\n`, this.#length);
      if (sync) fdatasyncSync(this.#file);
      this.#length += length;
    } catch (error) {
      this.#takeBack();
      throw storeError(error as NodeJS.ErrnoException);
    }
  }

  #takeBack(): void {
    try {
      ftruncateSync(this.#file, this.#length);
    } catch {
      // The next line is written over what is left.
    }
  }

  #load(text: string): void {
    for (const line of text.split('\n')) {
      const parsed = parseLine(line);
      if (parsed === null) continue;
      if ('acknowledged' in parsed) {
        this.#pending.delete(parsed.acknowledged);
        this.#lastSeq = Math.max(this.#lastSeq, parsed.acknowledged);
      } else {
        this.#pending.set(parsed.seq, parsed);
        this.#lastSeq = Math.max(this.#lastSeq, parsed.seq);
      }
    }
  }

  /** Writes what is pending to a new file and puts it in place of the old one in one step. If that fails, all is as it was. */
  #compact(): void {
    const lines: Line[] = [{ acknowledged: this.#lastSeq }, ...this.#pending.values()];
    // The first line keeps the last number; a pending record of that number is read after it and stands.
    const temporary = `${this.#path}.new`;
    let file = -1;
    try {
      file = openSync(temporary, 'w');
      const length = writeAt(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`, 0);
      fdatasyncSync(file);
      renameSync(temporary, this.#path);
      this.#length = length;
    } catch (error) {
      if (file !== -1) closeSync(file);
      rmSync(temporary, { force: true });
      throw storeError(error as NodeJS.ErrnoException);
    }
    if (this.#file !== -1) closeSync(this.#file);
    this.#file = file;
  }
}

/** Writes all of a text at a place of a file, in as many writes as the disk wants. @returns its length in bytes */
function writeAt(file: number, text: string, position: number): number {
  const bytes = Buffer.from(text);
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done, position + done);
  return done;
}

function storeError({ code, message }: NodeJS.ErrnoException): PaddlewireError {
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new PaddlewireError(full ? 'store-full' : 'store-failed', `The file of records cannot be written: ${message}`);
}

function parseLine(line: string): Line | null {
  try {
    const value = JSON.parse(line) as Line;
    return Number.isSafeInteger('acknowledged' in value ? value.acknowledged : value.seq) ? value : null;
  } catch {
    return null;
  }
}
