import { describe, expect, it } from 'vitest';
import { pairing } from '../../../hub/league/tournaments/rounds.ts';
import { ScoreDatabase } from '../../../hub/store/score-database.ts';
import type { MatchRow } from '../../../hub/store/store.ts';
import { startHub, temporaryFolder } from '../../support/hubs.ts';
import { call } from '../../support/http-api.ts';

const EMPTY = { devices: [], matches: [], points: [], records: [], tallies: [] };

/** The data of a hub that was killed between the end of a match and what the league makes of it. */
function killed(outcome: MatchRow['outcome'], winner: string | null): string {
  const data = temporaryFolder();
  const database = new ScoreDatabase(data);
  database.open(false);
  const { leagueTables: league } = database;
  const [ada, ben] = ['ada', 'ben'].map((name) =>
    league.addUser({ name, password: '', role: 'user', createdAt: 1 }),
  ) as [number, number];
  const players = [
    { seat: 0, user: ada, device: 'ada-1' },
    { seat: 1, user: ben, device: 'ben-1' },
  ];
  const state = JSON.stringify({ players: [ada, ben], rounds: [[pairing(ada, ben)]] });
  const cup = { name: 'Cup', game: 'pong', kind: 'elimination', phase: 'running', createdAt: 1, state } as const;
  const tournament = league.addTournament(cup);
  league.begin({ match: 'league-1-x', game: 'pong', tournament, startedAt: 5, players });
  const match = { id: 'league-1-x', room: 'league-1', game: 'pong', rules: 1, seed: 1, startedAt: 5 };
  database.save({
    ...EMPTY,
    matches: [{ ...match, endedAt: outcome === null ? null : 9, outcome, winner }],
    points: [
      { match: match.id, seat: 'left', device: 'ada-1', points: 2, won: winner === 'left' },
      { match: match.id, seat: 'right', device: 'ben-1', points: 5, won: winner === 'right' },
    ],
  });
  database.close();
  return data;
}

const ladderOf = async (http: string) => (await call(http, 'GET /api/league/ladder/{game}', { game: 'pong' })).body;

describe('a hub that was killed', () => {
  it('rates, at its next start, what was decided and not yet rated: once', async () => {
    const data = killed('win', 'right');
    const first = await startHub({ data });
    const after = [
      { name: 'ben', games: 1, wins: 1 },
      { name: 'ada', games: 1, wins: 0 },
    ];
    expect(await ladderOf(first.http)).toMatchObject(after);
    const { body } = await call(first.http, 'GET /api/league/games/{page}', { page: '1' });
    expect(body.games).toMatchObject([
      { match: 'league-1-x', end: 'win', winner: 'ben', endedAt: 9, players: [{ score: 2 }, { score: 5 }] },
    ]);
    // It was a match of a tournament, which goes on from there.
    const cup = await call(first.http, 'GET /api/league/tournaments/{tournament}', { tournament: '1' });
    expect(cup.body).toMatchObject({ phase: 'over', winner: 'ben', rounds: [[{ state: 'won', scores: [2, 5] }]] });
    const mu = (await ladderOf(first.http))[0]?.mu;
    await first.hub.stop();
    const second = await startHub({ data });
    expect(await ladderOf(second.http)).toMatchObject(after);
    expect((await ladderOf(second.http))[0]?.mu).toBe(mu);
  });

  it('takes a draw for what it is', async () => {
    const { http } = await startHub({ data: killed('draw', null) });
    expect((await ladderOf(http)).map(({ mu, games }) => [mu, games])).toEqual([
      [25, 1],
      [25, 1],
    ]);
  });

  it.each([null, 'void'] as const)('forgets a match without a result (%s)', async (outcome) => {
    const { http } = await startHub({ data: killed(outcome, null) });
    expect(await ladderOf(http)).toEqual([]);
    expect((await call(http, 'GET /api/league/games/{page}', { page: '1' })).body.total).toBe(0);
  });
});
