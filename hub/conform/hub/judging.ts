/** How the transcript of a hub is judged: the makers of like assertions, and the longer judges. */
import { decode, formOf } from '../../../shared/contract/codec.ts';
import type { DownMessage } from '../../../shared/contract/messages.ts';
import { failed, notTried, OK, unless, type Assertion, type Verdict } from '../assertion.ts';
import { inWords } from '../in-words.ts';
import type { HubTranscript } from './script.ts';
import { downOf } from './visitor.ts';
import { ofStep, stateOf, told } from './seen.ts';

export type HubAssertion = Assertion<HubTranscript>;

const CODE = 'Answer with ERROR and this code (docs/errors.md), and go on with the device as if nothing had been.';

/** In a step something is refused with a code. */
export const refuses = (step: string, code: string, what: string, clause: string, who = 'a'): HubAssertion => ({
  id: `${step}-refused`,
  says: `${what} is answered with ERROR ${code}.`,
  clause,
  change: CODE,
  judge: (seen) =>
    ofStep(seen, step, () => {
      const errors = told(seen, step, who, 'ERROR');
      if (errors.some(({ message }) => message.code === code)) return OK;
      const other = seen
        .in(step)
        .filter((entry) => entry.who === who)
        .map((entry) => (downOf(entry) !== null && entry.kind === 'came' ? entry.bytes : null));
      const shown = other.find((bytes) => bytes !== null && !isPing(bytes));
      return failed(shown ? inWords(shown) : 'No answer.');
    }),
});

const isPing = (bytes: Uint8Array): boolean => decode(bytes).message?.type === 'PING';

/** In a step a message comes, and something holds for it. */
export const answers = <T extends DownMessage['type']>(
  id: string,
  [step, who, type]: readonly [step: string, who: string, type: T],
  says: string,
  clause: string,
  change: string,
  holds: (message: Extract<DownMessage, { type: T }>, seen: HubTranscript) => boolean = () => true,
): HubAssertion => ({
  id,
  says,
  clause,
  change,
  judge: (seen) =>
    ofStep(seen, step, () => {
      const all = told(seen, step, who, type);
      const newest = all.at(-1);
      if (newest === undefined)
        return id === idOfFirst(type, step) ? failed(`No ${type} within 2.5 s.`) : notTried(`No ${type} came.`);
      return holds(newest.message, seen) ? OK : failed(inWords(newest.bytes));
    }),
});

/** Only one assertion of a message is about its coming at all. */
const idOfFirst = (type: string, step: string): string => `${step}-${type.toLowerCase()}`;

/** As a rate over the time that it took: the kit's own computer may be busy. */
export function judgeRhythm(seen: HubTranscript): Verdict {
  const entries = seen.in('ping');
  const seconds = ((entries.at(-1)?.at ?? 0) - (entries[0]?.at ?? 0)) / 1000;
  const pings = told(seen, 'ping', 'a', 'PING').length;
  if (pings < 2) return failed(`${pings} PINGs in 3 s.`);
  const rate = (pings - 1) / seconds;
  return rate >= 2.5 && rate <= 6 ? OK : failed(`${rate.toFixed(1)} PINGs a second.`);
}

export function judgeTokens(seen: HubTranscript): Verdict {
  const tokens = told(seen, 'ping', 'a', 'PING').map(({ message }) => message.token);
  if (tokens.length < 2) return notTried('Too few PINGs came.');
  const twice = tokens.find((token, index) => tokens.indexOf(token) !== index);
  return twice === undefined ? OK : failed(`Token ${twice} came twice.`);
}

export function judgeForms(seen: HubTranscript): Verdict {
  const [a, c] = [told(seen, 'hello', 'a', 'WELCOME')[0], told(seen, 'nameless', 'c', 'WELCOME')[0]];
  if (a === undefined || c === undefined) return notTried('No WELCOME came.');
  const wrong = formOf(a.bytes) === 'cbor' ? (formOf(c.bytes) === 'json' ? null : c) : a;
  return unless(wrong && inWords(wrong.bytes));
}

export function judgeBudget(seen: HubTranscript): Verdict {
  const count = told(seen, 'flood', 'twin', 'ERROR').length;
  // Two seconds may begin within the step.
  return count <= 20 ? OK : failed(`${count} ERRORs in a second.`);
}

export function judgeGoesOn(seen: HubTranscript): Verdict {
  if (
    seen
      .in('enter', 'unknown-type', 'malformed-cbor', 'malformed-json', 'ping')
      .some(({ who, kind }) => who === 'a' && kind === 'closed')
  )
    return failed('The hub ended the connection of a device that had said something wrong.');
  if (seen.in('flood', 'calm-again').some(({ who, kind }) => who === 'twin' && kind === 'closed'))
    return failed('The hub ended the connection of a device that had said 60 wrong things.');
  return OK;
}

export function judgeSnapshots(
  seen: HubTranscript,
  look: (snapshots: { tick: number; at: number }[]) => Verdict,
): Verdict {
  const frames = seen
    .in('play')
    .flatMap((entry) =>
      entry.kind === 'came' && entry.who === 'watcher' && entry.topic.endsWith('/state') ? [entry] : [],
    );
  if (told(seen, 'play', 'a', 'OBSERVE').length === 0 && frames.length < 10) return notTried('No match began.');
  return look(
    frames.flatMap(({ bytes, at }) => {
      const tick = tickOf(bytes);
      return tick === null ? [] : [{ tick, at }];
    }),
  );
}

function tickOf(bytes: Uint8Array): number | null {
  try {
    const { message } = decode(bytes);
    return message?.type === 'SNAPSHOT' ? message.tick : null;
  } catch {
    return null;
  }
}

export const unreadable = (seen: HubTranscript): Verdict =>
  unless(
    seen.entries.flatMap((entry) =>
      entry.kind === 'came' &&
      (entry.topic.endsWith('/state')
        ? tickOf(entry.bytes) === null
        : entry.topic.endsWith('/down') && downOf(entry) === null)
        ? [`${entry.topic}: ${inWords(entry.bytes)}`]
        : [],
    )[0],
  );

export const MESSAGES_CLAUSE = 'contract.md#rule-errors';

export const judgeGoodbye = (seen: HubTranscript): Verdict =>
  seen.entries.some(({ who, kind }) => who === 'b' && kind === 'entered')
    ? stateOf(seen, 'goodbye', `conform-b-${seen.tag}`, 'disconnected')
    : notTried('There was no second player.');
