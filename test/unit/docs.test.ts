import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pages } from '../../docs/pages.ts';
import { packageUrl } from '../../shared/package-files.ts';

describe('generated pages', () => {
  it.each(Object.entries(pages()))('%s is what the code says; if not, run `npm run docs`', (path, text) => {
    expect(readFileSync(packageUrl(path), 'utf8')).toBe(text);
  });
});
