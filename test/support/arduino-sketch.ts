/** Compiles an Arduino sketch for the Uno with Debian's compiler and core, as the Arduino IDE would. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageUrl } from '../../shared/package-files.ts';
import { temporaryFolder } from './hubs.ts';

const AVR = '/usr/share/arduino/hardware/arduino/avr';
const CORE = join(AVR, 'cores/arduino');
const CHIP = ['-mmcu=atmega328p', '-Os'];
const COMMON = [
  ...CHIP,
  '-w',
  '-DF_CPU=16000000UL',
  '-DARDUINO=10819',
  '-DARDUINO_AVR_UNO',
  '-DARDUINO_ARCH_AVR',
  // Debian's core does not compile with Debian's compiler without it.
  '-DDECIMAL_DIG=__DECIMAL_DIG__',
  '-ffunction-sections',
  '-fdata-sections',
  `-I${CORE}`,
  `-I${join(AVR, 'variants/standard')}`,
];
const CPP = ['-std=gnu++11', '-fno-exceptions', '-fno-threadsafe-statics'];

/** @returns the program as the text of an Intel HEX file @throws Error with the compiler's words */
export function compileSketch(source: string): string {
  const folder = temporaryFolder();
  const sketch = join(folder, 'sketch.cpp');
  writeFileSync(sketch, `#include <Arduino.h>\n${source}`);
  const core = readdirSync(CORE).map((name) => join(CORE, name));
  const objects = [sketch, ...core].flatMap((file) => {
    const object = join(folder, `${basename(file)}.o`);
    if (file.endsWith('.cpp')) execFileSync('avr-g++', [...COMMON, ...CPP, '-c', file, '-o', object]);
    else if (file.endsWith('.c')) execFileSync('avr-gcc', [...COMMON, '-c', file, '-o', object]);
    else return [];
    return [object];
  });
  const [elf, hex] = [join(folder, 'sketch.elf'), join(folder, 'sketch.hex')];
  execFileSync('avr-gcc', [...CHIP, '-Wl,--gc-sections', ...objects, '-o', elf]);
  execFileSync('avr-objcopy', ['-O', 'ihex', '-R', '.eeprom', elf, hex]);
  return readFileSync(hex, 'utf8');
}

/** The sketch as docs/text-lines.md shows it. */
export function tenLineSketch(): string {
  const page = readFileSync(packageUrl('docs/text-lines.md'), 'utf8');
  return /```cpp\n(.*?)```/s.exec(page)?.[1] ?? '';
}
