/** The committed program is what its sources make, and the build refuses what is over its budgets. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageUrl } from '../../shared/package-files.ts';
import { missing } from '../support/needs.ts';
import { COMMITTED_BY, compilerVersion, rebuild, type Rebuilt } from './support/rebuilt.ts';

const skip = missing('avr-gcc');

describe.skipIf(skip)('the firmware from its sources', () => {
  const otherCompiler = !skip && compilerVersion() !== COMMITTED_BY;
  let built: Rebuilt;

  beforeAll(() => {
    built = rebuild();
  });

  test.skipIf(otherCompiler)(`is byte for byte the committed one (avr-gcc ${COMMITTED_BY})`, () => {
    expect(built.hex).toBe(readFileSync(packageUrl('device/firmware/uno/paddle-uno.hex'), 'utf8'));
  });

  test('keeps to 10 KB of flash and 1 KB of RAM, stack included', () => {
    const table = /flash +(\d+) of 10240 .*\nRAM +(\d+) of 1024 /.exec(built.output);
    expect(table, built.output).not.toBeNull();
    expect(Number(table?.[1])).toBeLessThanOrEqual(10_240);
    expect(Number(table?.[2])).toBeLessThanOrEqual(1024);
    console.log(built.output.slice(built.output.indexOf('flash  '), built.output.lastIndexOf('avr-objcopy')).trimEnd());
  });

  test.each(['FLASH_BUDGET=5000', 'RAM_BUDGET=500'])('is refused over its budget (%s)', (budget) => {
    expect(() => rebuild(budget)).toThrow(/over budget/);
  });
});
