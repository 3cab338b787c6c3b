/** Every assertion of the kit names a place that is there, and says what to change. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEVICE_ASSERTIONS } from '../../hub/conform/device/assertions.ts';
import { HUB_ASSERTIONS } from '../../hub/conform/hub/assertions.ts';
import { packageUrl } from '../../shared/package-files.ts';

const anchorsOf = (page: string): Set<string> => {
  const text = readFileSync(packageUrl(`docs/${page}`), 'utf8');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]);
};

describe.each([
  ['device', DEVICE_ASSERTIONS],
  ['hub', HUB_ASSERTIONS],
] as const)('the assertions of a %s', (_name, assertions) => {
  it.each(assertions.map(({ id, clause, change }) => ({ id, clause, change })))(
    '$id cites $clause',
    ({ clause, change }) => {
      const [page = '', anchor = ''] = clause.split('#');
      expect(anchorsOf(page)).toContain(anchor);
      expect(change).toMatch(/^[A-Z].+\.$/);
    },
  );

  it('have names of their own', () => {
    expect(new Set(assertions.map(({ id }) => id)).size).toBe(assertions.length);
  });
});
