import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startHub, type RunningHub } from '../../support/hubs.ts';
import { call } from '../../support/http-api.ts';
import { addUser, agent, joinLeague, keepsJoining, QUICK_LEAGUE } from '../../support/league.ts';
import type { RawDevice } from '../../support/mqtt-clients.ts';

/** A match that nobody wins while a test looks at it. */
const LONG = { ...QUICK_LEAGUE, PADDLEWIRE_PONG_TARGET: '21', PADDLEWIRE_PONG_BALL_SPEED: '200' } as const;

interface Playing {
  readonly running: RunningHub;
  readonly ada: RawDevice;
  readonly ben: RawDevice;
}

/** A match of the league that is being played. */
async function playing(env: Readonly<Record<string, string>> = {}): Promise<Playing> {
  const running = await startHub({}, { ...LONG, ...env });
  const [ada, ben] = [
    await agent(running, 'ada-1', (await addUser(running, 'ada')).token),
    await agent(running, 'ben-1', (await addUser(running, 'ben')).token),
  ];
  for (const device of [ada, ben]) joinLeague(device);
  await eventually(() => running.hub.rooms.get('league-1')?.phase === 'playing');
  return { running, ada, ben };
}

const ladderOf = async ({ http }: RunningHub) =>
  (await call(http, 'GET /api/league/ladder/{game}', { game: 'pong' })).body;
const gamesOf = async ({ http }: RunningHub) =>
  (await call(http, 'GET /api/league/games/{page}', { page: '1' })).body.games;

/** Whether a device was told that it has no seat any more, with a sentence why. */
const letGo = (device: RawDevice, why: string): Promise<boolean> =>
  eventually(
    () =>
      device.messages.some((one) => one.type === 'SEAT' && one.side === '') &&
      device.messages.some((one) => one.type === 'NOTE' && one.text.includes(why)),
  );

describe.each(['vanishes', 'leaves'] as const)('who %s in a match', (how) => {
  const go = (device: RawDevice): void => {
    if (how === 'leaves') device.send({ type: 'LEAVE' });
    else device.test.client.end(true);
  };

  it('ends it, is marked, and changes no rating; the other one can be paired again', async () => {
    const { running, ada, ben } = await playing();
    go(ada);
    await letGo(ben, 'ada went away');
    const order = ben.messages.map(({ type }) => type).filter((type) => type === 'SEAT' || type === 'END');
    expect(order).toEqual(['SEAT', 'END', 'SEAT']);
    expect(ben.messages.find((one) => one.type === 'END')).toMatchObject({ result: 'void', winner: '' });
    expect(await gamesOf(running)).toMatchObject([{ end: 'disconnected', disconnected: 'ada', winner: null }]);
    expect(await ladderOf(running)).toMatchObject([
      { name: 'ada', mu: 25, games: 0, disconnects: 1 },
      { name: 'ben', mu: 25, games: 0, disconnects: 0 },
    ]);
    expect(running.hub.rooms.has('league-1')).toBe(false);
    joinLeague(ben);
    joinLeague(await agent(running, 'cem-1', (await addUser(running, 'cem')).token));
    await eventually(() => running.hub.rooms.get('league-2')?.phase === 'playing');
  });

  it('loses it, where that is to count', async () => {
    const { running, ada, ben } = await playing({ PADDLEWIRE_LEAGUE_DISCONNECT_RATING: 'loss' });
    go(ada);
    await letGo(ben, 'ada went away');
    const [first, second] = await ladderOf(running);
    expect(first).toMatchObject({ name: 'ben', games: 1 });
    expect(second).toMatchObject({ name: 'ada', games: 1, wins: 0, disconnects: 1 });
    expect(first?.mu).toBeGreaterThan(25);
  });
});

describe('who vanishes where a match waits', () => {
  const PAUSE = { PADDLEWIRE_LEAGUE_DISCONNECT: 'pause' } as const;

  it('finds its seat again', async () => {
    const { running, ada } = await playing(PAUSE);
    const { token } = await running.hub.league.accounts.addToken(running.hub.league.accounts.named('ada').id, 'x');
    ada.test.client.end(true);
    await eventually(() => running.hub.rooms.get('league-1')?.phase === 'paused');
    await agent(running, 'ada-1', token);
    await eventually(() => running.hub.rooms.get('league-1')?.phase === 'playing');
    expect(running.hub.league.running).toHaveLength(1);
  });

  it('ends it when it does not come back', async () => {
    const { running, ada, ben } = await playing({ ...PAUSE, PADDLEWIRE_LEAGUE_GRACE_MS: '100' });
    ada.test.client.end(true);
    await letGo(ben, 'ada went away');
    expect(await gamesOf(running)).toMatchObject([{ end: 'disconnected', disconnected: 'ada' }]);
  });
});

