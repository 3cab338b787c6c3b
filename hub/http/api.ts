/** Answers the routes of the API: who may, what is sent, how often it is made, and what went wrong in a sentence. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SchemaError } from '../../shared/contract/schema.ts';
import { ERRORS, PaddlewireError, type ErrorCode } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { Answers } from './answers.ts';
import { bearerOf, isForeign, mayLead, type Leads } from './leads.ts';
import { Router, type Caller, type Found, type Route, type Routes } from './routes.ts';

export interface ApiParts {
  readonly routes: Routes;
  readonly leads: Leads;
  /** Whether what stands behind `Bearer` is a session of the league, and no password. */
  readonly isSession?: (bearer: string) => boolean;
  readonly clock: Pick<Clock, 'now'>;
}

type Body = string | Uint8Array;

const JSON_TYPE = 'application/json';
/** Enough for the names of all who play in the largest tournament. */
const MAX_BODY_BYTES = 8192;
/** Codes that have a status of their own; 400 is that of the others. */
const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  'leader-required': 403,
  'login-required': 401,
  'admin-required': 403,
  'match-unknown': 404,
};

export class Api {
  readonly #parts: ApiParts;
  readonly #router: Router;
  readonly #answers: Answers<Body>;

  constructor(parts: ApiParts) {
    this.#parts = parts;
    this.#router = new Router(parts.routes);
    this.#answers = new Answers(parts.clock);
  }

  /** What answers a request. HEAD is a GET whose body is not sent. @param path as it stands in the request */
  find(method: string | undefined, path: string): Found | null {
    return this.#router.find(method === 'HEAD' ? 'GET' : (method ?? ''), path);
  }

  /** The methods that a path of the API has; none: it is not of the API. */
  methods(path: string): readonly string[] {
    return this.#router.methods(path).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  }

  /** Answers; what is no error of the user is thrown. */
  async answer(request: IncomingMessage, response: ServerResponse, path: string, found: Found): Promise<void> {
    const { route } = found;
    try {
      const caller = this.#callerOf(request, route);
      if (request.method === 'POST') {
        const body = check(route, parse(await read(request)));
        const value = await route.answer({ parts: found.parts, body, caller });
        // What was changed is seen at once.
        this.#answers.clear();
        return send(response, 200, route, encoded(route, value));
      }
      send(response, 200, route, await this.#read(path, found, caller));
    } catch (error) {
      if (!(error instanceof PaddlewireError)) throw error;
      const { code, message } = error;
      const said = JSON.stringify({ error: code, text: message, remedy: ERRORS[code].remedy });
      send(response, STATUS[code] ?? 400, {}, said);
    }
  }

  /** Forgets what was answered. */
  clear(): void {
    this.#answers.clear();
  }

  /** @throws PaddlewireError leader-required */
  #callerOf(request: IncomingMessage, { leader, personal = false }: Route): Caller {
    const { leads, isSession = () => false } = this.#parts;
    const address = request.socket.remoteAddress ?? '';
    const given = isForeign(request) ? null : bearerOf(request);
    const session = given !== null && isSession(given) ? given : null;
    // A session is no try of the teacher's password, and what is for all asks for none.
    const mayBe = leader || personal;
    const caller = {
      leads: mayBe && mayLead(request, session === null ? leads : () => false),
      session,
      address,
    };
    if (leader && !caller.leads) throw new PaddlewireError('leader-required');
    return caller;
  }

  async #read(path: string, { route, parts }: Found, caller: Caller): Promise<Body> {
    const make = async (): Promise<Body> => encoded(route, await route.answer({ parts, body: undefined, caller }));
    if (route.personal === true) return make();
    const body = await this.#answers.get(path, make);
    if (typeof body !== 'string') this.#answers.forget(path);
    return body;
  }
}

const encoded = ({ type }: Route, value: unknown): Body =>
  type === undefined ? JSON.stringify(value ?? {}) : (value as Body);

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

function parse(body: Buffer): unknown {
  try {
    const value: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw new PaddlewireError('message-malformed', 'The body is not a JSON object.');
}

/** @throws PaddlewireError message-malformed, with the sentence of the schema */
function check({ body: schema }: Route, value: unknown): unknown {
  try {
    return schema?.check(value, '');
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    throw new PaddlewireError('message-malformed', error.message);
  }
}

function send(response: ServerResponse, status: number, { type = JSON_TYPE }: Pick<Route, 'type'>, body: Body): void {
  response
    .writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store', 'Content-Length': Buffer.byteLength(body) })
    .end(body);
}
