/** Reads a journal call by call. What is wrong is said, with its place; what comes before it is whole and can be used. */
import { ByteReader, BytesError } from './byte-reader.ts';
import type { Plain } from './byte-writer.ts';
import { callsOf, isCount } from './call-decoder.ts';
import type { Call, JournalHeader } from './calls.ts';
import { crc32c } from './crc32c.ts';
import {
  CRC_BYTES,
  FORMAT_VERSION,
  MAGIC,
  MAX_RATE,
  MAX_RECORD_BYTES,
  MAX_SEATS,
  MAX_TICK,
  OP,
  standsAlone,
  TRAILER,
} from './format.ts';
import type { IndexEntry, WrittenSoFar } from './journal-writer.ts';

/** Why a file, or the rest of it, is no journal. */
export type Flaw =
  /** Its first bytes are those of something else. */
  | 'foreign'
  /** Of a newer version than this program knows. */
  | 'newer'
  /** No header can be read: nothing can be saved. */
  | 'headless'
  /** A record is cut off, or damaged: what follows cannot be trusted. */
  | 'torn';

export interface Damage {
  readonly flaw: Flaw;
  /** Where the whole part ends, in bytes from the file's beginning. */
  readonly offset: number;
  readonly text: string;
}

/** Something is wrong before the first call. */
export class JournalError extends Error {
  readonly damage: Damage;

  constructor(damage: Damage) {
    super(damage.text);
    this.name = 'JournalError';
    this.damage = damage;
  }
}

interface Place {
  readonly offset: number;
  readonly tick: number;
  readonly time: number;
  readonly crc: number;
}

interface Raw {
  readonly op: number;
  /** The record's own data. */
  readonly body: ByteReader;
  /** Behind it; tick and time are its own. */
  readonly next: Place;
}

interface Entry {
  readonly op: number;
  readonly place: Place;
  readonly next: Place;
  readonly calls: readonly Call[];
}

export class JournalReader {
  readonly #bytes: Uint8Array;
  readonly header: JournalHeader;
  readonly #first: Place;
  /** What ended the last reading; null: the end of the file. */
  damage: Damage | null = null;
  /** The last reading came to the index: the match was recorded to its end. */
  finished = false;

  /** @throws JournalError foreign, newer, headless */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    if (!MAGIC.every((byte, at) => bytes[at] === byte)) {
      const cutOff = bytes.length < MAGIC.length && bytes.every((byte, at) => byte === MAGIC[at]);
      throw fatal(cutOff ? 'headless' : 'foreign', cutOff ? 'The journal ends before it begins.' : 'Not a journal.');
    }
    const raw = parse(bytes, { offset: MAGIC.length, tick: 0, time: 0, crc: 0 });
    if (typeof raw === 'string' || raw.op !== OP.header)
      throw fatal('headless', 'The head of the journal cannot be read.');
    this.header = headerOf(raw.body);
    this.#first = raw.next;
  }

  /** Every call, in order. Afterwards `damage` says whether that was all. @param from a key frame of the index */
  *calls(from?: IndexEntry): Generator<Call> {
    for (const { calls } of this.#records(from)) yield* calls;
  }

  /** The index of a finished journal; null where there is none, or none that can be trusted: then `scan`. */
  index(): IndexEntry[] | null {
    const offset = this.#indexOffset();
    if (offset === null) return null;
    const raw = parse(this.#bytes, { offset, tick: 0, time: 0, crc: 0 });
    if (typeof raw === 'string' || raw.op !== OP.index || raw.next.offset + TRAILER.bytes !== this.#bytes.length)
      return null;
    try {
      return entriesOf(raw.body.value(), offset);
    } catch (error) {
      if (error instanceof BytesError) return null;
      throw error;
    }
  }

  /** The index by reading all of it. */
  scan(): IndexEntry[] {
    return [...this.whole().index];
  }

  /** How much of the file is whole, its index apart; `damage` says what comes behind it. */
  whole(): WrittenSoFar {
    const index: IndexEntry[] = [];
    let { offset, tick, time } = this.#first;
    for (const { op, place, next, calls } of this.#records()) {
      if (op === OP.key) index.push({ tick: next.tick, offset: place.offset });
      const last = calls.at(-1);
      offset = next.offset;
      tick = Math.max(next.tick, last?.tick ?? 0);
      time = Math.max(next.time, last?.time ?? 0);
    }
    return { bytes: offset, tick, time, index };
  }

  *#records(from?: IndexEntry): Generator<Entry> {
    this.damage = null;
    this.finished = false;
    let place = from === undefined ? this.#first : { offset: from.offset, tick: 0, time: 0, crc: 0 };
    const keys: IndexEntry[] = [];
    while (place.offset < this.#bytes.length) {
      const raw = parse(this.#bytes, place);
      if (typeof raw === 'string') return this.#torn(place.offset, raw);
      const { op, next } = raw;
      if (op === OP.index) return this.#checkEnd(place, from === undefined ? keys : null);
      if (next.tick < place.tick || next.time < place.time || op === OP.header)
        return this.#torn(place.offset, `The record at byte ${place.offset} belongs to something else.`);
      if (op === OP.key) keys.push({ tick: next.tick, offset: place.offset });
      const calls = this.#decode(raw, place);
      if (calls === null) return;
      yield { op, place, next, calls };
      place = next;
    }
  }

  #decode(raw: Raw, place: Place): Call[] | null {
    try {
      return callsOf(raw.op, raw.next.tick, raw.next.time, raw.body, this.header);
    } catch (error) {
      if (!(error instanceof BytesError)) throw error;
      this.#torn(place.offset, `The record at byte ${place.offset} makes no sense: ${error.message}.`);
      return null;
    }
  }

  /** The index must be that of this very file; what stands in it can be found without it. */
  #checkEnd({ offset }: Place, keys: readonly IndexEntry[] | null): void {
    const said = this.index();
    const right = this.#indexOffset() === offset && said !== null && (keys === null || isSame(said, keys));
    if (!right) return this.#torn(offset, 'The index at the end is damaged, or something follows it.');
    this.finished = true;
  }

  #indexOffset(): number | null {
    const { bytes, magic } = TRAILER;
    const trailer = this.#bytes.subarray(-bytes);
    if (trailer.length < bytes || !magic.every((byte, at) => trailer[8 + at] === byte)) return null;
    const reader = new ByteReader(trailer);
    const offset = reader.uint32();
    return reader.uint32() === crc32c(trailer.subarray(0, 4)) && offset < this.#bytes.length ? offset : null;
  }

  #torn(offset: number, text: string): void {
    this.damage = { flaw: 'torn', offset, text };
  }
}

