import { describe, expect, it } from 'vitest';
import { topics } from '../../../shared/contract/topics.ts';
import { eventually } from '../../support/eventually.ts';
import { startHub } from '../../support/hubs.ts';
import { call } from '../../support/http-api.ts';
import { addUser, agent, joinLeague, QUICK_LEAGUE } from '../../support/league.ts';
import { mqttClient } from '../../support/mqtt-clients.ts';

const SLOW = { ...QUICK_LEAGUE, PADDLEWIRE_PONG_TARGET: '21', PADDLEWIRE_PONG_BALL_SPEED: '200' } as const;

describe('a match of the league', () => {
  it('pairs two users, rates them when the result is on disk, and lets them ask again', async () => {
    const running = await startHub({}, QUICK_LEAGUE);
    const [ada, ben] = [await addUser(running, 'ada'), await addUser(running, 'ben')];
    const one = await agent(running, 'ada-1', ada.token);
    const two = await agent(running, 'ben-1', ben.token);
    joinLeague(one);
    joinLeague(two, 'league:pong');
    for (const device of [one, two]) {
      await eventually(() => device.messages.some((m) => m.type === 'SEAT' && m.side === ''));
      const order = device.messages.map(({ type }) => type).filter((type) => type === 'SEAT' || type === 'END');
      // A seat, the result, no seat.
      expect(order).toEqual(['SEAT', 'END', 'SEAT']);
      await eventually(() => device.messages.some((m) => m.type === 'NOTE' && m.text.includes('ladder')));
    }
    const { body: ladder } = await call(running.http, 'GET /api/league/ladder/{game}', { game: 'pong' });
    const won = one.messages.find((m) => m.type === 'END')?.result === 'win' ? 'ada' : 'ben';
    const lost = won === 'ada' ? 'ben' : 'ada';
    expect(ladder).toMatchObject([
      { rank: 1, name: won, games: 1, wins: 1, losses: 0 },
      { rank: 2, name: lost, games: 1, wins: 0, losses: 1 },
    ]);
    // Weng and Lin's update of two newcomers.
    expect(ladder[0]?.mu).toBeCloseTo(27.6354, 3);
    expect(ladder[1]?.sigma).toBeCloseTo(8.0659, 3);
    expect([...running.hub.rooms.keys()]).toEqual(['main']);
    const { body: games } = await call(running.http, 'GET /api/league/games/{page}', { page: '1' });
    expect(games).toMatchObject({
      total: 1,
      pages: 1,
      games: [{ game: 'pong', end: 'win', winner: won, journal: true }],
    });
    expect(games.games[0]?.players.map(({ user }) => user).toSorted()).toEqual(['ada', 'ben']);
    joinLeague(one);
    joinLeague(two);
    await eventually(() => one.messages.filter((m) => m.type === 'END').length === 2);
  });

  it('is in a room that all can watch, where nobody else sits down', async () => {
    const running = await startHub({}, SLOW);
    const watcher = await mqttClient(running.url, {}, [topics.scoreboard('league-1')]);
    for (const name of ['ada', 'ben']) {
      const { token } = await addUser(running, name);
      joinLeague(await agent(running, `${name}-1`, token));
    }
    await eventually(() => (watcher.json(topics.scoreboard('league-1')) as { phase?: string })?.phase === 'playing');
    const guest = await agent(running, 'cem-1', (await addUser(running, 'cem')).token);
    joinLeague(guest, 'league-1');
    expect(await guest.told('ERROR')).toMatchObject({ code: 'league-room' });
    const { body } = await call(running.http, 'GET /api/league');
    expect(body).toMatchObject({ players: 2, waiting: [], running: [{ room: 'league-1', game: 'pong' }] });
    const there = { room: 'league-1' };
    for (const { error } of [
      (await call(running.http, 'POST /api/rooms/{room}/settings', there)).body,
      (await call(running.http, 'POST /api/rooms/{room}/reset', there)).body,
      (await call(running.http, 'POST /api/rooms/{room}/bots', there, { count: 1 })).body,
      (await call(running.http, 'POST /api/rooms/{room}/fork', there, { match: 'x', tick: 1 })).body,
    ])
      expect(error).toBe('league-room');
    // Who leads may end it: it counts for nobody.
    await call(running.http, 'POST /api/rooms/{room}/close', there);
    await eventually(() => running.hub.league.running.length === 0);
    expect((await call(running.http, 'GET /api/league/ladder/{game}', { game: 'pong' })).body).toEqual([]);
  });
});
