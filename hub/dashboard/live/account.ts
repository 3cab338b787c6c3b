/** Who is logged in to the league at this page. The hub ends the session; until then the browser keeps it. */
import { signal } from '@preact/signals';
import type { AnswerOf, EndpointName } from '../../../shared/contract/api.ts';
import type { OpenedSession } from '../../../shared/contract/league-api.ts';
import { ApiError, call, type Body, type Params } from './api.ts';
import { isFields } from './json-fields.ts';

const KEPT_AS = 'paddlewire-session';

/** null: nobody is. */
export const account = signal<OpenedSession | null>(kept());

export function keepAccount(opened: OpenedSession | null): void {
  account.value = opened;
  try {
    if (opened === null) localStorage.removeItem(KEPT_AS);
    else localStorage.setItem(KEPT_AS, JSON.stringify(opened));
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}

/** Does what only who is logged in may. Where the session has ended, nobody is logged in any more. @throws ApiError */
export async function asUser<N extends EndpointName>(name: N, params: Params<N>, body?: Body<N>): Promise<AnswerOf<N>> {
  try {
    return await call(name, params, body, account.value?.session ?? '');
  } catch (error) {
    if (error instanceof ApiError && error.code === 'login-required') keepAccount(null);
    throw error;
  }
}

function kept(): OpenedSession | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? 'null');
    return isSession(found) && found.expiresAt > Date.now() ? found : null;
  } catch {
    return null;
  }
}

function isSession(found: unknown): found is OpenedSession {
  if (!isFields(found) || !isFields(found['user'])) return false;
  const { name, role } = found['user'];
  return (
    [found['session'], name, role].every((one) => typeof one === 'string') && typeof found['expiresAt'] === 'number'
  );
}
