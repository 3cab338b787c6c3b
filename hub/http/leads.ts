/**
 * Who leads the class: from the hub's own computer, or with the teacher's password. A page of another site in the
 * teacher's browser does not.
 */
import type { IncomingMessage } from 'node:http';

/** Whether this is the teacher's password. @param address where it comes from */
export type Leads = (password: Uint8Array, address: string) => boolean;

const BEARER = 'Bearer ';
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
/** What this computer is called by its own pages. */
const OWN_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What stands behind `Bearer`; null: nothing does. */
export const bearerOf = ({ headers: { authorization = '' } }: IncomingMessage): string | null =>
  authorization.startsWith(BEARER) ? authorization.slice(BEARER.length) : null;

/** Whether a page of another site may have caused the request: it can send no JSON unasked, and says whose it is. */
export function isForeign({ headers: { origin, host, ...others }, method }: IncomingMessage): boolean {
  if (origin !== undefined && hostOf(origin) !== host) return true;
  return method === 'POST' && !others['content-type']?.startsWith('application/json');
}

export function mayLead(request: IncomingMessage, leads: Leads): boolean {
  const { origin, host } = request.headers;
  const address = request.socket.remoteAddress ?? '';
  if (isForeign(request)) return false;
  const post = request.method === 'POST';
  if (LOOPBACK.has(address)) return isOwnPage(post ? origin : (origin ?? `http://${host}`));
  const given = bearerOf(request);
  // Node gives the bytes of a header as Latin-1; the password was written in UTF-8.
  return given !== null && leads(Buffer.from(given, 'latin1'), address);
}

/**
 * A page of the internet is of this computer too once its name is made to mean 127.0.0.1 (DNS rebinding). A POST of a
 * page says its Origin; a GET of a page to its own host does not.
 */
const isOwnPage = (origin: string | undefined): boolean =>
  origin === undefined || OWN_NAMES.has(URL.canParse(origin) ? new URL(origin).hostname : '');

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
