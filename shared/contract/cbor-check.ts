/**
 * Checks that bytes are one CBOR item of the contract's data model before any decoder sees them (RFC 8949): definite
 * lengths, no tags, bounded nesting and number of items. So a few hostile bytes cannot cost memory, stack or time.
 */

const MAX_DEPTH = 8;
const MAX_ITEMS = 512;

/** Throws a RangeError that says what is wrong; returns nothing otherwise. Linear in `bytes.length`, no allocation. */
export function checkCbor(bytes: Uint8Array): void {
  const end = walk(bytes);
  if (end !== bytes.length) throw new RangeError('bytes follow the item');
}

function walk(bytes: Uint8Array): number {
  // Items still to be read at each depth; a map of n pairs has 2n items.
  const pending = [1];
  let at = 0;
  let items = 0;
  while (pending.length > 0) {
    const depth = pending.length - 1;
    if (pending[depth] === 0) {
      pending.pop();
      continue;
    }
    pending[depth] = (pending[depth] as number) - 1;
    if (++items > MAX_ITEMS) throw new RangeError('too many items');
    if (at >= bytes.length) throw new RangeError('the item is cut short');
    const head = bytes[at] as number;
    const major = head >> 5;
    const size = argumentSize(head & 0x1f);
    if (at + 1 + size > bytes.length) throw new RangeError('the item is cut short');
    const argument = size === 0 ? head & 0x1f : readArgument(bytes, at + 1, size);
    at += 1 + size;
    if (major === 2 || major === 3) {
      at += argument;
      if (at > bytes.length) throw new RangeError('the item is cut short');
    } else if (major === 4 || major === 5) {
      const children = major === 4 ? argument : argument * 2;
      if (children > bytes.length - at) throw new RangeError('the item is cut short');
      if (pending.length >= MAX_DEPTH) throw new RangeError('too deeply nested');
      pending.push(children);
    } else if (major === 6) {
      throw new RangeError('tags are not allowed');
    } else if (major === 7 && size === 0 && (argument < 20 || argument === 23)) {
      throw new RangeError('only false, true, null and numbers are allowed');
    } else if (major === 7 && size === 1) {
      throw new RangeError('simple values are not allowed');
    }
  }
  return at;
}

function argumentSize(additional: number): number {
  if (additional < 24) return 0;
  if (additional <= 27) return 1 << (additional - 24);
  throw new RangeError(additional === 31 ? 'indefinite lengths are not allowed' : 'a reserved length');
}

function readArgument(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = 0; index < size; index++) value = value * 256 + (bytes[at + index] as number);
  return value;
}