describe('who waits', () => {
  it('is in the queue no more after LEAVE, a seat elsewhere, or the end of its link', async () => {
    const running = await startHub({}, LONG);
    const device = await agent(running, 'ada-1', (await addUser(running, 'ada')).token);
    const waiting = (count: number): Promise<boolean> => eventually(() => running.hub.league.waiting.length === count);
    joinLeague(device);
    await waiting(1);
    device.send({ type: 'LEAVE' });
    await waiting(0);
    joinLeague(device);
    await waiting(1);
    device.send({ type: 'JOIN', room: 'main', side: '' });
    await waiting(0);
    // And the other way round: who wants to be paired gives its seat up.
    joinLeague(device);
    await waiting(1);
    expect(running.hub.rooms.get('main')?.seats.taken).toEqual([]);
    device.test.client.end(true);
    await waiting(0);
  });

  it('is told why, once, and is never paired with its own user', async () => {
    const running = await startHub({}, LONG);
    const { token } = await addUser(running, 'ada');
    const [one, two] = [await agent(running, 'ada-1', token), await agent(running, 'ada-2', token)];
    joinLeague(one);
    await eventually(() => one.messages.some((m) => m.type === 'NOTE' && m.text.startsWith('Nobody else waits')));
    joinLeague(two);
    await eventually(() => one.messages.some((m) => m.type === 'NOTE' && m.text.includes('your own user')));
    const rounds = running.hub.league;
    for (let round = 0; round < 20; round++) rounds.round();
    expect(one.messages.filter((m) => m.type === 'NOTE')).toHaveLength(2);
    expect(running.hub.league.running).toEqual([]);
  });

  it('is banned: it waits no more', async () => {
    const running = await startHub({}, LONG);
    const device = await agent(running, 'ada-1', (await addUser(running, 'ada')).token);
    joinLeague(device);
    await eventually(() => running.hub.league.waiting.length === 1);
    await call(running.http, 'POST /api/devices/{device}/ban', { device: 'ada-1' }, { banned: true });
    expect(running.hub.league.waiting).toEqual([]);
    joinLeague(device);
    await eventually(() => device.messages.filter((m) => m.type === 'ERROR').length === 2);
    expect(running.hub.league.waiting).toEqual([]);
  });

  it('plays with a bot of the hub when nobody else comes, and is rated against it', async () => {
    const env = { ...QUICK_LEAGUE, PADDLEWIRE_LEAGUE_BOTS: 'on', PADDLEWIRE_LEAGUE_BOT_AFTER_S: '0' };
    const running = await startHub({}, env);
    const device = await agent(running, 'ada-1', (await addUser(running, 'ada')).token);
    keepsJoining(device);
    await eventually(() => device.messages.filter((m) => m.type === 'END').length >= 2);
    const ladder = await eventually(async () => {
      const lines = await ladderOf(running);
      return lines.length === 2 && lines;
    });
    expect(ladder.map(({ name, role }) => `${name} ${role}`).toSorted()).toEqual(['ada user', 'paddlewire-bot bot']);
    // Nobody can be that user.
    const { body } = await call(
      running.http,
      'POST /api/league/register',
      {},
      { name: 'Paddlewire-Bot', password: 'correct horse' },
    );
    expect(body.error).toBe('user-exists');
  });
});

describe('a user who is removed in a match', () => {
  it('has no place on the ladder any more; the other one is told and can go on', async () => {
    const { running, ada, ben } = await playing({ PADDLEWIRE_LEAGUE_DISCONNECT_RATING: 'loss' });
    await call(running.http, 'POST /api/league/users/{user}/remove', { user: 'ada' });
    await eventually(() => !ada.test.client.connected);
    await letGo(ben, 'without a result');
    expect(await ladderOf(running)).toMatchObject([{ name: 'ben', rank: 1, games: 1 }]);
    expect(await gamesOf(running)).toMatchObject([{ end: 'disconnected', disconnected: null }]);
  });
});

describe('all rooms held', () => {
  it('keep matches from beginning; those who wait are paired when they go on', async () => {
    const running = await startHub({}, LONG);
    await call(running.http, 'POST /api/hub', {}, { frozen: true });
    for (const name of ['ada', 'ben'])
      joinLeague(await agent(running, `${name}-1`, (await addUser(running, name)).token));
    await eventually(() => running.hub.league.waiting.length === 2);
    for (let round = 0; round < 5; round++) running.hub.league.round();
    expect(running.hub.league.waiting).toHaveLength(2);
    await call(running.http, 'POST /api/hub', {}, { frozen: false });
    await eventually(() => running.hub.rooms.get('league-1')?.phase === 'playing');
  });
});

describe('the limit of matches', () => {
  it('keeps others waiting, and says so; it is not counted with other rooms', async () => {
    const { running, ada } = await playing({ PADDLEWIRE_LEAGUE_MAX_MATCHES: '1' });
    const others: RawDevice[] = [];
    for (const name of ['cem', 'dan']) {
      const device = await agent(running, `${name}-1`, (await addUser(running, name)).token);
      others.push(device);
      joinLeague(device);
    }
    await eventually(() => others[1]?.messages.some((m) => m.type === 'NOTE' && m.text.startsWith('As many matches')));
    ada.send({ type: 'LEAVE' });
    await eventually(() => running.hub.rooms.get('league-2')?.phase === 'playing');
  });
});
