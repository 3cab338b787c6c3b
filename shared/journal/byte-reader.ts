/** Reads what ByteWriter writes; whatever the bytes are, it ends, and reads nothing outside of them. */
import type { Plain } from './byte-writer.ts';
import { MAX_DEPTH } from './format.ts';

/** The bytes are not what they should be, or end too early. */
export class BytesError extends Error {}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const MAX_VARINT_BYTES = 8;
/** Longer texts are left to the decoder. */
const SHORT_TEXT_BYTES = 24;

/** A property as any other. */
const OWN = { writable: true, enumerable: true, configurable: true } as const;

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  at: number;

  /** @param from where to begin @param end where to stop */
  constructor(bytes: Uint8Array, from = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = from;
    this.#end = end;
  }

  get done(): boolean {
    return this.at >= this.#end;
  }

  byte(): number {
    return this.#bytes[this.#skip(1)] as number;
  }

  bytes(count: number): Uint8Array {
    const from = this.#skip(count);
    return this.#bytes.subarray(from, from + count);
  }

  uint32(): number {
    return this.#view.getUint32(this.#skip(4), true);
  }

  varint(): number {
    let [value, factor] = [0, 1];
    for (let count = 0; count < MAX_VARINT_BYTES; count++) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      factor *= 0x80;
    }
    throw new BytesError('a number is too large');
  }

  value(depth = 0): Plain {
    if (depth > MAX_DEPTH) throw new BytesError('nested too deep');
    const first = this.byte();
    const [major, info] = [first >> 5, first & 0x1f];
    if (major === 7) return this.#simple(first);
    const argument = this.#argument(info);
    switch (major) {
      case 0:
        return argument;
      case 1:
        if (argument >= Number.MAX_SAFE_INTEGER) throw new BytesError('a number is too large');
        return -1 - argument;
      case 3:
        return this.#text(argument);
      case 4:
        return this.#list(argument, depth);
      case 5:
        return this.#map(argument, depth);
      default:
        throw new BytesError('not a plain value');
    }
  }

  #simple(first: number): Plain {
    if (first === 0xf4 || first === 0xf5) return first === 0xf5;
    if (first === 0xf6) return null;
    const number = first === 0xfb ? this.#view.getFloat64(this.#skip(8)) : NaN;
    if (!Number.isFinite(number)) throw new BytesError('not a plain value');
    return number;
  }

  #argument(info: number): number {
    if (info < 24) return info;
    if (info === 24) return this.byte();
    if (info === 25) return this.#view.getUint16(this.#skip(2));
    if (info === 26) return this.#view.getUint32(this.#skip(4));
    if (info !== 27) throw new BytesError('not a definite length');
    const large = this.#view.getUint32(this.#skip(4)) * 0x1_0000_0000 + this.#view.getUint32(this.#skip(4));
    if (!Number.isSafeInteger(large)) throw new BytesError('a number is too large');
    return large;
  }

  #text(size: number): string {
    const bytes = this.bytes(size);
    const short = shortAscii(bytes);
    if (short !== null) return short;
    try {
      return utf8.decode(bytes);
    } catch {
      throw new BytesError('a text is not UTF-8');
    }
  }

  #list(count: number, depth: number): Plain[] {
    // Each item takes a byte at least: a count that cannot be true makes no list.
    if (count > this.#end - this.at) throw new BytesError('a list is longer than the bytes');
    const list: Plain[] = [];
    for (let index = 0; index < count; index++) list.push(this.value(depth + 1));
    return list;
  }

  #map(count: number, depth: number): { readonly [key: string]: Plain } {
    if (2 * count > this.#end - this.at) throw new BytesError('a map is longer than the bytes');
    const map: Record<string, Plain> = {};
    for (let index = 0; index < count; index++) {
      const key = this.value(depth + 1);
      if (typeof key !== 'string') throw new BytesError('a key is no text');
      const value = this.value(depth + 1);
      // Set as the others are, it would be the map's prototype.
      if (key === '__proto__') Object.defineProperty(map, key, { ...OWN, value });
      else map[key] = value;
    }
    return map;
  }

  #skip(count: number): number {
    const from = this.at;
    if (count < 0 || from + count > this.#end) throw new BytesError('the bytes end too early');
    this.at = from + count;
    return from;
  }
}

/** Names of fields, mostly: a decoder would take longer to call than to read them. null: it is none */
function shortAscii(bytes: Uint8Array): string | null {
  if (bytes.length > SHORT_TEXT_BYTES) return null;
  let text = '';
  for (const byte of bytes) {
    if (byte > 0x7f) return null;
    text += String.fromCharCode(byte);
  }
  return text;
}
