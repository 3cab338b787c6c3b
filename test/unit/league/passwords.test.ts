import { describe, expect, it } from 'vitest';
import { checkPassword, Passwords } from '../../../hub/league/passwords.ts';

/** Cheap, so that many can be made. */
const QUICK = { N: 16, r: 1, p: 1 };

describe('passwords', () => {
  it('are kept as scrypt with its parameters, each with a salt of its own', async () => {
    const passwords = new Passwords();
    const kept = await passwords.hash('correct horse');
    expect(kept).toMatch(/^scrypt\$16384\$8\$5\$[\w-]{22}\$[\w-]{43}$/);
    expect(await passwords.matches('correct horse', kept)).toBe(true);
    expect(await passwords.matches('Correct horse', kept)).toBe(false);
    const quick = new Passwords(QUICK);
    expect(await quick.hash('same')).not.toBe(await quick.hash('same'));
    // Kept with other parameters, it is read with those.
    expect(await quick.matches('correct horse', kept)).toBe(true);
  });

  it('of nobody, of a bot and of what cannot be read match nothing', async () => {
    const passwords = new Passwords(QUICK);
    for (const kept of [null, '', 'plain', 'scrypt$x$1$1$a$b', 'md5$1$1$1$a$b'])
      expect(await passwords.matches('', kept)).toBe(false);
  });

  it('are the same however a keyboard composes them', async () => {
    const passwords = new Passwords(QUICK);
    expect(await passwords.matches('caf\u00e9-caf\u00e9', await passwords.hash('cafe\u0301-cafe\u0301'))).toBe(true);
  });

  it('leave the thread to the ticks while they are worked out', async () => {
    const state = { done: false, turns: 0 };
    const hash = new Passwords().hash('correct horse').finally(() => (state.done = true));
    for (; !state.done; state.turns++) await new Promise((resolve) => setImmediate(resolve));
    await hash;
    // Made on this thread it would be done before the first turn.
    expect(state.turns).toBeGreaterThan(3);
  });

  it('are checked one after another, and a flood of them is refused', async () => {
    const passwords = new Passwords(QUICK);
    const kept = await passwords.hash('right one');
    const tried = await Promise.allSettled(Array.from({ length: 200 }, () => passwords.matches('right one', kept)));
    const refused = tried.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(200 - 64);
    expect(refused[0]).toMatchObject({ reason: { code: 'tries-exceeded' } });
    // Afterwards all is as before.
    expect(await passwords.matches('right one', kept)).toBe(true);
  });

  it('have 8 to 128 characters', () => {
    for (const wrong of ['', 'seven77', 'x'.repeat(129)])
      expect(() => checkPassword(wrong)).toThrow(expect.objectContaining({ code: 'password-invalid' }));
    checkPassword('eight888');
  });
});
