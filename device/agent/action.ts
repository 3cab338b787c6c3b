/** Whether what an agent gave can travel as a command: plain data with finite numbers, and not too much of it. */
import { MESSAGES } from '../../shared/contract/messages.ts';
import type { ErrorCode } from '../../shared/errors.ts';

/** As JSON: a COMMAND has no more room. */
export const MAX_ACTION_LENGTH = MESSAGES.COMMAND.maxBytes;

export type Checked =
  | { readonly json: string; readonly code?: undefined }
  | { readonly code: ErrorCode; readonly text: string };

const NOTHING: Checked = { json: 'null' };

/** The action as JSON, or why it is none. */
export function checkAction(action: unknown): Checked {
  if (action === null || action === undefined) return NOTHING;
  let json: string | undefined;
  try {
    json = JSON.stringify(action, (_name, value: unknown) => plain(value));
  } catch (error) {
    return { code: 'command-invalid', text: `The action cannot be sent: ${(error as Error).message}.` };
  }
  if (json === undefined)
    return { code: 'command-invalid', text: `The action cannot be sent: it is a ${typeof action}.` };
  if (json.length <= MAX_ACTION_LENGTH) return { json };
  return { code: 'message-too-large', text: `The action has ${json.length} characters; ${MAX_ACTION_LENGTH} fit.` };
}

function plain(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} is no number to play with`);
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error(`a ${typeof value} is no action`);
  return value;
}
