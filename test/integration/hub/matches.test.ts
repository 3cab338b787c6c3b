import { describe, expect, it } from 'vitest';
import { JournalReader } from '../../../shared/journal/journal-reader.ts';
import { eventually } from '../../support/eventually.ts';
import { call } from '../../support/http-api.ts';
import { startHub } from '../../support/hubs.ts';
import { RawDevice } from '../../support/mqtt-clients.ts';

const FAST = { PADDLEWIRE_PONG_BALL_SPEED: '50000', PADDLEWIRE_PONG_SERVE_MS: '0', PADDLEWIRE_PONG_TARGET: '2' };

describe('matches over HTTP', () => {
  it('are told with players and result; their journals can be read, starred and let go again', async () => {
    const running = await startHub({}, { ...FAST, PADDLEWIRE_ROOMS_RESTART_MS: '600000' });
    for (const id of ['ada', 'ben']) await RawDevice.seated(running.url, id);
    await eventually(() => running.hub.rooms.get('main')?.summary().final);
    const [played] = (await call(running.http, 'GET /api/matches')).body;
    expect(played).toMatchObject({ room: 'main', game: 'pong', outcome: 'win', journal: true, starred: false });
    const winner = played?.players.find(({ won }) => won);
    expect(winner).toMatchObject({ seat: played?.winner, points: 2 });
    expect(played?.players.map(({ device }) => device).toSorted()).toEqual(['ada', 'ben']);
    for (const period of ['lifetime', 'today']) {
      const [best] = (await call(running.http, 'GET /api/leaderboard/{period}', { period })).body;
      expect(best).toMatchObject({ device: winner?.device, wins: 1, points: 2, matches: 1 });
    }
    const history = (await call(running.http, 'GET /api/devices/{device}/history', { device: 'ada' })).body;
    expect(history.map(({ match }) => match)).toEqual([played?.match]);
    const match = { match: played?.match ?? '' };
    const journal = await fetch(`${running.http}/api/matches/${match.match}/journal`);
    expect(journal.headers.get('content-type')).toBe('application/vnd.paddlewire.journal');
    const reader = new JournalReader(new Uint8Array(await journal.arrayBuffer()));
    expect(reader.header.about['room']).toBe('main');
    expect([...reader.calls()].at(-1)?.op).toBe('outcome');
    for (const starred of [true, false]) {
      expect((await call(running.http, 'POST /api/matches/{match}/star', match, { starred })).status).toBe(200);
      expect((await call(running.http, 'GET /api/matches')).body[0]?.starred).toBe(starred);
    }
  });

  it('that are not there are not found, whatever they are called', async () => {
    const { http } = await startHub();
    for (const match of ['none', '../scores', '%2e', 'a/b']) {
      const read = await call(http, 'GET /api/matches/{match}/journal', { match });
      expect(read, match).toMatchObject({ status: 404, body: { error: 'match-unknown' } });
      const star = await call(http, 'POST /api/matches/{match}/star', { match }, { starred: true });
      expect(star.body.error, match).toBe('match-unknown');
    }
    const { body } = await call(http, 'GET /api/leaderboard/{period}', { period: 'ever' });
    expect(body.error).toBe('period-unknown');
  });
});
