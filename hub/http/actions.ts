/**
 * What may be changed over HTTP: POST with a JSON object. Only who leads the class may: from the hub's own computer, or
 * with the teacher's password. A page of another site in the teacher's browser may not.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ERRORS, PaddlewireError } from '../../shared/errors.ts';

/** Does it. What it returns is the JSON answer. @throws PaddlewireError */
export type Action = (body: Readonly<Record<string, unknown>>, parts: readonly string[]) => unknown;

export interface ActionsParts {
  /** By path; a part `*` stands for one part of any text, which the action is given. */
  readonly actions: Readonly<Record<string, Action>>;
  /** Whether this is the teacher's password. @param address where it comes from */
  leads(password: Uint8Array, address: string): boolean;
}

const MAX_BODY_BYTES = 4096;
const BEARER = 'Bearer ';
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
/** What this computer is called by its own pages. */
const OWN_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

export class Actions {
  readonly #parts: ActionsParts;

  constructor(parts: ActionsParts) {
    this.#parts = parts;
  }

  /** Whether there is an action at a path, as it stands in the request: each part is decoded by itself. */
  has(path: string): boolean {
    return this.#find(path) !== null;
  }

  async answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const found = this.#find(path);
    if (found === null) return send(response, 404, { error: 'not-found', text: 'There is nothing to do here.' });
    try {
      if (!this.#mayLead(request)) throw new PaddlewireError('leader-required');
      const body = parse(await read(request));
      send(response, 200, (await found.action(body, found.parts)) ?? {});
    } catch (error) {
      if (!(error instanceof PaddlewireError)) throw error;
      const { code, message } = error;
      send(response, code === 'leader-required' ? 403 : 400, {
        error: code,
        text: message,
        remedy: ERRORS[code].remedy,
      });
    }
  }

  #find(path: string): { readonly action: Action; readonly parts: readonly string[] } | null {
    const asked = path.split('/').map((part) => decodeURIComponent(part));
    for (const [pattern, action] of Object.entries(this.#parts.actions)) {
      const wanted = pattern.split('/');
      const fits = wanted.length === asked.length && wanted.every((part, at) => part === '*' || part === asked[at]);
      if (fits) return { action, parts: asked.filter((_, at) => wanted[at] === '*') };
    }
    return null;
  }

  #mayLead(request: IncomingMessage): boolean {
    const { origin, host, authorization = '' } = request.headers;
    const address = request.socket.remoteAddress ?? '';
    if (origin !== undefined && hostOf(origin) !== host) return false;
    // A form of another site could send text without an Origin in old browsers; it cannot send this type unasked.
    if (!request.headers['content-type']?.startsWith('application/json')) return false;
    // A page of the internet is of this computer too once its name is made to mean 127.0.0.1 (DNS rebinding).
    if (LOOPBACK.has(address)) return origin === undefined || OWN_NAMES.has(new URL(origin).hostname);
    // Node gives the bytes of a header as Latin-1; the password was written in UTF-8.
    const password = Buffer.from(authorization.slice(BEARER.length), 'latin1');
    return authorization.startsWith(BEARER) && this.#parts.leads(password, address);
  }
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new PaddlewireError('message-too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new PaddlewireError('message-malformed', 'The body is not a JSON object.');
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response
    .writeHead(status, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'Content-Length': Buffer.byteLength(body),
    })
    .end(body);
}
