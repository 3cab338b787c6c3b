/** What the pages say in numbers is so. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { packageUrl } from '../../shared/package-files.ts';
import { missing } from '../support/needs.ts';
import { toHex, vectors } from '../support/vectors.ts';
import { COMMITTED_BY, compilerVersion, rebuild } from './support/rebuilt.ts';

const page = (path: string): string => readFileSync(packageUrl(path), 'utf8');

describe('docs/serial.md', () => {
  test('its example frames are vectors', () => {
    const known = ['message', 'short'].flatMap(vectors).map(({ payload, line }) => `${toHex(payload)} ${toHex(line)}`);
    const rows = [...page('docs/serial.md').matchAll(/^\| .* \| `([0-9a-f]+)` \| `([0-9a-f]+)` \|$/gm)];
    expect(rows.length).toBe(5);
    for (const [, payload, line] of rows) expect(known).toContain(`${payload} ${line}`);
  });

  test('the frame taken apart by hand is the first of them', () => {
    const first = vectors('short').find(({ name }) => name === 'first press');
    const spaced = toHex(first?.line ?? new Uint8Array()).replaceAll(/(..)(?=.)/g, '$1 ');
    expect(page('docs/serial.md')).toContain(`On the line: \`${spaced}\``);
  });
});

const skip = missing('avr-gcc') || compilerVersion() !== COMMITTED_BY;

describe.skipIf(skip)('docs/firmware.md', () => {
  test('its table of budgets is what the build prints', () => {
    const table = /flash +\d+ of[^]*stack of an interrupt +\d+/.exec(rebuild().output)?.[0];
    expect(page('docs/firmware.md')).toContain(table);
  });
});
