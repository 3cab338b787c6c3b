/** A hash of a game's state: the same in Node and browser, on every processor. FNV-1a (RFC 9923) over a canonical text. */

/** 32 bits as eight hexadecimal digits. Equal states give equal hashes whatever the order of their keys. */
export function stateHash(state: unknown): string {
  const canonical = canonicalText(state);
  let hash = 0x811c9dc5;
  for (let at = 0; at < canonical.length; at++) {
    const unit = canonical.charCodeAt(at);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >> 8), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalText(entry)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalText(entry)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
