/** Questions that judges ask the transcript of a device. */
import type { Message, UpMessage } from '../../../shared/contract/messages.ts';
import { failed, notTried, OK, type Verdict } from '../assertion.ts';
import { inWords } from '../in-words.ts';
import type { Logged, Transcript } from '../transcript.ts';
import type { DeviceTranscript } from './step.ts';
import type { DeviceEntry } from './wire.ts';

export type Up = Extract<Logged<DeviceEntry>, { kind: 'up' }>;
type Type = UpMessage['type'];

/** An INPUT, whole or short. */
export interface SeenInput {
  readonly entry: Up;
  readonly seq: number;
  readonly short: boolean;
  readonly buttons: number;
  readonly axis: number | null;
  /** µs; null: it does not say. */
  readonly time: number | null;
}

export const ups = (seen: DeviceTranscript, ...steps: string[]): Up[] =>
  (steps.length === 0 ? seen.entries : seen.in(...steps)).filter((entry): entry is Up => entry.kind === 'up');

export const messages = <T extends Type>(
  entries: readonly Logged<DeviceEntry>[],
  type: T,
): { entry: Up; message: Extract<UpMessage, { type: T }> }[] =>
  entries.flatMap((entry) =>
    entry.kind === 'up' && entry.message?.type === type
      ? [{ entry, message: entry.message as Extract<UpMessage, { type: T }> }]
      : [],
  );

export function inputOf(entry: Logged<DeviceEntry>): SeenInput | null {
  if (entry.kind !== 'up') return null;
  const { short, message } = entry;
  if (short !== null) return { entry, short: true, ...short };
  if (message?.type !== 'INPUT') return null;
  const { seq, buttons, axis, time } = message;
  return { entry, short: false, seq, buttons, axis, time: time === 0 ? null : time };
}

export const inputs = (entries: readonly Logged<DeviceEntry>[]): SeenInput[] =>
  entries.flatMap((entry) => inputOf(entry) ?? []);

export const sent = <T extends Message['type']>(
  entries: readonly Logged<DeviceEntry>[],
  type: T,
): { at: number; message: Extract<Message, { type: T }> }[] =>
  entries.flatMap((entry) =>
    entry.kind === 'down' && entry.message.type === type
      ? [{ at: entry.at, message: entry.message as Extract<Message, { type: T }> }]
      : [],
  );

/** The type that bytes seem to be meant as, even if they are broken. */
export function meantAs({ bytes, message, short }: Up): number | null {
  if (message !== null || short !== null) return null;
  const [first = 0, second = 0] = bytes;
  if (first >= 0x80 && first < 0x98) return second;
  const name = /"type"\s*:\s*"([A-Z]+)"/.exec(Buffer.from(bytes).toString())?.[1];
  return name === undefined ? null : (NAMED[name] ?? null);
}

const NAMED: Readonly<Record<string, number>> = {
  HELLO: 1,
  JOIN: 2,
  LEAVE: 3,
  INPUT: 4,
  COMMAND: 5,
  RECORD: 6,
  PONG: 7,
  REPORT: 9,
};

/** What came, in words. */
export const said = ({ bytes, problem }: Up): string => inWords(bytes) + (problem === null ? '' : ` (${problem})`);

/** Not tried where a step was not made, else what `look` finds. */
export function ofStep(seen: DeviceTranscript, step: string, look: () => Verdict): Verdict {
  const why = seen.whyNot(step);
  return why === null ? look() : notTried(why);
}

/** Neighbours in time, without a new HELLO or connection between them. */
export function pairs<T extends { readonly entry: Up }>(seen: DeviceTranscript, all: readonly T[]): [T, T][] {
  const breaks = seen.entries.filter((entry) => entry.kind === 'closed' || isHello(entry));
  return all.slice(1).flatMap((next, index): [T, T][] => {
    const before = all[index] as T;
    const broken = breaks.some(({ at }) => at > before.entry.at && at <= next.entry.at);
    return broken ? [] : [[before, next]];
  });
}

const isHello = (entry: Logged<DeviceEntry>): boolean => entry.kind === 'up' && entry.message?.type === 'HELLO';

/** How long a device may take to answer. */
const AT_ONCE_MS = 1000;

/** A PING of the step for it that was not answered in time; null if there is none. */
export function unansweredPing(seen: Transcript<DeviceEntry>): { readonly at: number; readonly token: number } | null {
  const entries = seen.in('ping');
  const until = (entries.at(-1)?.at ?? 0) - AT_ONCE_MS;
  const pongs = messages(seen.entries, 'PONG');
  const inTime = (from: number, at: number): boolean => at - from <= AT_ONCE_MS + seen.stallsIn(from, at);
  const open = sent(entries, 'PING').find(
    ({ at, message: { token } }) =>
      at <= until && !pongs.some(({ entry, message }) => message.token === token && inTime(at, entry.at)),
  );
  return open === undefined ? null : { at: open.at, token: open.message.token };
}

/** Whether the device lived through a step: it answered a PING sent in it, and neither ended nor began anew. */
export function survived(seen: DeviceTranscript, step: string): Verdict {
  return ofStep(seen, step, () => {
    const entries = seen.in(step);
    const provoked = entries.find(({ kind }) => kind === 'provoked' || kind === 'down')?.at ?? 0;
    const anew = entries.find(isHello);
    if (anew !== undefined) return failed(`It began anew: ${said(anew as Up)}`);
    if (entries.some(({ kind }) => kind === 'closed')) return failed('It ended the connection.');
    const tokens = new Set(
      sent(entries, 'PING')
        .filter(({ at }) => at >= provoked)
        .map(({ message }) => message.token),
    );
    const answered = messages(entries, 'PONG').some(({ message }) => tokens.has(message.token));
    return answered ? OK : failed('Nothing: it answered no PING any more.');
  });
}
