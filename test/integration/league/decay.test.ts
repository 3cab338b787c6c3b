import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../hub/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { startHub } from '../../support/hubs.ts';
import { call } from '../../support/http-api.ts';
import { addUser, agent, joinLeague, QUICK_LEAGUE } from '../../support/league.ts';

const HOUR_MS = 3_600_000;

describe('a rating that nobody proves', () => {
  it('becomes less certain with time, where that is wanted, and the log says that time did it', async () => {
    let later = 0;
    const clock = {
      ...systemClock,
      now: () => systemClock.now() + later,
      epoch: () => systemClock.epoch() + later,
    };
    const env = { PADDLEWIRE_LEAGUE_DECAY_MINUTES: '30', PADDLEWIRE_LEAGUE_DECAY_SIGMA: '10' };
    const running = await startHub({}, { ...QUICK_LEAGUE, ...env }, { clock });
    for (const name of ['ada', 'ben'])
      joinLeague(await agent(running, `${name}-1`, (await addUser(running, name)).token));
    const { ladder, accounts } = running.hub.league;
    const ada = accounts.named('ada').id;
    await eventually(() => ladder.of(ada, 'pong').games === 1);
    const { mu, sigma } = ladder.of(ada, 'pong');
    later = HOUR_MS;
    await eventually(() => ladder.of(ada, 'pong').sigma > sigma);
    expect(ladder.of(ada, 'pong')).toMatchObject({ mu, games: 1 });
    expect(ladder.of(ada, 'pong').sigma).toBeCloseTo(sigma + 0.1, 9);
    const history = await eventually(async () => {
      const of = { user: 'ada', game: 'pong' };
      const { body } = await call(running.http, 'GET /api/league/users/{user}/history/{game}', of);
      // What a GET answers may be a second old.
      later += 1000;
      return body.length === 2 && body;
    });
    expect(history).toMatchObject([
      { match: null, mu },
      { match: expect.stringContaining('league-1-'), mu, sigma },
    ]);
    // It never becomes less certain than that of a newcomer.
    for (let hour = 0; hour < 10; hour++) {
      later += HOUR_MS;
      running.hub.league.round();
    }
    expect(ladder.of(ada, 'pong').sigma).toBe(25 / 3);
  });
});
