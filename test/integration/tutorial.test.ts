/** docs/new-game.md: its code, step by step, as a reader would type it, holds in a copy of the project. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageUrl } from '../../shared/package-files.ts';
import { ProjectCopy } from '../support/project-copy.ts';

const page = readFileSync(packageUrl('docs/new-game.md'), 'utf8');
/** Blocks of code that name their file. */
const files = [...page.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)].map(([, path = '', text = '']) => ({ path, text }));
const isTest = ({ path }: { readonly path: string }): boolean => path.startsWith('test/');

describe('the tutorial', () => {
  it('has a test in each step', () => {
    const steps = page.match(/^## Step \d/gm)?.length;
    expect(steps).toBe(6);
    expect(files.filter(isTest)).toHaveLength(6);
  });

  it('holds: it compiles, each step’s test passes with the files so far, and so does the check of the whole', async () => {
    const copy = new ProjectCopy();
    for (const { path, text } of files) {
      copy.write(path, text);
      // The last one is run with all others.
      if (isTest({ path }) && !path.endsWith('-6.test.ts')) expect(await copy.test(path)).toBe('');
    }
    expect(await copy.check()).toBe('');
    expect(await copy.test('test/unit/games')).toBe('');
  });
});
