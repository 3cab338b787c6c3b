import { describe, expect, it } from 'vitest';
import { paddlewire } from '../../support/hubs.ts';

describe('paddlewire --help', () => {
  it.each([
    ['match', '--players', '--token'],
    ['agent', '--token', '--players'],
    ['room', 'fork MATCH', '--token'],
    ['demo', '--for', '--players'],
  ])('after %s tells of that command alone', async (name, own, other) => {
    const { code, stdout } = await paddlewire([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^paddlewire ${name} `));
    expect(stdout).toContain(own);
    expect(stdout).not.toContain(other);
  });

  it('alone tells of all', async () => {
    const [all, short] = await Promise.all([paddlewire(['--help']), paddlewire([])]);
    expect(all.stdout).toContain('paddlewire league');
    expect(short.stdout).toBe(all.stdout);
  });

  it('after -- is an argument of the program', async () => {
    const { code, stderr } = await paddlewire(['agent', 'run', 'nowhere.ts', '--', '--help']);
    expect(code).toBe(1);
    expect(stderr).toContain('agent-missing');
  });
});
