/** What answers an endpoint of the table (shared/contract/api.ts), typed by it; and the routes that the server gets. */
import { ENDPOINTS, type AnswerOf, type BodyOf, type Endpoint, type EndpointName } from '../../shared/contract/api.ts';
import type { Call, Caller, Routes } from '../http/routes.ts';

/** The names in braces of a path. */
type PartNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PartNames<Rest>
  : never;

/** Where nothing is to be said, nothing need be returned. */
type Answer<N extends EndpointName> = [keyof AnswerOf<N>] extends [never] ? AnswerOf<N> | void : AnswerOf<N>;

/** @throws PaddlewireError */
export type Handler<N extends EndpointName> = (
  parts: { readonly [Name in PartNames<N>]: string },
  body: BodyOf<N>,
  caller: Caller,
) => Answer<N> | Promise<Answer<N>>;

export type Handlers = { readonly [N in EndpointName]: Handler<N> };

export function routesOf(handlers: Handlers): Routes {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => {
      const { leader, who, method, type, body }: Endpoint = ENDPOINTS[name as EndpointName];
      const answer = handler as (parts: unknown, given: unknown, caller: Caller) => unknown;
      const personal = who !== undefined && (who !== 'all' || method === 'POST');
      return [
        name,
        { leader, personal, type, body, answer: (call: Call) => answer(call.parts, call.body, call.caller) },
      ];
    }),
  );
}
