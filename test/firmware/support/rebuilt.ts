/** The firmware built anew from its sources, in a folder of its own. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageUrl } from '../../../shared/package-files.ts';

export interface Rebuilt {
  readonly hex: string;
  /** What the build printed: the table of budgets among it. */
  readonly output: string;
  /** Addresses in RAM of the program's variables, by name. */
  readonly variables: ReadonlyMap<string, number>;
}

/** Builds a copy of the sources, so that nobody's build folder is touched. @throws Error if the build fails */
export function rebuild(...settings: string[]): Rebuilt {
  const folder = mkdtempSync(join(tmpdir(), 'paddle-uno-'));
  try {
    for (const part of ['core', 'uno', 'tools', 'Makefile']) {
      cpSync(fileURLToPath(packageUrl(`device/firmware/${part}`)), join(folder, part), { recursive: true });
    }
    rmSync(join(folder, 'uno/paddle-uno.hex'));
    const output = run('make', '-C', folder, ...settings);
    const elf = join(folder, 'build/paddle-uno.elf');
    return { hex: readFileSync(join(folder, 'uno/paddle-uno.hex'), 'utf8'), output, variables: variablesOf(elf) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** avr-gcc of another version makes another program of the same sources. */
export const COMMITTED_BY = '5.4.0';
export const compilerVersion = (): string => run('avr-gcc', '-dumpversion').trim();

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function variablesOf(elf: string): Map<string, number> {
  // avr-nm adds 0x800000 to what is in RAM; link-time optimisation adds a suffix to names.
  const rows = [...run('avr-nm', elf).matchAll(/^0080([0-9a-f]{4}) [bBdD] ([a-z_]+)/gm)];
  return new Map(rows.map(([, address = '', name = '']) => [name, Number.parseInt(address, 16)]));
}
