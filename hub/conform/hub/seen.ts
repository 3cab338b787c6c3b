/** Questions that judges ask the transcript of a hub. */
import type { DownMessage } from '../../../shared/contract/messages.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { failed, notTried, OK, type Verdict } from '../assertion.ts';
import type { HubTranscript } from './script.ts';
import { downOf } from './visitor.ts';

/** What a client was told of a type in a step; null: in all. */
export function told<T extends DownMessage['type']>(
  seen: HubTranscript,
  step: string | null,
  who: string,
  type: T,
): { readonly message: Extract<DownMessage, { type: T }>; readonly bytes: Uint8Array }[] {
  return (step === null ? seen.entries : seen.in(step)).flatMap((entry) => {
    const message = entry.who === who ? downOf(entry) : null;
    return message?.type === type && entry.kind === 'came'
      ? [{ message: message as Extract<DownMessage, { type: T }>, bytes: entry.bytes }]
      : [];
  });
}

export function ofStep(seen: HubTranscript, step: string, look: () => Verdict): Verdict {
  const why = seen.whyNot(step);
  return why === null ? look() : notTried(why);
}

export const ended = (seen: HubTranscript, step: string, who: string): boolean =>
  seen.in(step).some((entry) => entry.who === who && entry.kind === 'closed');

export const came = (seen: HubTranscript, step: string, who: string): boolean =>
  seen.in(step).some((entry) => entry.who === who && entry.kind === 'entered');

/** Whether a page was kept for who comes later, and says what it should. */
export function retained(
  seen: HubTranscript,
  topicEnd: string,
  holds: (page: Readonly<Record<string, unknown>>) => boolean,
): Verdict {
  const page = seen
    .in('retained')
    .find((entry) => entry.kind === 'came' && entry.who === 'later' && entry.retain && entry.topic.endsWith(topicEnd));
  if (page?.kind !== 'came') return failed('Nothing was kept.');
  const text = Buffer.from(page.bytes).toString();
  const read = jsonOf(text);
  return read !== null && holds(read) ? OK : failed(text.slice(0, 200));
}

/** Whether the presence of a device became so in a step. */
export function stateOf(seen: HubTranscript, step: string, id: string, state: string): Verdict {
  const pages = seen
    .in(step)
    .flatMap((entry) =>
      entry.kind === 'came' && entry.who === 'watcher' && entry.topic === topics.presence(id)
        ? [Buffer.from(entry.bytes).toString()]
        : [],
    );
  if (pages.some((page) => jsonOf(page)?.['state'] === state)) return OK;
  return failed(pages.at(-1)?.slice(0, 200) ?? 'Nothing was published.');
}

function jsonOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
