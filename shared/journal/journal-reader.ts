/** Reads a journal call by call. What is wrong is said, with its place; what comes before it is whole and can be used. */
import { DEVICE_KINDS } from '../contract/messages.ts';
import { ByteReader, BytesError } from './byte-reader.ts';
import type { Plain } from './byte-writer.ts';
import { SEAT_EVENTS, type Call, type CallBody, type JournalHeader } from './calls.ts';
import { crc32c } from './crc32c.ts';
import { CRC_BYTES, FIRST_CUSTOM, FORMAT_VERSION, MAGIC, MAX_RECORD_BYTES, OP, TRAILER } from './format.ts';
import type { IndexEntry } from './journal-writer.ts';

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
  readonly tick: number;
  readonly time: number;
  /** The record's own data. */
  readonly body: ByteReader;
  readonly next: Place;
}

export class JournalReader {
  readonly #bytes: Uint8Array;
  readonly header: JournalHeader;
  readonly #first: Place;
  /** What ended the last reading; null: the end of the file. */
  damage: Damage | null = null;

  /** @throws JournalError foreign, newer, headless */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    if (!MAGIC.every((byte, at) => bytes[at] === byte)) {
      const empty = bytes.length < MAGIC.length && bytes.every((byte, at) => byte === MAGIC[at]);
      throw fatal(empty ? 'headless' : 'foreign', empty ? 'The journal ends before it begins.' : 'Not a journal.');
    }
    const raw = this.#record({ offset: MAGIC.length, tick: 0, time: 0, crc: 0 });
    if (raw === null || raw.op !== OP.header) throw fatal('headless', 'The head of the journal cannot be read.');
    this.header = headerOf(raw.body);
    this.#first = raw.next;
  }

  /** Every call, in order. Afterwards `damage` says whether that was all. @param from a key frame of the index */
  *calls(from?: IndexEntry): Generator<Call> {
    this.damage = null;
    let place = from === undefined ? this.#first : { offset: from.offset, tick: 0, time: 0, crc: 0 };
    for (;;) {
      if (place.offset === this.#bytes.length) return;
      const raw = this.#record(place);
      if (raw === null) return;
      if (raw.op === OP.index) return this.#checkEnd(raw.next.offset);
      const calls = this.#decode(raw, place);
      if (calls === null) return;
      yield* calls;
      place = raw.next;
    }
  }

  /** The index of a finished journal; null where there is none, or none that can be trusted: then `scan`. */
  index(): IndexEntry[] | null {
    const { bytes, magic } = TRAILER;
    const trailer = this.#bytes.subarray(-bytes);
    if (trailer.length < bytes || !magic.every((byte, at) => trailer[8 + at] === byte)) return null;
    const reader = new ByteReader(trailer);
    const offset = reader.uint32();
    if (reader.uint32() !== crc32c(trailer.subarray(0, 4)) || offset >= this.#bytes.length) return null;
    try {
      const record = new ByteReader(this.#bytes, offset);
      const size = record.varint();
      const body = new ByteReader(this.#bytes, record.at, record.at + size);
      if (body.byte() !== OP.index) return null;
      body.varint();
      body.varint();
      return entriesOf(body.value());
    } catch (error) {
      if (error instanceof BytesError) return null;
      throw error;
    }
  }

  /** The index by reading all of it. */
  scan(): IndexEntry[] {
    const entries: IndexEntry[] = [];
    let place = this.#first;
    for (let raw = this.#record(place); raw !== null && raw.op !== OP.index; raw = this.#record(place)) {
      if (raw.op === OP.key) entries.push({ tick: raw.tick, offset: place.offset });
      place = raw.next;
      if (place.offset === this.#bytes.length) break;
    }
    return entries;
  }

  /** One record, or null with `damage` set. */
  #record({ offset, tick, time, crc }: Place): Raw | null {
    try {
      const reader = new ByteReader(this.#bytes, offset);
      const size = reader.varint();
      if (size > MAX_RECORD_BYTES) return this.#torn(offset, 'A record is longer than any can be.');
      const from = reader.at;
      const end = from + size;
      reader.bytes(size);
      const said = reader.uint32();
      const body = new ByteReader(this.#bytes, from, end);
      const op = body.byte();
      // A key frame's place is its own.
      const before = op === OP.key ? 0 : crc;
      if (crc32c(this.#bytes.subarray(offset, end), before) !== said)
        return this.#torn(offset, `The record at byte ${offset} is damaged.`);
      const [ticks, ms] = [body.varint(), body.varint()];
      const [at, when] = op === OP.key ? [body.varint(), body.varint()] : [tick + ticks, time + ms];
      return { op, tick: at, time: when, body, next: { offset: end + CRC_BYTES, tick: at, time: when, crc: said } };
    } catch (error) {
      if (!(error instanceof BytesError)) throw error;
      return this.#torn(offset, `The journal is cut off in the record at byte ${offset}.`);
    }
  }

  /** The calls of a record; a run of inputs is many. */
  #decode(raw: Raw, place: Place): Call[] | null {
    try {
      return callsOf(raw, this.header.rate);
    } catch (error) {
      if (!(error instanceof BytesError)) throw error;
      this.#torn(place.offset, `The record at byte ${place.offset} makes no sense: ${error.message}.`);
      return null;
    }
  }

  #checkEnd(offset: number): void {
    if (offset + TRAILER.bytes !== this.#bytes.length) this.#torn(offset, 'Something follows the end of the journal.');
  }

  #torn(offset: number, text: string): null {
    this.damage = { flaw: 'torn', offset, text };
    return null;
  }
}

const fatal = (flaw: Flaw, text: string): JournalError => new JournalError({ flaw, offset: 0, text });

function headerOf(body: ByteReader): JournalHeader {
  let value: Plain;
  try {
    value = body.value();
  } catch {
    throw fatal('headless', 'The head of the journal makes no sense.');
  }
  const fields = value as unknown as JournalHeader;
  if (typeof fields !== 'object' || fields === null || !Number.isInteger(fields.format))
    throw fatal('headless', 'The head of the journal makes no sense.');
  if (fields.format > FORMAT_VERSION)
    throw fatal('newer', `A journal of version ${fields.format}; this program knows up to ${FORMAT_VERSION}.`);
  const whole =
    typeof fields.game === 'string' &&
    Number.isInteger(fields.rules) &&
    Number.isInteger(fields.seed) &&
    fields.rate > 0 &&
    Array.isArray(fields.seats) &&
    typeof fields.parameters === 'object';
  if (!whole) throw fatal('headless', 'The head of the journal lacks what a match begins with.');
  return fields;
}

function entriesOf(value: Plain): IndexEntry[] | null {
  if (!Array.isArray(value)) return null;
  return value.map((entry) => {
    const [tick, offset] = entry as unknown as [number, number];
    return { tick, offset };
  });
}

function callsOf({ op, tick, time, body }: Raw, rate: number): Call[] {
  if (op === OP.inputs) return inputsOf(body, tick, time, rate);
  const call = bodyOf(op, body);
  // Of a newer minor kind: it changes nothing that this program knows.
  return call === null ? [] : [{ ...call, tick, time }];
}

function inputsOf(body: ByteReader, first: number, time: number, rate: number): Call[] {
  const count = body.varint();
  const calls: Call[] = [];
  let tick = first;
  for (let index = 0; index < count; index++) {
    tick += body.varint();
    const when = time + Math.round(((tick - first) * 1000) / rate);
    calls.push({ op: 'input', tick, time: when, seat: body.byte(), command: body.value() });
  }
  return calls;
}

const hashOf = (value: number): string => value.toString(16).padStart(8, '0');

function textOf(value: Plain): string {
  if (typeof value !== 'string') throw new BytesError('a text is missing');
  return value;
}

function listOf(value: Plain): readonly Plain[] {
  if (!Array.isArray(value)) throw new BytesError('a list is missing');
  return value as readonly Plain[];
}

function bodyOf(op: number, body: ByteReader): CallBody | null {
  switch (op) {
    case OP.seat: {
      const [event, seat, kind] = [SEAT_EVENTS[body.byte()], body.byte(), body.byte()];
      if (event === undefined) throw new BytesError('an unknown event of a seat');
      return { op: 'seat', event, seat, kind: DEVICE_KINDS[kind - 1] ?? '' };
    }
    case OP.host:
      return { op: 'host', word: textOf(body.value()) };
    case OP.pause:
      return { op: 'pause', reason: textOf(body.value()) };
    case OP.resume:
      return { op: 'resume' };
    case OP.mark:
      return { op: 'mark', kind: textOf(body.value()), data: body.value() };
    case OP.memory:
      return { op: 'memory', keys: listOf(body.value()) as (string | number)[], value: body.value() };
    case OP.lab:
      return { op: 'lab', settings: body.value() };
    case OP.hash:
      return { op: 'hash', hash: hashOf(body.uint32()) };
    case OP.key:
      return { op: 'key', state: body.value(), commands: listOf(body.value()) };
    case OP.outcome:
      return {
        op: 'outcome',
        outcome: body.value(),
        scores: listOf(body.value()) as number[],
        hash: hashOf(body.uint32()),
      };
    default:
      return op >= FIRST_CUSTOM ? { op: 'custom', code: op, data: body.value() } : null;
  }
}
