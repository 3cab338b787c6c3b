/** The hub's HTTP API as typed calls: names, parts, bodies and answers are those of shared/contract/api.ts. */
import type { AnswerOf, BodyOf, EndpointName } from '../../../shared/contract/api.ts';
import { texts } from '../texts/common.ts';
import { password } from './teacher.ts';

/** What did not work, as a sentence, and the way out of it. */
export class ApiError extends Error {
  readonly code: string;
  readonly remedy: string;

  constructor(code: string, text: string, remedy: string) {
    super(text);
    [this.code, this.remedy] = [code, remedy];
  }
}

/** The names in a path: those of `/api/rooms/{room}/lab` are `room`. */
type PartsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | PartsOf<Rest> : never;
/** A field that may be undefined may be left out. */
type Sent<B> = { readonly [K in keyof B as undefined extends B[K] ? never : K]: B[K] } & {
  readonly [K in keyof B as undefined extends B[K] ? K : never]?: B[K];
};
type NoParts = Readonly<Record<string, never>>;

export type Params<N extends EndpointName> = [PartsOf<N>] extends [never]
  ? NoParts
  : Readonly<Record<PartsOf<N>, string>>;
/** Of a GET nothing is sent. */
export type Body<N extends EndpointName> = [BodyOf<N>] extends [never] ? undefined : Sent<BodyOf<N>>;

/** @param bearer the teacher's password, or a session of the league. @throws ApiError */
export async function call<N extends EndpointName>(
  name: N,
  params: Params<N>,
  body?: Body<N>,
  bearer = password.value,
): Promise<AnswerOf<N>> {
  return (await (await ask(name, params, body, bearer)).json()) as AnswerOf<N>;
}

/** The bytes of a match's journal, as far as it is on disk. @throws ApiError */
export async function journalBytes(match: string): Promise<Uint8Array> {
  return new Uint8Array(await (await ask('GET /api/matches/{match}/journal', { match })).arrayBuffer());
}

async function ask(
  name: EndpointName,
  params: Readonly<Record<string, string>>,
  body?: Readonly<Record<string, unknown>>,
  bearer = password.value,
): Promise<Response> {
  const [method = 'GET', pattern = ''] = name.split(' ');
  const path = pattern.replace(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(params[part] ?? ''));
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  // The hub reads the password as UTF-8; a header carries bytes, one to a letter.
  if (bearer !== '') headers['Authorization'] = `Bearer ${asBytes(bearer)}`;
  const request = { method, headers, ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }) };
  const response = await fetch(path, request).catch(() => null);
  if (response === null) throw new ApiError('unreachable', texts.unreachable, texts.unreachableRemedy);
  if (!response.ok) throw await refusal(response);
  return response;
}

/** What the hub says of its refusal; an answer that is no JSON has no sentence of its own. */
async function refusal(response: Response): Promise<ApiError> {
  const said = (await response.json().catch(() => null)) as Readonly<Record<string, unknown>> | null;
  const text = typeof said?.['text'] === 'string' ? said['text'] : texts.failed(response.status);
  const remedy = typeof said?.['remedy'] === 'string' ? said['remedy'] : texts.failedRemedy;
  return new ApiError(typeof said?.['error'] === 'string' ? said['error'] : String(response.status), text, remedy);
}

const asBytes = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));
