/** What the HTTP server answers, by method and path; `{name}` in a path stands for one part of any text. */
import type { Schema } from '../../shared/contract/schema.ts';

/** Who asks. */
export interface Caller {
  /** Whether it is who leads the class. */
  readonly leads: boolean;
  /** What it was given when it logged in; null: nothing. */
  readonly session: string | null;
  readonly address: string;
}

export interface Call {
  /** What stands in the path for each `{name}`. */
  readonly parts: Readonly<Record<string, string>>;
  /** Checked; undefined for a GET. */
  readonly body: unknown;
  readonly caller: Caller;
}

export interface Route {
  /** Whether only who leads the class may. */
  readonly leader: boolean;
  /** Whether what it answers depends on who asks: such an answer is kept for nobody. */
  readonly personal?: boolean;
  /** Media type of an answer that is text or bytes as they are; left out: it is JSON. */
  readonly type?: string | undefined;
  /** What the body of a POST has to be. */
  readonly body?: Schema<unknown> | undefined;
  /** @throws PaddlewireError */
  answer(call: Call): unknown;
}

/** By method and path, e.g. `POST /api/rooms/{room}/pause`. */
export type Routes = Readonly<Record<string, Route>>;

export interface Found {
  readonly route: Route;
  readonly parts: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly method: string;
  readonly path: readonly string[];
  readonly route: Route;
}

export class Router {
  readonly #patterns: readonly Pattern[];

  constructor(routes: Routes) {
    this.#patterns = Object.entries(routes).map(([name, route]) => {
      const [method = '', path = ''] = name.split(' ');
      return { method, path: path.split('/'), route };
    });
  }

  /** @param path as it stands in the request: each part is decoded by itself */
  find(method: string, path: string): Found | null {
    const asked = partsOf(path);
    for (const pattern of this.#patterns) {
      const parts = pattern.method === method ? match(pattern.path, asked) : null;
      if (parts !== null) return { route: pattern.route, parts };
    }
    return null;
  }

  /** The methods that a path has. */
  methods(path: string): string[] {
    const asked = partsOf(path);
    return this.#patterns.filter((pattern) => match(pattern.path, asked) !== null).map(({ method }) => method);
  }
}

const partsOf = (path: string): string[] => path.split('/').map((part) => decodeURIComponent(part));

function match(pattern: readonly string[], asked: readonly string[]): Record<string, string> | null {
  if (pattern.length !== asked.length) return null;
  const parts: Record<string, string> = {};
  for (const [at, wanted] of pattern.entries()) {
    const given = asked[at] as string;
    if (wanted.startsWith('{')) parts[wanted.slice(1, -1)] = given;
    else if (wanted !== given) return null;
  }
  return parts;
}
