/** The bytes of a journal: docs/journal.md says the same in words. */

/** As in PNG: a byte that is no text, the name, both kinds of line end, and an end of file for old systems. */
export const MAGIC = Uint8Array.of(0x89, 0x50, 0x57, 0x4a, 0x0d, 0x0a, 0x1a, 0x0a);
export const FORMAT_VERSION = 1;
export const EXTENSION = '.pwj';
export const MIME_TYPE = 'application/vnd.paddlewire.journal';

/** Op codes; 64 to 255 are the callers' own. */
export const OP = {
  header: 0,
  inputs: 1,
  seat: 2,
  host: 3,
  pause: 4,
  resume: 5,
  mark: 6,
  memory: 7,
  lab: 8,
  hash: 9,
  key: 10,
  outcome: 11,
  index: 12,
} as const;
export const FIRST_CUSTOM = 64;

/** A record of more bytes is not one: a reader need not keep more in memory. */
export const MAX_RECORD_BYTES = 1_048_576;
/** CRC-32C at the end of each record. */
export const CRC_BYTES = 4;
/** The end of a finished journal: where its index begins (uint32), CRC-32C of these four bytes, `PWJE`. */
export const TRAILER = { bytes: 12, magic: Uint8Array.of(0x50, 0x57, 0x4a, 0x45) } as const;

/** Runs of inputs end at ticks that are multiples of this, so that the same calls always make the same bytes. */
export const runTicks = (rate: number): number => Math.max(1, Math.floor(rate / 2));
