/** Records that the hub has not acknowledged: a bounded store, in memory or in a file that survives a power cut. */
import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { PaddlewireError } from '../../shared/errors.ts';

export interface StoredRecord {
  readonly seq: number;
  readonly data: unknown;
}

/** Numbers records and keeps them, oldest first, until they are acknowledged. */
export interface RecordStore {
  /** @throws PaddlewireError records-full */
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

/** A file of JSON lines: a record is on disk before `add` returns. A torn last line is left out. */
export class FileRecords implements RecordStore {
  readonly #path: string;
  readonly #capacity: number;
  readonly #pending = new Map<number, StoredRecord>();
  #lastSeq = 0;
  #stale = 0;
  #file: number;

  constructor(path: string, capacity = 1000) {
    this.#path = path;
    this.#capacity = capacity;
    if (existsSync(path)) this.#load(readFileSync(path, 'utf8'));
    this.#file = this.#compact();
  }

  add(data: unknown): StoredRecord {
    if (this.#pending.size >= this.#capacity) throw new PaddlewireError('records-full');
    const record = { seq: this.#lastSeq + 1, data };
    this.#append(record);
    this.#lastSeq = record.seq;
    this.#pending.set(record.seq, record);
    return record;
  }

  acknowledge(seq: number): void {
    if (!this.#pending.delete(seq)) return;
    // Not synced: if it is lost, the record is sent once more and the hub knows it already.
    writeSync(this.#file, `${JSON.stringify({ acknowledged: seq } satisfies Line)}\n`);
    if (++this.#stale < COMPACT_AFTER) return;
    closeSync(this.#file);
    this.#file = this.#compact();
  }

  pending(): StoredRecord[] {
    return [...this.#pending.values()];
  }

  close(): void {
    closeSync(this.#file);
  }

  #append(record: StoredRecord): void {
    writeSync(this.#file, `${JSON.stringify(record satisfies Line)}\n`);
    fdatasyncSync(this.#file);
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

  /** Writes what is pending to a new file and puts it in place of the old one in one step. @returns it, open */
  #compact(): number {
    const lines: Line[] = [{ acknowledged: this.#lastSeq }, ...this.#pending.values()];
    // The first line keeps the last number; a pending record of that number is read after it and stands.
    const temporary = `${this.#path}.new`;
    const file = openSync(temporary, 'w');
    writeSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    fdatasyncSync(file);
    renameSync(temporary, this.#path);
    this.#stale = 0;
    return file;
  }
}

function parseLine(line: string): Line | null {
  try {
    const value = JSON.parse(line) as Line;
    return Number.isSafeInteger('acknowledged' in value ? value.acknowledged : value.seq) ? value : null;
  } catch {
    return null;
  }
}
