/** Where two journals differ first: in what they were begun with, in a call, in the state that follows. */
import type { Call } from './calls.ts';
import { firstDifference, type FieldDifference } from './difference.ts';
import type { JournalReader } from './journal-reader.ts';
import { timeline, type Moment } from './timeline.ts';

export interface JournalDifference {
  /** The first field of the headers that differs; not about and startedAt, for they change no match. */
  readonly header: FieldDifference | null;
  /** The first call that differs, times apart; undefined: one has no more. */
  readonly call: { readonly at: number; readonly one: Call | undefined; readonly other: Call | undefined } | null;
  /** The first tick whose state differs, and in which field; only if both can be played. */
  readonly state: (FieldDifference & { readonly tick: number }) | null;
}

export const isSameMatch = ({ header, call, state }: JournalDifference): boolean =>
  header === null && call === null && state === null;

/** Of damaged journals the whole parts. @throws PaddlewireError journal-rules-unknown, -unplayable */
export function diff(one: JournalReader, other: JournalReader): JournalDifference {
  const header = firstDifference(withoutNames(one), withoutNames(other));
  const call = firstCall(one, other);
  // Equal beginnings and equal calls make equal states.
  const state = header === null && call === null ? null : firstState(one, other);
  return { header, call, state };
}

const withoutNames = ({ header: { about: _about, startedAt: _startedAt, ...begun } }: JournalReader): unknown => begun;

function firstCall(one: JournalReader, other: JournalReader): JournalDifference['call'] {
  const [some, others] = [one.calls(), other.calls()];
  for (let at = 0; ; at++) {
    const [left, right] = [some.next(), others.next()];
    const [a, b] = [left.done === true ? undefined : left.value, right.done === true ? undefined : right.value];
    if (firstDifference(essence(a), essence(b)) !== null) return { at, one: a, other: b };
    if (a === undefined) return null;
  }
}

/** A call without its time, and without where its run began. */
function essence(call: Call | undefined): unknown {
  if (call === undefined) return undefined;
  const { time: _time, ...rest } = call;
  if (rest.op !== 'input') return rest;
  const { begins: _begins, ...input } = rest;
  return input;
}

function firstState(one: JournalReader, other: JournalReader): JournalDifference['state'] {
  const [some, others] = [timeline(one), timeline(other)];
  let [a, b] = [next(some), next(others)];
  while (a !== null && b !== null) {
    if (a.tick < b.tick) a = next(some);
    else if (b.tick < a.tick) b = next(others);
    else {
      const difference = firstDifference(a.state, b.state);
      if (difference !== null) return { ...difference, tick: a.tick };
      [a, b] = [next(some), next(others)];
    }
  }
  return null;
}

function next(moments: Iterator<Moment>): Moment | null {
  const { value, done } = moments.next() as IteratorResult<Moment, undefined>;
  return done === true ? null : value;
}
