/** Bytes that grow: numbers as varints, and plain values as CBOR. */
import { MAX_DEPTH } from './format.ts';

const FLOAT64 = 0xfb;
const utf8 = new TextEncoder();

/** What a journal holds: JSON's values. Numbers that are no integers are 64-bit floats. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A copy of what was written. */
  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** What was written, good until more is. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  byte(value: number): this {
    this.#room(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  bytes(values: Uint8Array): this {
    this.#room(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
    return this;
  }

  /** Little endian. */
  uint32(value: number): this {
    for (let shift = 0; shift < 32; shift += 8) this.byte((value >>> shift) & 0xff);
    return this;
  }

  /** Seven bits a byte, the lowest first, the top bit set where more follow; up to 2^53 - 1. */
  varint(value: number): this {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    return this.byte(rest);
  }

  /**
   * CBOR (RFC 8949) with definite lengths and every head as short as it can be; keys in the order of the object.
   * @throws TypeError for what is not plain: functions, undefined, NaN, dates, what holds itself, …
   */
  value(value: Plain, depth = 0): this {
    if (depth > MAX_DEPTH) throw new TypeError(`a journal cannot hold what is nested deeper than ${MAX_DEPTH}`);
    if (value === null) return this.byte(0xf6);
    if (typeof value === 'boolean') return this.byte(value ? 0xf5 : 0xf4);
    if (typeof value === 'number') return this.#number(value);
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) {
      this.#head(4, value.length);
      for (const item of value) this.value(item as Plain, depth + 1);
      return this;
    }
    if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) throw notPlain(value);
    const entries = Object.entries(value);
    this.#head(5, entries.length);
    for (const [key, entry] of entries) this.#text(key).value(entry, depth + 1);
    return this;
  }

  #number(value: number): this {
    if (!Number.isFinite(value)) throw notPlain(value);
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      return value >= 0 ? this.#head(0, value) : this.#head(1, -1 - value);
    }
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value);
    return this.byte(FLOAT64).bytes(bytes);
  }

  #text(value: string): this {
    if (isShortAscii(value)) {
      this.#head(3, value.length).#room(value.length);
      for (let at = 0; at < value.length; at++) this.#bytes[this.#length++] = value.charCodeAt(at);
      return this;
    }
    const bytes = utf8.encode(value);
    return this.#head(3, bytes.length).bytes(bytes);
  }

  #head(major: number, argument: number): this {
    const type = major << 5;
    if (argument < 24) return this.byte(type | argument);
    if (argument < 0x100) return this.byte(type | 24).byte(argument);
    if (argument < 0x1_0000) return this.byte(type | 25).#big(argument, 2);
    if (argument < 0x1_0000_0000) return this.byte(type | 26).#big(argument, 4);
    return this.byte(type | 27).#big(Math.floor(argument / 0x1_0000_0000), 4).#big(argument % 0x1_0000_0000, 4);
  }

  /** Big endian. */
  #big(value: number, size: number): this {
    for (let shift = 8 * (size - 1); shift >= 0; shift -= 8) this.byte((value >>> shift) & 0xff);
    return this;
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** Names of fields, mostly: an encoder would take longer to call than to write them out. */
function isShortAscii(text: string): boolean {
  if (text.length > 24) return false;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

const notPlain = (value: unknown): TypeError => new TypeError(`a journal cannot hold ${String(value)}`);
