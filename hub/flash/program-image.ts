/** A program for a board as the pages that its boot loader takes, from an Intel HEX file. */
import { PaddlewireError } from '../../shared/errors.ts';
import { parseIntelHex } from '../../shared/firmware/intel-hex.ts';

/** What a boot loader needs to know of the chip it runs on. */
export interface Chip {
  readonly name: string;
  /** The three bytes of its signature (ATmega48A/PA/88A/PA/168A/PA/328/P datasheet, table 28-9). */
  readonly signature: readonly [number, number, number];
  /** Flash that a program may use: all but the boot loader's own. */
  readonly programBytes: number;
  readonly pageBytes: number;
}

export const ATMEGA328P: Chip = {
  name: 'ATmega328P',
  signature: [0x1e, 0x95, 0x0f],
  programBytes: 0x7e00,
  pageBytes: 128,
};

export interface Page {
  /** In bytes. */
  readonly address: number;
  readonly bytes: Uint8Array;
}

/**
 * The pages that hold anything, in order.
 * @throws PaddlewireError hex-unusable
 */
export function pagesOf(hexText: string, { name, programBytes, pageBytes }: Chip): Page[] {
  const flash = new Uint8Array(programBytes).fill(0xff);
  const used = new Set<number>();
  try {
    for (const { address, bytes } of parseIntelHex(hexText, programBytes)) {
      flash.set(bytes, address);
      for (let at = address; at < address + bytes.length; at++) used.add(Math.floor(at / pageBytes));
    }
  } catch (error) {
    throw new PaddlewireError('hex-unusable', `Not a program for an ${name}: ${(error as Error).message}.`);
  }
  if (!used.has(0)) throw new PaddlewireError('hex-unusable', 'The program has no beginning.');
  return [...used]
    .toSorted((a, b) => a - b)
    .map((page) => ({
      address: page * pageBytes,
      bytes: flash.slice(page * pageBytes, (page + 1) * pageBytes),
    }));
}
