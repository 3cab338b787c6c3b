/** What an agent's process and whoever started it say to each other: lines of JSON on a pipe of their own. */
import { ERRORS, type ErrorCode } from '../../../shared/errors.ts';
import type { EndStats } from '../agent.ts';
import { SHAPES, type Shape } from '../brain.ts';

/** The pipe, as a file descriptor of the agent's process: its output is left to the agent. */
export const HOST_FD = 3;

/** To the agent. */
export type Told =
  | { readonly do: 'load'; readonly file: string; readonly args: readonly string[] }
  | { readonly do: 'begin'; readonly match: string }
  | { readonly do: 'step'; readonly tick: number; readonly seen: unknown }
  | { readonly do: 'end'; readonly won: boolean; readonly stats: EndStats }
  | { readonly do: 'ready' }
  | { readonly do: 'error' | 'message'; readonly text: string }
  | { readonly do: 'gone' };

/** From the agent. `failed` is the last it says. */
export type Said =
  | { readonly did: 'loaded'; readonly shape: Shape }
  | { readonly did: 'acted'; readonly tick: number; readonly value: unknown }
  | { readonly did: 'refused'; readonly tick: number; readonly code: ErrorCode; readonly text: string }
  | { readonly did: 'ready'; readonly ready: boolean }
  | { readonly did: 'ended' }
  | { readonly did: 'failed'; readonly code: ErrorCode; readonly text: string };

/** Room for whatever an honest host says; what is longer is none of ours. */
export const MAX_LINE = 16_384;

/** Takes chunks, gives whole lines. @throws RangeError a line has no end */
export class Lines {
  readonly #decoder = new TextDecoder();
  #rest = '';

  *push(chunk: Uint8Array): Generator<string> {
    this.#rest += this.#decoder.decode(chunk, { stream: true });
    for (let end = this.#rest.indexOf('\n'); end >= 0; end = this.#rest.indexOf('\n')) {
      const line = this.#rest.slice(0, end);
      this.#rest = this.#rest.slice(end + 1);
      yield line;
    }
    if (this.#rest.length > MAX_LINE) throw new RangeError('a line has no end');
  }
}

/** What an agent's process said: its code can write on the pipe too, so nothing is believed. @returns null: no message */
export function parseSaid(line: string): Said | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const said = value as Readonly<Record<string, unknown>>;
  const { did, tick, code, text } = said;
  const coded = typeof code === 'string' && Object.hasOwn(ERRORS, code) && typeof text === 'string';
  const fits =
    (did === 'loaded' && SHAPES.includes(said['shape'] as Shape)) ||
    (did === 'acted' && typeof tick === 'number') ||
    (did === 'refused' && typeof tick === 'number' && coded) ||
    (did === 'ready' && typeof said['ready'] === 'boolean') ||
    did === 'ended' ||
    (did === 'failed' && coded);
  return fits ? (value as Said) : null;
}
