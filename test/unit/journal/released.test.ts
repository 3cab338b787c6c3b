/** Files of every released version of the format are read for ever, and the page that describes it is right. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FORMAT_VERSION } from '../../../shared/journal/format.ts';
import { JournalReader } from '../../../shared/journal/journal-reader.ts';
import { JournalWriter } from '../../../shared/journal/journal-writer.ts';
import { holdsGood, verify } from '../../../shared/journal/verify.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { Bytes, callsIn, exampleJournal, smallJournal } from '../../support/journals.ts';
import { writeReleased, type Expected } from '../../support/released-journals.ts';

const root = packageUrl('test/journals/');
const newest = fileURLToPath(new URL(`format-${FORMAT_VERSION}/`, root));
// For who releases a version: `WRITE_JOURNALS=1 npx vitest run test/unit/journal/released.test.ts`.
if (process.env['WRITE_JOURNALS'] === '1' && !existsSync(newest)) writeReleased(newest);

const folders = readdirSync(root);

it('there are files of every version', () => {
  expect(folders).toEqual(Array.from({ length: FORMAT_VERSION }, (_, version) => `format-${version + 1}`));
});

describe.each(folders)('%s', (folder) => {
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`${folder}/${name}`, root)));
  const expected = JSON.parse(new TextDecoder().decode(read('expected.json'))) as Expected;

  it.each(Object.entries(expected))('%s plays as it was played', (name, { ticks, calls, hash, finished }) => {
    const verdict = verify(new JournalReader(read(name)));
    expect(holdsGood(verdict)).toBe(true);
    expect(verdict).toMatchObject({ ticks, calls, hash, finished });
  });

  it.each(Object.entries(expected))('%s is recorded in the newest version with the same calls and times', (name) => {
    const bytes = read(name);
    const reader = new JournalReader(bytes);
    const out = new Bytes();
    const writer = new JournalWriter(reader.header, out.sink);
    for (const call of reader.calls()) writer.write(call);
    if (reader.finished) writer.finish();
    expect(callsIn(out.all)).toEqual(callsIn(bytes));
    expect(new JournalReader(out.all).header.format).toBe(FORMAT_VERSION);
    if (reader.header.format === FORMAT_VERSION) expect(out.all).toEqual(bytes);
  });

  it('calls of every kind are read as they were written', () => {
    expect(callsIn(read('every-kind.bin'))).toEqual(callsIn(smallJournal()));
  });
});

describe('docs/journal.md', () => {
  const page = readFileSync(packageUrl('docs/journal.md'), 'utf8');

  it('writes the example out byte for byte', () => {
    const [, section = ''] = page.split('### By hand');
    const rows = (section.split('\n## ')[0] ?? '').matchAll(/^\| `([0-9a-f ]+)` \|/gm);
    const bytes = [...rows].map(([, hex = '']) => hex).join(' ');
    expect(bytes).toBe(
      Buffer.from(exampleJournal())
        .toString('hex')
        .replace(/..(?!$)/g, '$& '),
    );
  });

  it('names every code that a journal can cause', async () => {
    const { ERRORS } = await import('../../../shared/errors.ts');
    const codes = Object.keys(ERRORS).filter((code) => code.startsWith('journal-'));
    // Those of a running hub are described where the hub is.
    const missing = codes.filter((code) => !page.includes(`\`${code}\``));
    expect(
      missing.filter((code) => !['journal-unreadable', 'journal-tick-missing', 'journal-failed'].includes(code)),
    ).toEqual([]);
  });
});
