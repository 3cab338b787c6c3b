import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startHub, temporaryFolder, type RunningHub } from '../../support/hubs.ts';
import { addUser, PASSWORD } from '../../support/league.ts';

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Asks as another computer does: from an address that leads nothing. */
function ask(
  { http }: RunningHub,
  path: string,
  body?: unknown,
  session?: string,
  from = '127.0.0.2',
): Promise<Answer> {
  const headers = {
    'Content-Type': 'application/json',
    ...(session !== undefined && { Authorization: `Bearer ${session}` }),
  };
  const options = { method: body === undefined ? 'GET' : 'POST', headers, localAddress: from, agent: false };
  return new Promise((resolve, reject) => {
    request(`${http}/api/league${path}`, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Answer['body'] }));
    })
      .on('error', reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const register = (running: RunningHub, name: string, key?: string): Promise<Answer> =>
  ask(running, '/register', { name, password: PASSWORD, ...(key !== undefined && { key }) });
const login = (running: RunningHub, name: string, password = PASSWORD): Promise<Answer> =>
  ask(running, '/login', { name, password });

describe('registering', () => {
  it('takes the key of the league, and no other', async () => {
    const running = await startHub({}, { PADDLEWIRE_LEAGUE_KEY: 'lecture 7' });
    expect((await ask(running, '')).body).toMatchObject({ registration: 'key' });
    expect((await register(running, 'ada')).body).toMatchObject({ error: 'key-wrong' });
    expect((await register(running, 'ada', 'lecture 8')).body).toMatchObject({ error: 'key-wrong' });
    const { body } = await register(running, 'ada', 'lecture 7');
    expect(body).toMatchObject({ user: { name: 'ada', role: 'user' }, token: expect.stringMatching(/^pw_.{32}$/) });
  });

  it('takes the PIN of the class where there is no key, and nobody where there is neither', async () => {
    const pin = await startHub({ 'access.mode': 'pin' }, { PADDLEWIRE_ACCESS_SECRET: '4711' });
    expect((await ask(pin, '')).body).toMatchObject({ registration: 'pin' });
    expect((await register(pin, 'ada', '4711')).status).toBe(200);
    const closed = await startHub();
    expect((await register(closed, 'ada', '')).body).toMatchObject({ error: 'register-closed' });
    // Who leads needs no key.
    expect((await addUser(closed, 'ada')).user.name).toBe('ada');
  });

  it('refuses names that exist or are not allowed, and passwords that are too short', async () => {
    const running = await startHub({}, { PADDLEWIRE_LEAGUE_KEY: 'key' });
    await addUser(running, 'Ada');
    expect((await register(running, 'aDA', 'key')).body).toMatchObject({ error: 'user-exists' });
    for (const name of ['', 'a b', 'ä', 'x'.repeat(33), '../x'])
      expect(['user-name-invalid', 'message-malformed']).toContain(
        (await register(running, name, 'key')).body['error'],
      );
    const short = await ask(running, '/register', { name: 'ben', password: 'short', key: 'key' });
    expect(short.body).toMatchObject({ error: 'password-invalid' });
    // Two who want one name at the same moment: one gets it.
    const both = await Promise.all([register(running, 'cem', 'key'), register(running, 'Cem', 'key')]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
  });
});

describe('a session', () => {
  it('is opened by the right password, and ended by logout', async () => {
    const running = await startHub();
    await addUser(running, 'ada');
    expect((await login(running, 'ada', 'wrong horse')).body).toMatchObject({ error: 'login-wrong' });
    expect((await login(running, 'nobody')).body).toMatchObject({ error: 'login-wrong' });
    const session = String((await login(running, 'ADA')).body['session']);
    expect((await ask(running, '/me', undefined, session)).body).toMatchObject({ user: { name: 'ada' }, ratings: [] });
    expect((await ask(running, '/logout', {}, session)).status).toBe(200);
    expect(await ask(running, '/me', undefined, session)).toMatchObject({
      status: 401,
      body: { error: 'login-required' },
    });
  });

  it('lasts over a restart, seven days, and ends at a new password', async () => {
    const data = temporaryFolder();
    let epoch = 1_700_000_000_000;
    const { systemClock } = await import('../../../hub/clock.ts');
    const clock = { ...systemClock, epoch: () => epoch };
    const first = await startHub({ data }, {}, { clock });
    const { session } = await addUser(first, 'ada');
    await first.hub.stop();
    const running = await startHub({ data }, {}, { clock });
    expect((await ask(running, '/me', undefined, session)).status).toBe(200);
    const other = String((await login(running, 'ada')).body['session']);
    const wrong = await ask(running, '/me/password', { old: 'wrong horse', password: 'battery staple' }, session);
    expect(wrong.body).toMatchObject({ error: 'login-wrong' });
    const changed = await ask(running, '/me/password', { old: PASSWORD, password: 'battery staple' }, session);
    for (const old of [session, other]) expect((await ask(running, '/me', undefined, old)).status).toBe(401);
    const fresh = String(changed.body['session']);
    expect((await ask(running, '/me', undefined, fresh)).status).toBe(200);
    expect((await login(running, 'ada')).body).toMatchObject({ error: 'login-wrong' });
    epoch += 7 * 24 * 3_600_000;
    expect((await ask(running, '/me', undefined, fresh)).status).toBe(401);
  });

  it('cannot be guessed at: after many wrong passwords nothing from there is looked at', async () => {
    const running = await startHub();
    await addUser(running, 'ada');
    const codes: unknown[] = [];
    // Twenty wrong ones are enough, however slow they come.
    for (let tries = 0; tries < 22; tries++) codes.push((await login(running, 'ada', 'wrong horse')).body['error']);
    expect(codes).toContain('login-wrong');
    expect(codes).toContain('tries-exceeded');
    // From elsewhere it is as before.
    const elsewhere = await ask(running, '/login', { name: 'ada', password: PASSWORD }, undefined, '127.0.0.3');
    expect(elsewhere.status).toBe(200);
  });

  it('is no way around the origin of a page', async () => {
    const running = await startHub();
    const { session } = await addUser(running, 'ada');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { Authorization: `Bearer ${session}`, Origin: 'http://evil.example' };
      request(`${running.http}/api/league/me`, { headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(401);
  });
});

describe('an administrator', () => {
  it('sees users, changes them, and cannot shut all out', async () => {
    const running = await startHub();
    const { session } = await addUser(running, 'ada');
    await running.hub.league.accounts.setRole('ada', 'admin');
    const added = await ask(running, '/users', { name: 'ben' }, session);
    expect(added.body).toMatchObject({ name: 'ben', password: expect.any(String), token: expect.any(String) });
    expect((await login(running, 'ben', String(added.body['password']))).status).toBe(200);
    expect((await ask(running, '/users/ben/role', { role: 'king' }, session)).body).toMatchObject({
      error: 'role-unknown',
    });
    expect((await ask(running, '/users/ada/role', { role: 'user' }, session)).body).toMatchObject({
      error: 'user-last-admin',
    });
    expect((await ask(running, '/users/ada/remove', {}, session)).body).toMatchObject({ error: 'user-last-admin' });
    expect((await ask(running, '/users/ben/role', { role: 'admin' }, session)).status).toBe(200);
    expect((await ask(running, '/users/ada/remove', {}, session)).status).toBe(200);
    expect((await ask(running, '/users', undefined, session)).body).toMatchObject({ error: 'login-required' });
    expect(running.hub.league.accounts.users.map(({ name }) => name)).toEqual(['ben']);
  });

  it('sees no hash of a password or token', async () => {
    const running = await startHub();
    const { session, token } = await addUser(running, 'ada');
    await running.hub.league.accounts.setRole('ada', 'admin');
    const seen = [await ask(running, '/users', undefined, session), await ask(running, '/me', undefined, session)];
    for (const secret of ['scrypt', token.slice(3), session]) expect(JSON.stringify(seen)).not.toContain(secret);
  });
});

describe('tokens of a user', () => {
  it('are made with a name, listed by their first letters, and revoked by their owner alone', async () => {
    const running = await startHub();
    const [ada, ben] = [await addUser(running, 'ada'), await addUser(running, 'ben')];
    const made = await ask(running, '/me/tokens', { name: 'robot' }, ada.session);
    const id = Number(made.body['id']);
    const { body } = await ask(running, '/me', undefined, ada.session);
    expect(body['tokens']).toMatchObject([
      { name: 'first' },
      { id, name: 'robot', hint: expect.stringMatching(/^pw_.{4}…$/) },
    ]);
    const path = `/me/tokens/${id}/revoke`;
    expect((await ask(running, path, {}, ben.session)).body).toMatchObject({ error: 'token-unknown' });
    expect((await ask(running, path, {}, ada.session)).status).toBe(200);
    expect((await ask(running, path, {}, ada.session)).body).toMatchObject({ error: 'token-unknown' });
    expect((await ask(running, '/me/tokens', { name: '' }, ada.session)).body).toMatchObject({
      error: 'token-name-invalid',
    });
    for (let more = 0; more < 19; more++) await ask(running, '/me/tokens', { name: `n${more}` }, ada.session);
    expect((await ask(running, '/me/tokens', { name: 'one more' }, ada.session)).body).toMatchObject({
      error: 'tokens-too-many',
    });
  });
});
