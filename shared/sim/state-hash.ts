/** A hash of a game's state: the same in Node and browser, on every processor. FNV-1a (RFC 9923) over a canonical text. */

/** 32 bits as eight hexadecimal digits. Equal states give equal hashes whatever the order of their keys. */
export function stateHash(state: unknown): string {
  return (hashed(0x811c9dc5, state) >>> 0).toString(16).padStart(8, '0');
}

/** Goes on with the canonical text of a value: JSON with sorted keys. It is never put together: a room does this each second. */
function hashed(before: number, value: unknown): number {
  if (typeof value !== 'object' || value === null) return withText(before, JSON.stringify(value));
  const isList = Array.isArray(value);
  let hash = withText(before, isList ? '[' : '{');
  let first = true;
  for (const key of isList ? value.keys() : Object.keys(value).toSorted()) {
    if (!first) hash = withText(hash, ',');
    first = false;
    if (!isList) hash = withText(hash, `${JSON.stringify(key)}:`);
    hash = hashed(hash, (value as Readonly<Record<string | number, unknown>>)[key]);
  }
  return withText(hash, isList ? ']' : '}');
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
