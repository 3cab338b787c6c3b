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

/** Records that can be read without those before them: their CRC begins anew, their tick and time count from 0. */
export const standsAlone = (op: number): boolean => op === OP.header || op === OP.key || op === OP.index;

/** A record of more bytes is not one: a reader need not keep more in memory. */
export const MAX_RECORD_BYTES = 1_048_576;
/** A run of inputs ends before it has more, so that it stays far from the limit of a record. */
export const MAX_RUN_BYTES = 65_536;
/** A reader takes a file whole; a larger one is refused. */
export const MAX_FILE_BYTES = 67_108_864;
/** 51 days at 60 ticks a second. A record that says more is none: nobody could play it again. */
export const MAX_TICK = 2 ** 28;
export const MAX_RATE = 1000;
export const MAX_SEATS = 255;
/** Lists in lists in lists: no value goes deeper, neither written nor read. */
export const MAX_DEPTH = 32;
/** CRC-32C at the end of each record. */
export const CRC_BYTES = 4;
/** The end of a finished journal: where its index begins (uint32), CRC-32C of these four bytes, `PWJE`. */
export const TRAILER = { bytes: 12, magic: Uint8Array.of(0x50, 0x57, 0x4a, 0x45) } as const;

/** Runs of inputs end at ticks that are multiples of this, so that the same calls always make the same bytes. */
export const runTicks = (rate: number): number => Math.max(1, Math.floor(rate / 2));

/** Within a run only the first change has a time; the others follow at the rate of the match, in ms. */
export const nominalTime = (begun: number, ticks: number, rate: number): number =>
  begun + Math.round((ticks * 1000) / rate);
