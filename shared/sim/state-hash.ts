/** A hash of a game's state: the same in Node and browser, on every processor. FNV-1a (RFC 9923) over a canonical text. */

const PRIME = 0x01000193;
/** Multiplies as the prime does twice: a character of one byte is two bytes to the hash, the second of them zero. */
const PRIME_TWICE = Math.imul(PRIME, PRIME);
const ZERO = 0x30;
const MINUS = 0x2d;

/** 32 bits as eight hexadecimal digits. Equal states give equal hashes whatever the order of their keys. */
export function stateHash(state: unknown): string {
  return (hashed(0x811c9dc5, state) >>> 0).toString(16).padStart(8, '0');
}

/** Goes on with the canonical text of a value: JSON with sorted keys. It is never put together: a room does this each second. */
function hashed(before: number, value: unknown): number {
  // As JSON has it, but quicker: states are integers, mostly.
  if (typeof value === 'number') return withNumber(before, value);
  if (typeof value !== 'object' || value === null) return withText(before, JSON.stringify(value));
  return Array.isArray(value) ? withList(before, value) : withMap(before, value as Readonly<Record<string, unknown>>);
}

function withList(before: number, list: readonly unknown[]): number {
  let hash = withText(before, '[');
  for (let at = 0; at < list.length; at++) {
    if (at > 0) hash = withText(hash, ',');
    hash = hashed(hash, list[at]);
  }
  return withText(hash, ']');
}

function withMap(before: number, map: Readonly<Record<string, unknown>>): number {
  let hash = withText(before, '{');
  let first = true;
  for (const key of sorted(Object.keys(map))) {
    if (!first) hash = withText(hash, ',');
    first = false;
    if (isName(key)) hash = withText(withText(withText(hash, '"'), key), '":');
    else hash = withText(hash, `${JSON.stringify(key)}:`);
    hash = hashed(hash, map[key]);
  }
  return withText(hash, '}');
}

/** In the order of their UTF-16 units, as `sort` has it. A state has few keys: those are sorted in place. */
function sorted(keys: string[]): string[] {
  if (keys.length > 16) return keys.toSorted();
  for (let from = 1; from < keys.length; from++) {
    const key = keys[from] as string;
    let at = from;
    for (; at > 0 && (keys[at - 1] as string) > key; at--) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

/** Needs no escapes in JSON. */
function isName(key: string): boolean {
  for (let at = 0; at < key.length; at++) {
    const unit = key.charCodeAt(at);
    // From 0 to z, without the backslash: quotes and control characters lie outside.
    if (unit < 0x30 || unit > 0x7a || unit === 0x5c) return false;
  }
  return true;
}

function withNumber(before: number, value: number): number {
  // -0 is 0 in JSON, and NaN is null.
  if (value !== (value | 0)) return withText(before, Number.isFinite(value) ? `${value}` : 'null');
  if (value >= 0) return withDigits(before, value);
  return withDigits(withUnit(before, MINUS), -value);
}

/** @param value an integer of 32 bits at most, not negative */
function withDigits(before: number, value: number): number {
  let factor = 1;
  while (value / factor >= 10) factor *= 10;
  let [hash, rest] = [before, value];
  for (; factor >= 1; factor /= 10) {
    const digit = Math.floor(rest / factor);
    hash = withUnit(hash, ZERO + digit);
    rest -= digit * factor;
  }
  return hash;
}

function withText(before: number, text: string): number {
  let hash = before;
  for (let at = 0; at < text.length; at++) hash = withUnit(hash, text.charCodeAt(at));
  return hash;
}

/** The low byte, then the high one. */
function withUnit(before: number, unit: number): number {
  if (unit < 0x100) return Math.imul(before ^ unit, PRIME_TWICE);
  return Math.imul(Math.imul(before ^ (unit & 0xff), PRIME) ^ (unit >> 8), PRIME);
}
