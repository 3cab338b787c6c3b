/** The embedded league store: its calls go to the worker that has the scores too, one after another with theirs. */
import { PaddlewireError } from '../../shared/errors.ts';
import type { LeagueCalls } from './league-database.ts';
import type { LeagueStore } from './league-store.ts';

export type LeagueCall = keyof LeagueStore;

/** What travels to the worker. */
export interface LeagueAsk {
  readonly call: LeagueCall;
  readonly argument: unknown;
}

/** @param ask sends a call to where the database is */
export function leagueStore(ask: (ask: LeagueAsk) => Promise<unknown>): LeagueStore {
  const call = async <C extends LeagueCall>(
    name: C,
    argument?: Parameters<LeagueStore[C]>[0],
  ): Promise<Awaited<ReturnType<LeagueStore[C]>>> =>
    (await ask({ call: name, argument })) as Awaited<ReturnType<LeagueStore[C]>>;
  return {
    load: (now) => call('load', now),
    addUser: (user) => call('addUser', user).catch(sayTaken),
    changeUser: (user) => call('changeUser', user),
    removeUser: (user) => call('removeUser', user),
    addToken: (token) => call('addToken', token),
    removeToken: (token) => call('removeToken', token),
    addSession: (session) => call('addSession', session),
    endSessions: (hashes) => call('endSessions', hashes),
    claim: (owner) => call('claim', owner),
    begin: (game) => call('begin', game),
    end: (game) => call('end', game),
    forget: (match) => call('forget', match),
    decay: (ratings) => call('decay', ratings),
    games: (wanted) => call('games', wanted),
    history: (of) => call('history', of),
    reset: (what) => call('reset', what),
    addTournament: (tournament) => call('addTournament', tournament),
    saveTournament: (tournament) => call('saveTournament', tournament),
  };
}

/** The same store where the database is open in this thread: for command-line tools. */
export const leagueStoreOn = (calls: LeagueCalls): LeagueStore =>
  leagueStore(async ({ call, argument }) => (calls[call] as (given: unknown) => unknown).call(calls, argument));

function sayTaken(error: Error): never {
  if (/UNIQUE constraint failed: users/.test(error.message)) throw new PaddlewireError('user-exists');
  throw error;
}
