/** The table of the API against a running hub: each endpoint answers, as its schema says, and only to who may ask. */
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type Endpoint, type EndpointName } from '../../../shared/contract/api.ts';
import { eventually } from '../../support/eventually.ts';
import { startHub, type RunningHub } from '../../support/hubs.ts';
import { RawDevice } from '../../support/mqtt-clients.ts';

const NAMES = Object.keys(ENDPOINTS) as EndpointName[];
const FAST = { PADDLEWIRE_PONG_BALL_SPEED: '50000', PADDLEWIRE_PONG_SERVE_MS: '0', PADDLEWIRE_PONG_TARGET: '1' };

const PASSWORD = 'correct horse';

/** What is asked of each endpoint that wants more than nothing. */
const BODIES: Readonly<Partial<Record<EndpointName, unknown>>> = {
  'POST /api/hub': { frozen: false, locked: false },
  'POST /api/rooms': { name: 'new', game: 'pong' },
  'POST /api/rooms/{room}/settings': { policy: 'freeze', parameters: { target: 9 } },
  'POST /api/rooms/{room}/host': { word: 'arm' },
  'POST /api/rooms/{room}/fork': { match: 'unknown', tick: 1 },
  'POST /api/rooms/{room}/bots': { count: 0 },
  'POST /api/rooms/{room}/lab': { seat: 'left', lab: { delayMs: 1, jitterMs: 1, lossPercent: 1 } },
  'POST /api/matches/{match}/star': { starred: true },
  'POST /api/devices/{device}/rename': { name: 'Ada' },
  'POST /api/devices/{device}/seat': { room: 'main' },
  'POST /api/devices/{device}/ban': { banned: false },
  'POST /api/league/register': { name: 'gil', password: PASSWORD },
  'POST /api/league/login': { name: 'eve', password: PASSWORD },
  'POST /api/league/me/password': { old: PASSWORD, password: PASSWORD },
  'POST /api/league/me/tokens': { name: 'second' },
  'POST /api/league/users': { name: 'hal', role: 'admin' },
  'POST /api/league/users/{user}/role': { role: 'admin' },
  'POST /api/league/reset': { what: 'ratings' },
  'POST /api/league/tournaments': { name: 'Cup', game: 'pong', kind: 'swiss', players: ['eve', 'fay'] },
};

/** What cannot be done in this hub, and the code with which it says so. */
const REFUSED: Readonly<Partial<Record<EndpointName, string>>> = {
  'POST /api/rooms/{room}/host': 'host-word-unknown',
  'POST /api/rooms/{room}/fork': 'match-unknown',
  'POST /api/devices/{device}/update': 'port-missing',
};

/** With what a stranger may try, and what comes of it. */
const OPEN: Readonly<Partial<Record<EndpointName, string>>> = {
  'POST /api/league/register': 'register-closed',
  'POST /api/league/login': 'login-wrong',
};
const CLOSED = { user: 'login-required', admin: 'admin-required' } as const;

/** Last, because of what is not there any more afterwards. */
const LAST: readonly EndpointName[] = [
  'POST /api/league/users/{user}/remove',
  'POST /api/devices/{device}/kick',
  'POST /api/rooms/{room}/close',
];

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

interface Asking {
  /** The address that it comes from. */
  readonly from?: string;
  /** Of a user of the league. */
  readonly session?: string;
  readonly body?: unknown;
}

function ask(
  http: string,
  name: EndpointName,
  parts: Readonly<Record<string, string>>,
  { from = '127.0.0.1', session, body = BODIES[name] ?? {} }: Asking = {},
): Promise<Answer> {
  const [method = '', path = ''] = name.split(' ');
  const url = http + path.replaceAll(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? '');
  return new Promise((resolve, reject) => {
    const authorization = session === undefined ? {} : { Authorization: `Bearer ${session}` };
    const headers = { 'Content-Type': 'application/json', ...authorization };
    const asked = request(url, { method, headers, localAddress: from, agent: false }, (response) => {
      let text = '';
      response.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }),
      );
    });
    asked.on('error', reject).end(method === 'POST' ? JSON.stringify(body) : undefined);
  });
}

/** A session of its own for each call: some of them end it. */
const sessionOf = async ({ hub: { league } }: RunningHub, name: string): Promise<string> =>
  (await league.accounts.openSession(league.accounts.named(name).id)).session;

/** A hub in which a match was decided between two devices that are still there. */
async function played(): Promise<{ running: RunningHub; parts: Record<string, string> }> {
  const running = await startHub({}, { ...FAST, PADDLEWIRE_ROOMS_RESTART_MS: '600000' });
  for (const id of ['ada', 'ben']) await RawDevice.seated(running.url, id);
  const room = running.hub.rooms.get('main');
  await eventually(() => room?.summary().final);
  const match = room?.summary().match ?? '';
  const { accounts } = running.hub.league;
  for (const name of ['eve', 'fay']) await accounts.add(name, PASSWORD);
  const token = String((await accounts.addToken(accounts.named('eve').id, 'to revoke')).id);
  const users = ['eve', 'fay'].map((name) => accounts.named(name).id);
  const { id } = await running.hub.league.tournaments.create('Cup', 'pong', 'elimination', users);
  const league = { user: 'fay', game: 'pong', page: '1', token, tournament: String(id) };
  return { running, parts: { room: 'main', device: 'ada', match, period: 'today', ...league } };
}

