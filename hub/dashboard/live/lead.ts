/** Does what only who leads the class may; the page asks for the password when the hub does. */
import type { AnswerOf, EndpointName } from '../../../shared/contract/api.ts';
import { ApiError, call, type Body, type Params } from './api.ts';
import { askPassword } from './questions.ts';
import { keepPassword, password } from './teacher.ts';

/** @throws ApiError, `leader-required` too where nobody gave the password */
export async function lead<N extends EndpointName>(name: N, params: Params<N>, body?: Body<N>): Promise<AnswerOf<N>> {
  for (;;) {
    try {
      return await call(name, params, body);
    } catch (error) {
      const asked = error instanceof ApiError && error.code === 'leader-required';
      if (!asked) throw error;
      const wrong = password.value !== '';
      keepPassword('');
      const given = await askPassword(wrong);
      if (given === null) throw error;
      keepPassword(given);
    }
  }
}
