/**
 * Reads a SNAPSHOT and nothing else: the list [8, tick, phase, view] in CBOR (docs/contract.md). The whole codec, with
 * all messages and their words, would be a quarter of what the court loads.
 */

export interface Snapshot {
  readonly tick: number;
  /** Whether play goes on; otherwise the same moment is told again and again. */
  readonly playing: boolean;
  /** The game's own layout (docs/games.md). */
  readonly view: Uint8Array;
}

const LIST_OF_4 = 0x84;
const SNAPSHOT = 8;
/** Its number in ROOM_PHASES. */
const PLAYING = 2;
/** CBOR's major types: the first three bits of an item. */
const UINT = 0;
const BYTES = 2;

/** null for anything else. */
export function readSnapshot(bytes: Uint8Array): Snapshot | null {
  if (bytes[0] !== LIST_OF_4 || bytes[1] !== SNAPSHOT) return null;
  const tick = head(bytes, 2, UINT);
  const phase = tick === null ? null : head(bytes, tick.end, UINT);
  const length = phase === null ? null : head(bytes, phase.end, BYTES);
  if (tick === null || length === null || length.end + length.value !== bytes.length) return null;
  return { tick: tick.value, playing: phase?.value === PLAYING, view: bytes.subarray(length.end) };
}

/** The number in the head of an item, and where the head ends; null: it is of another type, or cut off. */
function head(bytes: Uint8Array, at: number, type: number): { readonly value: number; readonly end: number } | null {
  const first = bytes[at];
  if (first === undefined || first >> 5 !== type) return null;
  const short = first & 31;
  if (short < 24) return { value: short, end: at + 1 };
  const width = 1 << (short - 24);
  const end = at + 1 + width;
  if (width > 4 || end > bytes.length) return null;
  return { value: bytes.subarray(at + 1, end).reduce((value, byte) => value * 256 + byte, 0), end };
}
