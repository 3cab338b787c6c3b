/** The kinds of field a contract message can have: how each is checked, and how it is written in CBOR and in JSON. */

/** A field of kind T. `check` returns the value to use, or throws a string that says what was expected. */
export interface Field<T> {
  /** For docs, e.g. `uint 0..255`. */
  readonly kind: string;
  /** The CDDL type (RFC 8610) of the CBOR form. */
  readonly cddl: string;
  /** The JSON Schema (2020-12) of the JSON form. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Used when the field is absent or null; undefined when the field is required. */
  readonly fallback: T | undefined;
  readonly doc: string;
  check(value: unknown): T;
  /** The CBOR form, where it differs from the value (a choice travels as its index). */
  pack?(value: T): unknown;
}

export type ValueOf<F> = F extends Field<infer T> ? T : never;

/** What a check throws: a sentence that ends "must be …". Callers add the name of the field. */
export class FieldError extends Error {}

const fail = (expected: string): never => {
  throw new FieldError(`must be ${expected}`);
};

/** An unsigned integer of at most `max`. */
export function uint(max: number, doc: string, fallback?: number): Field<number> {
  return {
    kind: `uint 0..${max}`,
    cddl: `0..${max}`,
    json: { type: 'integer', minimum: 0, maximum: max },
    fallback,
    doc,
    check: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max
        ? value
        : fail(`an integer from 0 to ${max}`),
    // cbor-x writes a number over 2^32 as a float; as a BigInt it stays the integer that the contract says.
    ...(max > 0xffff_ffff && { pack: (value: number) => (value > 0xffff_ffff ? BigInt(value) : value) }),
  };
}

/** Like `uint`, or null where the device has no such thing (an axis). */
export function uintOrNull(max: number, doc: string): Field<number | null> {
  const inner = uint(max, doc);
  return {
    kind: `uint 0..${max} or null`,
    cddl: `0..${max} / null`,
    json: { type: ['integer', 'null'], minimum: 0, maximum: max },
    fallback: null,
    doc,
    check: (value) => (value === null ? null : inner.check(value)),
  };
}

/** A text of at most `maxBytes` bytes of UTF-8, without control characters. */
export function text(maxBytes: number, doc: string, fallback?: string): Field<string> {
  return {
    kind: `text, at most ${maxBytes} bytes`,
    cddl: `tstr .size (0..${maxBytes})`,
    json: { type: 'string', maxLength: maxBytes },
    fallback,
    doc,
    check: (value) =>
      typeof value === 'string' && utf8Length(value) <= maxBytes && !/\p{Cc}/u.test(value)
        ? value
        : fail(`a text of at most ${maxBytes} bytes without control characters`),
  };
}

/** One of a few words; in CBOR its index, in JSON the word. Both are accepted in both. */
export function oneOf<const W extends readonly string[]>(
  words: W,
  doc: string,
  fallback?: W[number],
): Field<W[number]> {
  return {
    kind: words.map((word, index) => `${index} ${word}`).join(' \\| '),
    cddl: `0..${words.length - 1}`,
    json: { enum: [...words, ...words.keys()] },
    fallback,
    doc,
    check: (value) => {
      if (typeof value === 'string' && words.includes(value)) return value;
      const word = typeof value === 'number' ? words[value] : undefined;
      return word ?? fail(`one of ${words.join(', ')}`);
    },
    pack: (word) => words.indexOf(word),
  };
}

/** Whole numbers, at most `maxItems` of them. */
export function uints(maxItems: number, max: number, doc: string): Field<number[]> {
  const item = uint(max, doc);
  return {
    kind: `list of at most ${maxItems} uint 0..${max}`,
    cddl: `[*${maxItems} item: 0..${max}]`,
    json: { type: 'array', maxItems, items: item.json },
    fallback: undefined,
    doc,
    check: (value) =>
      Array.isArray(value) && value.length <= maxItems
        ? value.map((entry) => item.check(entry))
        : fail(`a list of at most ${maxItems} integers`),
  };
}

/** A byte string; in JSON a list of integers. */
export function bytes(maxBytes: number, doc: string): Field<Uint8Array> {
  return {
    kind: `bytes, at most ${maxBytes}`,
    cddl: `bstr .size (0..${maxBytes})`,
    json: { type: 'array', maxItems: maxBytes, items: { type: 'integer', minimum: 0, maximum: 255 } },
    fallback: undefined,
    doc,
    check: (value) => {
      const given =
        value instanceof Uint8Array ? value : Array.isArray(value) ? Uint8Array.from(value as number[]) : null;
      return given !== null && given.length <= maxBytes ? given : fail(`at most ${maxBytes} bytes`);
    },
  };
}

/** Any value of the contract's data model (null, booleans, finite numbers, texts, lists, maps): its size is the message's limit. */
export function data(doc: string, fallback?: unknown): Field<unknown> {
  return { kind: 'any data', cddl: 'any', json: {}, fallback, doc, check: (value) => value };
}

function utf8Length(value: string): number {
  let length = 0;
  for (const character of value) {
    const point = character.codePointAt(0) as number;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}
