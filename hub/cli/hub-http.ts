/** Asks a running hub over HTTP, and says in a sentence what kept it from answering. */
import { isIPv6 } from 'node:net';
import { PaddlewireError, ERRORS, type ErrorCode } from '../../shared/errors.ts';

const DEFAULT_PORT = 8080;
const TIMEOUT_MS = 10_000;

export interface HubHttp {
  get(path: string): Promise<unknown>;
  /** @throws PaddlewireError with the hub's own code */
  post(path: string, body?: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/**
 * @param host host, host:port or URL of the dashboard
 * @param secret the teacher's password, if the hub is another computer
 */
export function hubHttp(host: string, secret: string | undefined): HubHttp {
  const base = baseOf(host);
  const ask = async (path: string, init: RequestInit): Promise<unknown> => {
    let response: Response;
    try {
      response = await fetch(new URL(path, base), { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch {
      throw new PaddlewireError('hub-unreachable', `No hub answers at ${base.host}.`);
    }
    const answer = (await response.json().catch(() => null)) as { error?: string; text?: string } | null;
    if (response.ok && answer !== null) return answer;
    const known = answer?.error !== undefined && Object.hasOwn(ERRORS, answer.error);
    const code = known ? (answer.error as ErrorCode) : 'hub-unreachable';
    throw new PaddlewireError(code, answer?.text ?? `What answers at ${base.host} is no hub.`);
  };
  // A header takes bytes: those of UTF-8, each as a letter of Latin-1.
  const password = Buffer.from(secret ?? '').toString('latin1');
  const authorization = secret === undefined ? {} : { Authorization: `Bearer ${password}` };
  return {
    get: (path) => ask(path, {}),
    post: (path, body = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...authorization },
        body: JSON.stringify(body),
      }),
  };
}

function baseOf(host: string): URL {
  try {
    const place = isIPv6(host) ? `[${host}]` : host;
    const url = new URL(host.includes('://') ? host : `http://${place}`);
    if (url.port === '' && !host.includes('://')) url.port = String(DEFAULT_PORT);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  } catch {
    // Said below.
  }
  throw new PaddlewireError('usage', `--host is the hub's dashboard, e.g. 192.168.1.20:8080, not ${host}.`);
}
