/**
 * The hub's HTTP API as a page sees it, by canned answers: for looks, and for what needs no hub. Each answer is checked
 * by the schema of shared/contract/api.ts, and so is each body that a page sends.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ENDPOINTS, type AnswerOf, type Endpoint, type EndpointName } from '../../../shared/contract/api.ts';
import { SchemaError } from '../../../shared/contract/schema.ts';

type Params = Readonly<Record<string, string>>;
/** What was asked for with POST. */
export interface Told {
  readonly name: EndpointName;
  readonly params: Params;
  readonly body: unknown;
}

type Canned = (params: Params, body: unknown) => unknown;

export class FakeApi {
  readonly told: Told[] = [];
  /** The teacher's password; null: whoever asks leads. */
  password: string | null = null;
  readonly #answers = new Map<EndpointName, Canned>();

  /** Bytes are sent as they are. */
  set<N extends EndpointName>(name: N, answer: AnswerOf<N> | ((params: Params, body: unknown) => AnswerOf<N>)): this {
    this.#answers.set(name, typeof answer === 'function' ? (answer as Canned) : () => answer);
    return this;
  }

  /** @returns whether there is such an endpoint */
  async answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const found = find(request.method ?? 'GET', path);
    if (found === null) return false;
    const { name, params } = found;
    const endpoint: Endpoint = ENDPOINTS[name];
    const body = await read(request);
    if (endpoint.leader && this.password !== null && bearerOf(request) !== this.password) {
      refuse(response, 403, 'leader-required', 'Only who leads the class may do this.');
      return true;
    }
    const canned = this.#answers.get(name);
    if (canned === undefined && endpoint.method === 'GET') {
      refuse(response, 404, 'not-found', `No answer was set for ${name}.`);
      return true;
    }
    try {
      const checked = endpoint.body?.check(body, '');
      if (endpoint.method === 'POST') this.told.push({ name, params, body: checked });
      send(response, endpoint.answer.check(canned?.(params, checked) ?? {}, name));
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      refuse(response, 400, 'message-malformed', error.message);
    }
    return true;
  }
}

function find(method: string, path: string): { readonly name: EndpointName; readonly params: Params } | null {
  const asked = path.split('/');
  for (const name of Object.keys(ENDPOINTS) as EndpointName[]) {
    const [wantedMethod, pattern = ''] = name.split(' ');
    const wanted = pattern.split('/');
    if (wantedMethod !== method || wanted.length !== asked.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((part, at) => {
      const named = /^\{(\w+)\}$/.exec(part)?.[1];
      if (named !== undefined) params[named] = decodeURIComponent(asked[at] ?? '');
      return named !== undefined || part === asked[at];
    });
    if (fits) return { name, params };
  }
  return null;
}

/** Node gives the bytes of a header as Latin-1; the password was written in UTF-8. */
function bearerOf({ headers: { authorization = '' } }: IncomingMessage): string {
  return Buffer.from(authorization.replace(/^Bearer /, ''), 'latin1').toString('utf8');
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function send(response: ServerResponse, value: unknown): void {
  const bytes = value instanceof Uint8Array;
  const type = bytes ? 'application/octet-stream' : 'application/json';
  response.writeHead(200, { 'Content-Type': type }).end(bytes ? value : JSON.stringify(value));
}

const refuse = (response: ServerResponse, status: number, error: string, text: string): void => {
  const remedy = 'Say so in the test.';
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error, text, remedy }));
};
