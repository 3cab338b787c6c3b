/** What a journal is, without playing it. */
import type { CallOf, JournalHeader, Op } from './calls.ts';
import type { Damage, JournalReader } from './journal-reader.ts';
import { extent } from './seek.ts';

export interface JournalInfo {
  readonly header: JournalHeader;
  readonly bytes: number;
  readonly firstTick: number;
  readonly lastTick: number;
  /** Of the last call, in ms. */
  readonly lastTime: number;
  /** How many calls of each op. */
  readonly counts: Readonly<Partial<Record<Op, number>>>;
  readonly outcome: CallOf<'outcome'> | null;
  readonly finished: boolean;
  readonly damage: Damage | null;
}

export function info(bytes: Uint8Array, reader: JournalReader): JournalInfo {
  const counts: Partial<Record<Op, number>> = {};
  const { first } = extent(reader);
  let [lastTick, lastTime] = [first, 0];
  let outcome: CallOf<'outcome'> | null = null;
  for (const call of reader.calls()) {
    counts[call.op] = (counts[call.op] ?? 0) + 1;
    lastTick = Math.max(lastTick, call.tick);
    lastTime = Math.max(lastTime, call.time);
    if (call.op === 'outcome') outcome = call;
  }
  const { header, finished, damage } = reader;
  return { header, bytes: bytes.length, firstTick: first, lastTick, lastTime, counts, outcome, finished, damage };
}