const fatal = (flaw: Flaw, text: string): JournalError => new JournalError({ flaw, offset: 0, text });

/** One record, or what is wrong with it. */
function parse(bytes: Uint8Array, { offset, tick, time, crc }: Place): Raw | string {
  try {
    const reader = new ByteReader(bytes, offset);
    const size = reader.varint();
    if (size > MAX_RECORD_BYTES) return `The record at byte ${offset} is longer than any can be.`;
    const from = reader.at;
    const end = from + size;
    reader.bytes(size);
    const said = reader.uint32();
    const body = new ByteReader(bytes, from, end);
    const op = body.byte();
    const alone = standsAlone(op);
    if (crc32c(bytes.subarray(offset, end), alone ? 0 : crc) !== said)
      return `The record at byte ${offset} is damaged.`;
    const [at, when] = [body.varint() + (alone ? 0 : tick), body.varint() + (alone ? 0 : time)];
    if (at > MAX_TICK || !Number.isSafeInteger(when)) return `The record at byte ${offset} is out of all time.`;
    return { op, body, next: { offset: end + CRC_BYTES, tick: at, time: when, crc: said } };
  } catch (error) {
    if (!(error instanceof BytesError)) throw error;
    return `The journal is cut off in the record at byte ${offset}.`;
  }
}

function headerOf(body: ByteReader): JournalHeader {
  let value: Plain;
  try {
    value = body.value();
  } catch {
    throw fatal('headless', 'The head of the journal makes no sense.');
  }
  if (!isMap(value) || !Number.isSafeInteger(value['format']) || (value['format'] as number) < 1)
    throw fatal('headless', 'The head of the journal makes no sense.');
  const fields = value as unknown as JournalHeader;
  if (fields.format > FORMAT_VERSION)
    throw fatal('newer', `A journal of version ${fields.format}; this program knows up to ${FORMAT_VERSION}.`);
  if (!isWhole(fields)) throw fatal('headless', 'The head of the journal lacks what a match begins with.');
  return fields;
}

const isMap = (value: unknown): value is { readonly [key: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isWhole({ game, rules, parameters, seed, rate, seats, startedAt, about }: JournalHeader): boolean {
  return (
    typeof game === 'string' &&
    isCount(rules, Number.MAX_SAFE_INTEGER) &&
    isMap(parameters) &&
    isCount(seed, 0xffff_ffff) &&
    isCount(rate, MAX_RATE) &&
    rate > 0 &&
    Array.isArray(seats) &&
    isCount(seats.length - 1, MAX_SEATS - 1) &&
    seats.every((seat) => typeof seat === 'string') &&
    isCount(startedAt, Number.MAX_SAFE_INTEGER) &&
    isMap(about)
  );
}

/** @param end no key frame can begin there or later */
function entriesOf(value: Plain, end: number): IndexEntry[] | null {
  if (!Array.isArray(value)) return null;
  const entries: IndexEntry[] = [];
  for (const entry of value as readonly Plain[]) {
    const [tick, offset] = Array.isArray(entry) ? (entry as readonly Plain[]) : [];
    if (!isCount(tick, MAX_TICK) || !isCount(offset, end - 1)) return null;
    entries.push({ tick: tick as number, offset: offset as number });
  }
  return entries;
}

const isSame = (some: readonly IndexEntry[], others: readonly IndexEntry[]): boolean =>
  some.length === others.length &&
  some.every(({ tick, offset }, at) => tick === others[at]?.tick && offset === others[at]?.offset);
