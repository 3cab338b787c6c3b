/**
 * The boot loader of an Uno, compiled from Debian's source of it: the hex file of the same package is broken (532 bytes
 * in a section of 512, over its own version word).
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCE = '/usr/share/arduino/hardware/arduino/avr/bootloaders/optiboot/optiboot.c';

const COMPILE =
  '-g -Wall -Os -fno-inline -fno-split-wide-types -mrelax -fno-tree-scev-cprop -fno-jump-tables ' +
  '-fno-move-loop-invariants -fno-tree-loop-optimize -mmcu=atmega328p ' +
  '-DF_CPU=16000000L -DLED_START_FLASHES=3 -DBAUD_RATE=115200';
const LINK = '-Wl,--section-start=.text=0x7e00 -Wl,--section-start=.version=0x7ffe -Wl,--relax -nostartfiles -nostdlib';
const COPY = '-j .text -j .data -j .version --set-section-flags .version=alloc,load -O ihex';

let built: string | null = null;

/** The text of its Intel HEX file. */
export function optiboot(): string {
  if (built !== null) return built;
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-optiboot-'));
  try {
    const [elf, hex] = [join(folder, 'optiboot.elf'), join(folder, 'optiboot.hex')];
    execFileSync('avr-gcc', [...COMPILE.split(' '), SOURCE, ...LINK.split(' '), '-o', elf], { stdio: 'pipe' });
    execFileSync('avr-objcopy', [...COPY.split(' '), elf, hex], { stdio: 'pipe' });
    built = readFileSync(hex, 'utf8');
    return built;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
