import { describe, expect, it } from 'vitest';
import type { AnswerOf, BodyOf } from '../../../shared/contract/api.ts';
import { eventually } from '../../support/eventually.ts';
import { startHub, temporaryFolder, type RunningHub } from '../../support/hubs.ts';
import { call } from '../../support/http-api.ts';
import { addUser, agent, joinLeague, keepsJoining, QUICK_LEAGUE } from '../../support/league.ts';

type State = AnswerOf<'GET /api/league/tournaments/{tournament}'>;

async function create(
  { http }: RunningHub,
  body: Partial<BodyOf<'POST /api/league/tournaments'>> = {},
): Promise<{ tournament: string }> {
  const cup = { name: 'Evening cup', game: 'pong', kind: 'round-robin', ...body } as const;
  const made = await call(http, 'POST /api/league/tournaments', {}, cup);
  expect(made.body).toMatchObject({ phase: 'open', rounds: [] });
  const tournament = String(made.body.id);
  expect((await call(http, 'POST /api/league/tournaments/{tournament}/start', { tournament })).body.phase).toBe(
    'running',
  );
  return { tournament };
}

const stateOf = async ({ http }: RunningHub, part: { tournament: string }): Promise<State> =>
  (await call(http, 'GET /api/league/tournaments/{tournament}', part)).body;

const over = (running: RunningHub, part: { tournament: string }): Promise<State> =>
  eventually(async () => {
    const state = await stateOf(running, part);
    return state.phase === 'over' && state;
  });

describe('a tournament', () => {
  it('is played to its end by those who are there, and rated', async () => {
    const running = await startHub({}, QUICK_LEAGUE);
    const names = ['ada', 'ben', 'cem'];
    for (const name of names) {
      const { token } = await addUser(running, name);
      keepsJoining(await agent(running, `${name}-1`, token));
    }
    const cup = await create(running, { players: names });
    const state = await over(running, cup);
    expect(state.rounds).toHaveLength(3);
    const met = state.rounds.flat().filter((one) => one.state !== 'bye');
    expect(met.map(({ players }) => players.map(String).toSorted().join(' ')).toSorted()).toEqual([
      'ada ben',
      'ada cem',
      'ben cem',
    ]);
    for (const { players, winner, scores, state: how } of met) {
      expect(how).toBe('won');
      expect(scores[players.indexOf(winner)]).toBe(1);
    }
    expect(state.standings.map(({ points }) => points).reduce((a, b) => a + b)).toBe(6);
    const { body } = await call(running.http, 'GET /api/league/games/{page}', { page: '1' });
    expect(body.games.filter((game) => game.tournament === state.id)).toHaveLength(3);
  });

  it('goes on where it was after a restart of the hub', async () => {
    const data = temporaryFolder();
    const first = await startHub({ data }, QUICK_LEAGUE);
    const tokens = [await addUser(first, 'ada'), await addUser(first, 'ben')];
    const cup = await create(first, { kind: 'elimination' });
    await first.hub.stop();
    const second = await startHub({ data }, QUICK_LEAGUE);
    expect(await stateOf(second, cup)).toMatchObject({
      phase: 'running',
      rounds: [[{ players: ['ada', 'ben'], state: 'waiting' }]],
    });
    for (const { token, user } of tokens) keepsJoining(await agent(second, `${user.name}-1`, token));
    expect((await over(second, cup)).winner).toMatch(/^(ada|ben)$/);
  });

  it('is lost by who stays away, and keeps its players for each other', async () => {
    const running = await startHub({}, { ...QUICK_LEAGUE, PADDLEWIRE_LEAGUE_FORFEIT_S: '0' });
    const { token } = await addUser(running, 'ada');
    await addUser(running, 'ben');
    const device = await agent(running, 'ada-1', token);
    joinLeague(device);
    await eventually(() => running.hub.league.waiting.length === 1);
    const cup = await create(running, { kind: 'swiss', players: ['ada-1', 'ben'] });
    const state = await over(running, cup);
    expect(state).toMatchObject({ winner: 'ada', rounds: [[{ state: 'forfeit', winner: 'ada', scores: [] }]] });
  });

  it('tells a player whom it awaits', async () => {
    const running = await startHub({}, QUICK_LEAGUE);
    for (const name of ['ada', 'ben', 'cem']) await addUser(running, name);
    const { token } = await running.hub.league.accounts.addToken(running.hub.league.accounts.named('ada').id, 'x');
    await create(running, { name: `Cup ${'盃'.repeat(60)}`, players: ['ada', 'ben'] });
    const device = await agent(running, 'ada-1', token);
    joinLeague(device);
    expect(await device.told('NOTE')).toMatchObject({ text: expect.stringContaining('Round 1 of Cup') });
    // Somebody else who waits is no opponent for it now.
    const other = await running.hub.league.accounts.addToken(running.hub.league.accounts.named('cem').id, 'x');
    const stranger = await agent(running, 'cem-1', other.token);
    joinLeague(stranger);
    expect(await stranger.told('NOTE')).toMatchObject({ text: expect.stringContaining('Nobody else waits') });
    expect(running.hub.league.running).toEqual([]);
  });

  it('refuses players that are unknown, twice there or too few, and what it cannot do now', async () => {
    const running = await startHub({}, QUICK_LEAGUE);
    for (const name of ['ada', 'ben']) await addUser(running, name);
    const make = async (body: Partial<BodyOf<'POST /api/league/tournaments'>>): Promise<string | undefined> => {
      const cup = { name: 'Cup', game: 'pong', kind: 'swiss', ...body } as const;
      return (await call(running.http, 'POST /api/league/tournaments', {}, cup)).body.error;
    };
    expect(await make({ players: ['ada', 'nobody'] })).toBe('user-unknown');
    expect(await make({ players: ['ada', 'Ada'] })).toBe('tournament-players');
    expect(await make({ players: ['ada'] })).toBe('tournament-players');
    expect(await make({ game: 'chess' })).toBe('league-game');
    expect(await make({ name: ' ' })).toBe('message-malformed');
    const cup = await create(running);
    const again = await call(running.http, 'POST /api/league/tournaments/{tournament}/start', cup);
    expect(again.body.error).toBe('tournament-phase');
    expect((await call(running.http, 'POST /api/league/tournaments/{tournament}/stop', cup)).body.phase).toBe('over');
    const unknown = await call(running.http, 'GET /api/league/tournaments/{tournament}', { tournament: '99' });
    expect(unknown.body.error).toBe('tournament-unknown');
  });
});
