/** TypeScript as JavaScript: types are blanked out, so that lines and columns stay what they were. */
import { createRequire } from 'node:module';
import type * as Transform from '@swc/wasm-typescript';
import { PaddlewireError } from '../../shared/errors.ts';

/** What the transform throws. */
interface Refusal {
  readonly code?: string;
  readonly message?: string;
  readonly startLine?: number;
}

let loaded: typeof Transform | null = null;
/** It is large: an agent in JavaScript does without. */
const transform = (): typeof Transform =>
  (loaded ??= createRequire(import.meta.url)('@swc/wasm-typescript') as typeof Transform);

/** @throws PaddlewireError agent-syntax */
export function withoutTypes(text: string, path: string): string {
  try {
    return transform().transformSync(text, { mode: 'strip-only', filename: path }).code;
  } catch (error) {
    if ((error as Refusal).code === 'UnsupportedSyntax') return withCode(text, path);
    throw refused(path, error as Refusal);
  }
}

/** Enums and parameter properties are more than types: code is made for them, and lines move. */
function withCode(text: string, path: string): string {
  try {
    return transform().transformSync(text, { mode: 'transform', filename: path }).code;
  } catch (error) {
    throw refused(path, error as Refusal);
  }
}

const refused = (path: string, { message = 'This is no TypeScript', startLine }: Refusal): PaddlewireError =>
  new PaddlewireError('agent-syntax', `${message} (${path}${startLine === undefined ? '' : `:${startLine}`}).`);
