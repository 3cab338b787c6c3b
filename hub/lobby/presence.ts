/** The retained page of a device's presence: what the hub knows of it, and what a client or its will may say. */
import { PRESENCES, type Presence } from '../../shared/contract/topics.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Session } from './session.ts';

/** The JSON of `devices/<id>/presence`. @param seat where it sits in its room, if it does */
export function presencePage(
  { name, kind, births, link, room }: Session,
  state: Presence,
  seat: string | null,
): string {
  return JSON.stringify({ state, session: births, name, kind, link: link?.kind ?? null, room, seat });
}

/** What a client says of its presence. @throws PaddlewireError message-malformed */
export function presenceIn(payload: Uint8Array): Presence {
  let said: unknown;
  try {
    said = JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    said = null;
  }
  const state = PRESENCES.find((known) => known === (said as { state?: unknown } | null)?.state);
  if (state === undefined) throw new PaddlewireError('message-malformed', 'Not the JSON of a presence.');
  return state;
}
