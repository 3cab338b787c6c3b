/** `paddlewire games` and `paddlewire new game`: lists, checks, and a new game that holds from the first moment. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GAMES } from '../../../shared/games/registry.ts';
import { paddlewire, temporaryFolder } from '../../support/hubs.ts';
import { ProjectCopy } from '../../support/project-copy.ts';

describe('paddlewire games', () => {
  it('lists each game with its rules in a sentence, players, hands and parameters', async () => {
    const { code, stdout } = await paddlewire(['games']);
    expect(code).toBe(0);
    for (const { name, about, parameters } of GAMES) {
      expect(stdout).toContain(`${name}: ${about}`);
      for (const parameter of Object.keys(parameters)) expect(stdout).toContain(`    ${parameter} `);
    }
    expect(stdout).toContain('players     1 to 4');
    expect(stdout).toContain('left: rock, up: paper, right: scissors');
    expect(stdout).toMatch(/largest +3 +an integer from 3 to 9 +The most/);
  });

  it('says it to programs too', async () => {
    const { stdout } = await paddlewire(['games', 'rps', '--json']);
    const [rps] = JSON.parse(stdout) as [Record<string, unknown>];
    expect(rps).toMatchObject({
      name: 'rps',
      minSeats: 2,
      words: ['rock', 'paper', 'scissors'],
      bot: true,
      late: 'null',
    });
  });

  it('checks a game, and knows no other than there are', async () => {
    expect(await paddlewire(['games', 'check', 'sum'])).toMatchObject({
      code: 0,
      stdout: 'sum: keeps to the contract of a game.\n',
    });
    const unknown = await paddlewire(['games', 'check', 'chess']);
    expect(unknown).toMatchObject({ code: 1 });
    expect(unknown.stderr).toContain('game-unknown');
  });
});

describe('paddlewire new game', () => {
  it('makes a game that is in the registry, compiles, keeps to the contract and has a test', async () => {
    const copy = new ProjectCopy();
    const made = await paddlewire(['new', 'game', 'treasure', '--in', copy.folder]);
    expect(made.code).toBe(0);
    expect(made.stdout).toContain('shared/games/treasure/treasure.ts');
    const again = await paddlewire(['new', 'game', 'shells', '--in', copy.folder]);
    expect(again.code).toBe(0);
    expect(readFileSync(join(copy.folder, 'shared/games/registry.ts'), 'utf8')).toContain('treasureGame, shellsGame]');
    expect(await copy.check()).toBe('');
    expect(await copy.test('test/unit/games')).toBe('');
  });

  it.each(['Treasure', 'a', '9lives', 'two-words', '../evil', '__proto__', 'x'.repeat(21)])(
    'refuses the name %s',
    async (name) => {
      const { code, stderr } = await paddlewire(['new', 'game', name]);
      expect(code).toBe(1);
      expect(stderr).toContain('game-name-invalid');
    },
  );

  it.each(['pong', 'check', 'presses', 'registry'])('refuses %s, which is there', async (name) => {
    const { code, stderr } = await paddlewire(['new', 'game', name]);
    expect(code).toBe(1);
    expect(stderr).toContain('game-exists');
  });

  it('changes nothing where there is nothing to add to', async () => {
    const folder = temporaryFolder();
    expect((await paddlewire(['new', 'game', 'treasure', '--in', folder])).stderr).toContain('checkout-missing');
    const copy = new ProjectCopy();
    const registry = join(copy.folder, 'shared/games/registry.ts');
    writeFileSync(registry, 'export const LIST = [];\n');
    expect((await paddlewire(['new', 'game', 'treasure', '--in', copy.folder])).stderr).toContain('checkout-missing');
    expect(() => readFileSync(join(copy.folder, 'shared/games/treasure/treasure.ts'))).toThrow(/ENOENT/);
    rmSync(registry);
  });

  it('says how it is used', async () => {
    for (const args of [['new'], ['new', 'game'], ['new', 'board', 'x'], ['new', 'game', 'a1', 'b2']])
      expect(await paddlewire(args)).toMatchObject({ code: 2, stderr: expect.stringContaining('new game NAME') });
  });
});