describe('the API', () => {
  it('answers each endpoint of the table, as its schema says', async () => {
    const { running, parts } = await played();
    for (const name of [...NAMES.filter((one) => !LAST.includes(one)), ...LAST]) {
      const { answer, type, who }: Endpoint = ENDPOINTS[name];
      const asking = who === 'user' ? { session: await sessionOf(running, 'eve') } : {};
      const { status, text, type: sent } = await ask(running.http, name, parts, asking);
      const refused = REFUSED[name];
      if (refused !== undefined) {
        expect(JSON.parse(text), name).toMatchObject({
          error: refused,
          text: expect.any(String),
          remedy: expect.any(String),
        });
        continue;
      }
      expect({ name, status, type: sent }).toEqual({ name, status: 200, type: type ?? 'application/json' });
      // What goes beyond the schema would be in no document.
      if (type === undefined) expect(answer.check(JSON.parse(text), ''), name).toEqual(JSON.parse(text));
      else expect(text.length, name).toBeGreaterThan(50);
    }
  });

  it('refuses a stranger whatever changes something or is not for all, and nothing else', async () => {
    const { running, parts } = await played();
    const before = JSON.stringify(running.hub.rooms.get('main')?.summary());
    for (const name of NAMES) {
      const { leader, method, who }: Endpoint = ENDPOINTS[name];
      const open = OPEN[name];
      expect(method === 'POST' && !leader && who !== 'user' && who !== 'admin' && open === undefined, name).toBe(false);
      const body = open === undefined ? {} : { body: { name: 'eve', password: 'wrong one' } };
      const { status, text } = await ask(running.http, name, parts, { from: '127.0.0.2', ...body });
      const code = leader ? 'leader-required' : who === 'user' || who === 'admin' ? CLOSED[who] : open;
      const refused = { status: code === 'login-required' ? 401 : code === open ? 400 : 403 };
      expect({ name, status }).toEqual({ name, ...(code === undefined ? { status: 200 } : refused) });
      if (code !== undefined) expect(JSON.parse(text), name).toMatchObject({ error: code });
    }
    expect(JSON.stringify(running.hub.rooms.get('main')?.summary())).toBe(before);
    expect([...running.hub.rooms.keys()]).toEqual(['main']);
  });

  it('lets a user do what is for users, an administrator what is for these, and neither lead the class', async () => {
    const { running, parts } = await played();
    await running.hub.league.accounts.setRole('fay', 'admin');
    for (const name of NAMES) {
      const { leader, who }: Endpoint = ENDPOINTS[name];
      if (leader) {
        const { text } = await ask(running.http, name, parts, {
          from: '127.0.0.2',
          session: await sessionOf(running, 'fay'),
        });
        expect(JSON.parse(text), name).toMatchObject({ error: 'leader-required' });
      }
      if (who !== 'user' && who !== 'admin') continue;
      const user = await ask(running.http, name, parts, {
        from: '127.0.0.2',
        session: await sessionOf(running, 'eve'),
      });
      expect({ name, status: user.status }).toEqual({ name, status: who === 'user' ? 200 : 403 });
      if (who === 'user') continue;
      expect(JSON.parse(user.text)).toMatchObject({ error: 'admin-required' });
      const { status } = await ask(
        running.http,
        name,
        { ...parts, user: 'eve' },
        {
          from: '127.0.0.2',
          session: await sessionOf(running, 'fay'),
        },
      );
      expect({ name, status }).toEqual({ name, status: 200 });
      if (name === 'POST /api/league/users/{user}/remove') await running.hub.league.accounts.add('eve', PASSWORD);
      if (name === 'POST /api/league/users/{user}/role') await running.hub.league.accounts.setRole('eve', 'user');
    }
  });

  it('tells how to join only to a page that is the hub’s own, by whatever name it asks', async () => {
    const running = await startHub({ 'access.mode': 'pin' });
    const { port } = new URL(running.http);
    const join = (host: string, origin?: string): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const headers = { Host: `${host}:${port}`, ...(origin !== undefined && { Origin: origin }) };
        request(`${running.http}/api/join`, { headers, agent: false }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, type: '', text }));
        })
          .on('error', reject)
          .end();
      });
    const own = await join('localhost');
    expect(JSON.parse(own.text)).toEqual({ pin: running.address.secret, addresses: [`http://127.0.0.1:${port}`] });
    // A name of the internet that was made to mean this computer.
    expect((await join('evil.example')).status).toBe(403);
    expect((await join('localhost', 'http://evil.example')).status).toBe(403);
    expect((await join('localhost', `http://localhost:${port}`)).status).toBe(200);
  });
});
