/** `paddlewire journal` as people run it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { pong } from '../../../shared/games/pong/pong.ts';
import { JournalReader } from '../../../shared/journal/journal-reader.ts';
import { rows } from '../../../shared/journal/rows.ts';
import { paddlewire, spawnPaddlewire, temporaryFolder } from '../../support/hubs.ts';
import { recordMatch } from '../../support/journals.ts';

const bytes = recordMatch(pong, { seed: 6, ticks: 1500, rare: 10, parameters: { target: 3, ballSpeed: 6000 } });

interface Table {
  readonly folder: string;
  readonly file: string;
  readonly path: (name: string) => string;
  readonly journal: (...args: string[]) => ReturnType<typeof paddlewire>;
}

function table(): Table {
  const folder = temporaryFolder();
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('match.pwj'), bytes);
  return { folder, file: path('match.pwj'), path, journal: (...args) => paddlewire(['journal', ...args]) };
}

const isPython = spawnSync('python3', ['--version']).status === 0;

describe('paddlewire journal', () => {
  it('info says what it is', async () => {
    const { journal, file } = table();
    const { stdout, code } = await journal('info', file);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^game +pong, rules 1$/m);
    expect(stdout).toMatch(/^file +\d+ bytes, format 1, whole$/m);
    const known = JSON.parse((await journal('info', file, '--json')).stdout) as Record<string, unknown>;
    expect(known).toMatchObject({ bytes: bytes.length, finished: true, damage: null });
  });

  it('verify: right, wrong and torn, each file for itself, and its status', async () => {
    const { journal, file, path } = table();
    expect((await journal('verify', file)).code).toBe(0);
    writeFileSync(path('torn.pwj'), bytes.subarray(0, bytes.length >> 1));
    writeFileSync(path('foreign.pwj'), 'hello');
    const { code, stdout } = await journal('verify', path('torn.pwj'), path('foreign.pwj'), file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^TORN .+torn\.pwj: .+ Whole until tick \d+\.$/m);
    expect(stdout).toMatch(/^WRONG .+journal-foreign/m);
    expect(stdout).toMatch(/^right .+match\.pwj: \d+ ticks/m);
  });

  it('cut, fork and repair write journals that verify, and never over a file', async () => {
    const { journal, file, path } = table();
    writeFileSync(path('torn.pwj'), bytes.subarray(0, bytes.length - 50));
    expect((await journal('cut', file, '--from', '50', '--to', '90', '-o', path('cut.pwj'))).code).toBe(0);
    expect((await journal('fork', file, '--at', '77', '-o', path('fork.pwj'))).code).toBe(0);
    expect((await journal('repair', path('torn.pwj'), '-o', path('repaired.pwj'))).code).toBe(0);
    const made = ['cut.pwj', 'fork.pwj', 'repaired.pwj'].map((name) => path(name));
    expect((await journal('verify', ...made)).code).toBe(0);
    const again = await journal('repair', path('torn.pwj'), '-o', file);
    expect([again.code, again.stderr.includes('journal-exists')]).toEqual([1, true]);
    expect(new Uint8Array(readFileSync(file))).toEqual(bytes);
    const beyond = await journal('cut', file, '--from', '999999', '-o', path('none.pwj'));
    expect(beyond.stderr).toContain('journal-tick-missing');
    expect(existsSync(path('none.pwj'))).toBe(false);
  });

  it('diff tells two journals apart by its status too', async () => {
    const { journal, file, path } = table();
    writeFileSync(path('other.pwj'), recordMatch(pong, { seed: 7, ticks: 100 }));
    expect(await journal('diff', file, file)).toMatchObject({ code: 0, stdout: 'The same match.\n' });
    const { code, stdout } = await journal('diff', file, path('other.pwj'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^header +parameters|^header +seed/m);
  });

  it('export as JSON lines has every row', async () => {
    const { journal, file } = table();
    const { stdout, code } = await journal('export', file, '--format', 'jsonl');
    expect(code).toBe(0);
    const read = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(read).toEqual([...rows(new JournalReader(bytes))]);
  });

  it.skipIf(!isPython)('export as CSV is read by Python as it was meant', async () => {
    const { journal, file, path } = table();
    expect((await journal('export', file, '--format', 'csv', '-o', path('match.csv'))).code).toBe(0);
    const program = `
import csv, json
with open(${JSON.stringify(path('match.csv'))}, newline='') as file:
    print(json.dumps(list(csv.DictReader(file))))`;
    const read = JSON.parse(execFileSync('python3', ['-c', program], { maxBuffer: 1e9 }).toString()) as Record<
      string,
      string
    >[];
    const expected = [...rows(new JournalReader(bytes))];
    expect(read).toHaveLength(expected.length);
    for (const [at, row] of expected.entries()) {
      const { ball } = row.observation as { ball: number[] };
      expect(read[at]).toMatchObject({
        tick: String(row.tick),
        seat: row.seat,
        'observation.ball.0': String(ball[0]),
        command: row.command === null ? '' : JSON.stringify(row.command),
        reward: String(row.reward),
        outcome: row.outcome ?? '',
      });
    }
  });

  it('an export whose reader goes away ends', async () => {
    const { file } = table();
    const child = spawnPaddlewire(['journal', 'export', file, '--format', 'jsonl']);
    const ended = once(child, 'exit');
    await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    child.stdout?.destroy();
    await ended;
  });

  it('a torn journal is exported as far as it is whole, and that is said', async () => {
    const { journal, path } = table();
    writeFileSync(path('torn.pwj'), bytes.subarray(0, bytes.length >> 1));
    const { stdout, stderr, code } = await journal('export', path('torn.pwj'), '--format', 'jsonl');
    expect(stdout.split('\n').length).toBeGreaterThan(100);
    expect([code, stderr.includes('journal-torn')]).toEqual([1, true]);
  });

  it.each([
    [[], 2, 'usage'],
    [['bogus', 'x'], 2, 'usage'],
    [['info'], 2, 'usage'],
    [['diff', 'a'], 2, 'usage'],
    [['info', 'a', '--at', '3'], 2, 'usage'],
    [['info', '/nowhere/at/all.pwj'], 1, 'journal-unreadable'],
    [['info', '/dev/zero'], 1, 'journal-unreadable'],
    [['info', '/'], 1, 'journal-unreadable'],
  ])('%j: status %i, %s', async (args, status, word) => {
    const { code, stderr } = await table().journal(...args);
    expect(code).toBe(status);
    expect(stderr).toContain(word);
  });
});
