/** A hash of a game's state: the same in Node and browser, on every processor. FNV-1a (RFC 9923) over a canonical text. */

/** 32 bits as eight hexadecimal digits. Equal states give equal hashes whatever the order of their keys. */
export function stateHash(state: unknown): string {
  return (hashed(0x811c9dc5, state) >>> 0).toString(16).padStart(8, '0');
}

/** Goes on with the canonical text of a value: JSON with sorted keys. It is never put together: a room does this each second. */
function hashed(before: number, value: unknown): number {
  // As JSON has it, but quicker: states are integers, mostly.
  if (typeof value === 'number' && Number.isFinite(value)) return withText(before, `${value}`);
  if (typeof value !== 'object' || value === null) return withText(before, JSON.stringify(value));
  const isList = Array.isArray(value);
  let hash = withText(before, isList ? '[' : '{');
  let first = true;
  for (const key of isList ? value.keys() : Object.keys(value).toSorted()) {
    if (!first) hash = withText(hash, ',');
    first = false;
    if (!isList) hash = withText(hash, isName(key) ? `"${key}":` : `${JSON.stringify(key)}:`);
    hash = hashed(hash, (value as Readonly<Record<string | number, unknown>>)[key]);
  }
  return withText(hash, isList ? ']' : '}');
}

/** Needs no escapes in JSON. */
function isName(key: string | number): boolean {
  const text = String(key);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // From 0 to z, without the backslash: quotes and control characters lie outside.
    if (unit < 0x30 || unit > 0x7a || unit === 0x5c) return false;
  }
  return true;
}

function withText(before: number, text: string): number {
  let hash = before;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >> 8), 0x01000193);
  }
  return hash;
}
