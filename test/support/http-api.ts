/** Asks a hub's API as who leads the class does, on the hub's own computer. */
import type { AnswerOf, BodyOf, EndpointName } from '../../shared/contract/api.ts';

export interface Answered<T> {
  readonly status: number;
  readonly body: T & { readonly error?: string; readonly text?: string };
}

/** @param parts what stands in the path for each `{name}` */
export async function call<N extends EndpointName>(
  http: string,
  name: N,
  parts: Readonly<Record<string, string>> = {},
  body?: Partial<BodyOf<N>>,
): Promise<Answered<AnswerOf<N>>> {
  const [method = '', pattern = ''] = name.split(' ');
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(parts[part] ?? ''));
  const response = await fetch(http + path, {
    method,
    ...(method === 'POST' && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}) }),
  });
  return { status: response.status, body: (await response.json()) as Answered<AnswerOf<N>>['body'] };
}
