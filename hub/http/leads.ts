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

export function mayLead(request: IncomingMessage, leads: Leads): boolean {
  const { origin, host, authorization = '' } = request.headers;
  const address = request.socket.remoteAddress ?? '';
  if (origin !== undefined && hostOf(origin) !== host) return false;
  const post = request.method === 'POST';
  // A form of another site could send text without an Origin in old browsers; it cannot send this type unasked.
  if (post && !request.headers['content-type']?.startsWith('application/json')) return false;
  if (LOOPBACK.has(address)) return isOwnPage(post ? origin : (origin ?? `http://${host}`));
  // Node gives the bytes of a header as Latin-1; the password was written in UTF-8.
  const password = Buffer.from(authorization.slice(BEARER.length), 'latin1');
  return authorization.startsWith(BEARER) && leads(password, address);
}

/**
 * A page of the internet is of this computer too once its name is made to mean 127.0.0.1 (DNS rebinding). A POST of a
 * page says its Origin; a GET of a page to its own host does not.
 */
const isOwnPage = (origin: string | undefined): boolean =>
  origin === undefined || OWN_NAMES.has(URL.canParse(origin) ? new URL(origin).hostname : '');

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
