/** Does what only who leads the class may, or an administrator of the league; the page asks for the password when the hub does. */
import type { AnswerOf, EndpointName } from '../../../shared/contract/api.ts';
import { account } from './account.ts';
import { ApiError, call, type Body, type Params } from './api.ts';
import { askPassword } from './questions.ts';
import { keepPassword, mayLead, password } from './teacher.ts';

const WANTS_PASSWORD = new Set(['leader-required', 'admin-required']);

/** @throws ApiError, `leader-required` too where nobody gave the password */
export async function lead<N extends EndpointName>(name: N, params: Params<N>, body?: Body<N>): Promise<AnswerOf<N>> {
  for (;;) {
    try {
      return await call(name, params, body);
    } catch (error) {
      const asked = error instanceof ApiError && WANTS_PASSWORD.has(error.code);
      if (!asked) throw error;
      const wrong = password.value !== '';
      keepPassword('');
      const given = await askPassword(wrong);
      if (given === null) throw error;
      keepPassword(given);
    }
  }
}

/** Whether the hub may be asked for what an administrator of the league, or who leads, gets. */
export const mayAdminister = (): boolean => mayLead() || account.value?.user.role === 'admin';

/** What an administrator of the league may do as such, and else who leads the class. @throws ApiError */
export async function administer<N extends EndpointName>(
  name: N,
  params: Params<N>,
  body?: Body<N>,
): Promise<AnswerOf<N>> {
  const { session = '', user } = account.value ?? {};
  if (user?.role === 'admin') return call(name, params, body, session);
  return lead(name, params, body);
}
