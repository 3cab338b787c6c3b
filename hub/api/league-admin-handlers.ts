/** The league for its administrators, and for who leads the class: users, and taking back what was played. */
import { PaddlewireError } from '../../shared/errors.ts';
import type { Caller } from '../http/routes.ts';
import type { League } from '../league/league.ts';
import { freshPassword } from '../league/secrets.ts';
import type { Handlers } from './handlers.ts';
import { infoOf, userOf } from './league-handlers.ts';

type Names =
  | 'GET /api/league/users'
  | 'POST /api/league/users'
  | `POST /api/league/users/{user}/${'role' | 'password' | 'remove'}`
  | 'POST /api/league/reset';

export function leagueAdminHandlers(league: League): Pick<Handlers, Names> {
  const { accounts } = league;
  const check = (caller: Caller): void => checkAdmin(league, caller);
  return {
    'GET /api/league/users': (_, __, caller) => {
      check(caller);
      return accounts.users.map(infoOf).toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
    },
    'POST /api/league/users': async (_, { name, password, role }, caller) => {
      check(caller);
      const made = password === undefined ? freshPassword() : null;
      const user = await accounts.add(name, password ?? made, role);
      const { token } = await accounts.addToken(user.id, 'first');
      return { name: user.name, password: made, token };
    },
    'POST /api/league/users/{user}/role': async ({ user }, { role }, caller) => {
      check(caller);
      if (role !== 'admin') checkOthers(league, user, caller);
      await accounts.setRole(user, role);
    },
    'POST /api/league/users/{user}/password': async ({ user }, { password }, caller) => {
      check(caller);
      const made = password === undefined ? freshPassword() : null;
      await accounts.setPassword(user, password ?? made ?? '');
      return { password: made };
    },
    'POST /api/league/users/{user}/remove': async ({ user }, _, caller) => {
      check(caller);
      checkOthers(league, user, caller);
      await league.remove(user);
    },
    'POST /api/league/reset': (_, { what }, caller) => {
      check(caller);
      return league.reset(what);
    },
  };
}

/** @throws PaddlewireError admin-required, login-required */
export function checkAdmin({ accounts }: League, caller: Caller): void {
  if (caller.leads) return;
  if (caller.session === null) throw new PaddlewireError('admin-required');
  if (userOf(accounts, caller).role !== 'admin') throw new PaddlewireError('admin-required');
}

/** Who is no leader does not shut all out. @throws PaddlewireError user-last-admin */
function checkOthers({ accounts }: League, name: string, { leads }: Caller): void {
  const { id } = accounts.named(name);
  const others = accounts.users.some((user) => user.role === 'admin' && user.id !== id);
  if (!leads && !others) throw new PaddlewireError('user-last-admin');
}
