/** Any tick of a journal, from the key frame before it. */
import { PaddlewireError } from '../errors.ts';
import type { Plain } from './byte-writer.ts';
import type { Call } from './calls.ts';
import type { JournalReader } from './journal-reader.ts';
import type { IndexEntry } from './journal-writer.ts';
import { Memory } from './memory.ts';
import { played, rulesOf } from './open.ts';
import { Replay } from './replay.ts';

/** A match at the beginning of a tick, with all calls of that tick done. */
export interface Moment {
  readonly replay: Replay;
  /** Of the last call, in ms. */
  readonly time: number;
}

/** The last key frame at or before a tick. */
export function keyBefore(index: readonly IndexEntry[], tick: number): IndexEntry | undefined {
  let [low, high] = [0, index.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index[middle] as IndexEntry).tick <= tick) low = middle + 1;
    else high = middle;
  }
  return index[low - 1];
}

/**
 * @param index of the journal; of one without: `scan`
 * @throws PaddlewireError journal-tick-missing, -rules-unknown, -unplayable
 */
export function seek(
  reader: JournalReader,
  tick: number,
  index: readonly IndexEntry[] = reader.index() ?? reader.scan(),
): Moment {
  const replay = new Replay(rulesOf(reader.header), reader.header);
  let time = 0;
  let ended = true;
  for (const call of reader.calls(keyBefore(index, tick))) {
    if (call.tick > tick) {
      ended = false;
      break;
    }
    played(() => replay.apply(call));
    time = call.time;
  }
  if (replay.tick > tick || (ended && replay.tick < tick)) throw missingTick(reader, tick);
  played(() => replay.playTo(tick));
  return { replay, time };
}

/** First and last tick. */
export function extent(reader: JournalReader): { readonly first: number; readonly last: number } {
  for (const call of reader.calls()) {
    const first = call.op === 'key' ? call.tick : 0;
    return { first, last: reader.whole().tick };
  }
  return { first: 0, last: 0 };
}

export function missingTick(reader: JournalReader, tick: number): PaddlewireError {
  const { first, last } = extent(reader);
  return new PaddlewireError('journal-tick-missing', `There is no tick ${tick}: the journal has ${first} to ${last}.`);
}

/** The memory as it is before the calls of a tick. */
export function memoryAt(calls: Iterable<Call>, tick: number): Plain {
  const memory = new Memory();
  for (const call of calls) {
    if (call.tick >= tick) break;
    if (call.op === 'memory') memory.take(call.keys, call.value);
  }
  return memory.all;
}
