/** Writes a program over a board's boot loader, verifies it, and leaves a board that can be flashed again whatever happens. */
import { PaddlewireError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { ATMEGA328P, pagesOf, type Chip, type Page } from './program-image.ts';
import { Stk500, type BoardLine } from './stk500.ts';

export interface FlashProgress {
  readonly stage: 'connect' | 'write' | 'verify';
  /** Pages of this stage. */
  readonly done: number;
  readonly of: number;
}

export interface FlashParts {
  readonly line: BoardLine;
  readonly clock: Pick<Clock, 'after'>;
  /** Intel HEX. */
  readonly hex: string;
  readonly chip?: Chip;
  readonly onProgress?: (progress: FlashProgress) => void;
}

export interface Flashed {
  readonly bytes: number;
  readonly pages: number;
}

/** Rates of boot loaders: optiboot on an Uno, and ATmegaBOOT on Nanos made before 2018. */
const BAUDS = [115_200, 57_600] as const;
/** A boot loader listens for about a second after a reset; each try takes up to 700 ms. */
const TRIES_PER_RESET = 2;
const RESETS_PER_BAUD = 3;
/** How often all is tried again when it was answered, but wrongly. */
const ATTEMPTS = 3;

/** Chips that are met instead of the wanted one, by signature. */
const OTHERS: Readonly<Record<string, string>> = {
  '1e950f': 'ATmega328P',
  '1e9514': 'ATmega328',
  '1e9516': 'ATmega328PB',
  '1e9406': 'ATmega168',
  '1e940b': 'ATmega168P',
  '1e930a': 'ATmega88',
  '1e9307': 'ATmega8',
  '1e9801': 'ATmega2560',
  '1e9587': 'ATmega32U4',
};
/** These run the same program: only the fuses' names differ. */
const ALIKE = new Set(['1e950f', '1e9514', '1e9516']);

/**
 * Flashes the board on a line.
 * @throws PaddlewireError hex-unusable, boot-loader-silent, board-wrong, flash-failed, port-lost
 */
export async function flashBoard(parts: FlashParts): Promise<Flashed> {
  const pages = pagesOf(parts.hex, parts.chip ?? ATMEGA328P);
  for (let attempt = 1; ; attempt++) {
    const board = new Stk500(parts.line, parts.clock);
    try {
      await flashOnce(board, pages, parts);
      return { pages: pages.length, bytes: pages.reduce((sum, { bytes }) => sum + bytes.length, 0) };
    } catch (error) {
      const again = error instanceof PaddlewireError && error.code === 'flash-failed' && attempt < ATTEMPTS;
      if (!again) throw error;
    } finally {
      board.close();
    }
  }
}

async function flashOnce(board: Stk500, pages: readonly Page[], { line, chip, onProgress }: FlashParts): Promise<void> {
  onProgress?.({ stage: 'connect', done: 0, of: 1 });
  await connect(board, line);
  checkChip(await board.signature(), chip ?? ATMEGA328P);
  await board.enter();
  const [first, ...rest] = pages as [Page, ...Page[]];
  // The first page is emptied first and written last: as long as it is empty, a reset leads into the boot loader, and a
  // program that is half there never runs.
  await board.writePage(first.address, new Uint8Array(first.bytes.length).fill(0xff));
  for (const [done, page] of [...rest, first].entries()) {
    await board.writePage(page.address, page.bytes);
    onProgress?.({ stage: 'write', done: done + 1, of: pages.length });
  }
  for (const [done, page] of pages.entries()) {
    const read = await board.readPage(page.address, page.bytes.length);
    if (!read.every((byte, at) => byte === page.bytes[at]))
      throw new PaddlewireError('flash-failed', `What was written at ${page.address} reads back otherwise.`);
    onProgress?.({ stage: 'verify', done: done + 1, of: pages.length });
  }
  await board.leave();
}

async function connect(board: Stk500, line: BoardLine): Promise<void> {
  for (const baud of BAUDS) {
    await line.setBaud(baud);
    for (let reset = 0; reset < RESETS_PER_BAUD; reset++) {
      await line.reset();
      for (let attempt = 0; attempt < TRIES_PER_RESET; attempt++) if (await board.sync()) return;
    }
  }
  throw new PaddlewireError('boot-loader-silent', `No boot loader answers on ${line.path}.`);
}

function checkChip(signature: Uint8Array, { name, signature: wanted }: Chip): void {
  const [found, expected] = [hex(signature), hex(wanted)];
  if (found === expected || (ALIKE.has(found) && ALIKE.has(expected))) return;
  const what = OTHERS[found] ?? `chip with the signature ${found}`;
  throw new PaddlewireError('board-wrong', `This board has an ${what}; the program is for an ${name}.`);
}

const hex = (bytes: Iterable<number>): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
