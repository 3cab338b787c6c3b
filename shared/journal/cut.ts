/** A part of a journal, as a journal. */
import { PaddlewireError } from '../errors.ts';
import type { Call, JournalHeader } from './calls.ts';
import { nominalTime } from './format.ts';
import type { JournalReader } from './journal-reader.ts';
import { JournalWriter, type Sink } from './journal-writer.ts';
import type { Plain } from './byte-writer.ts';
import { extent, memoryAt, missingTick, seek } from './seek.ts';

/** A part from one tick to another, both with all their calls; null: from the beginning, to the end. */
export interface Part {
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * Writes the calls of `from` to `to`. A part that begins later than its journal begins with a key frame, and needs the
 * rules for it. Ticks and times stay what they were.
 * @throws PaddlewireError journal-tick-missing, -rules-unknown, -unplayable
 */
export function cut(reader: JournalReader, { from, to }: Part, sink: Sink): void {
  const { first, last } = extent(reader);
  const [begin, end] = [from ?? first, to ?? last];
  for (const tick of [begin, end]) if (tick < first || tick > last) throw missingTick(reader, tick);
  if (begin > end) throw new PaddlewireError('journal-tick-missing', 'The part would end before it begins.');
  const writer = new JournalWriter(reader.header, sink);
  if (begin > first) writeBeginning(reader, begin, writer);
  let written: Call | null = null;
  for (const call of reader.calls()) {
    if (call.tick > end) break;
    written = call;
    if (call.tick >= begin || begin === first) writer.write(call);
  }
  // The part is as long as it was asked for, whether its last ticks have calls or not.
  if (written !== null && written.tick < end) {
    const time = nominalTime(written.time, end - written.tick, reader.header.rate);
    writer.write({ op: 'mark', kind: 'cut', data: null, tick: end, time });
  }
  writer.finish();
}

/** The state as it is before the calls of a tick. */
function writeBeginning(reader: JournalReader, tick: number, writer: JournalWriter): void {
  const { state, commands, time } = before(reader, tick);
  writer.write({ op: 'key', state, commands, tick, time });
  writeMemory(memoryAt(reader.calls(), tick), tick, time, writer);
}

interface Beginning {
  readonly state: Plain;
  readonly commands: readonly Plain[];
  readonly time: number;
}

function before(reader: JournalReader, tick: number): Beginning {
  const { replay, time } = seek(reader, tick - 1);
  replay.playTo(tick);
  return { state: replay.state as Plain, commands: replay.commands, time };
}

function writeMemory(memory: Plain, tick: number, time: number, writer: JournalWriter): void {
  if (Object.keys(memory as object).length === 0) return;
  writer.write({ op: 'memory', keys: [], value: memory, tick, time });
}

export interface Fork {
  readonly at: number;
  /** Wall clock in ms since 1970, when the new match begins. */
  readonly startedAt: number;
  /** What to find it by. */
  readonly about: JournalHeader['about'];
}

/**
 * Writes the beginning of a new match that goes on from a tick of another, with all calls of that tick done: the header,
 * and a key frame at that tick and time 0. It is not finished: whoever plays it goes on behind it.
 * @throws PaddlewireError journal-tick-missing, -rules-unknown, -unplayable
 */
export function fork(reader: JournalReader, { at, startedAt, about }: Fork, sink: Sink): void {
  const { replay } = seek(reader, at);
  const writer = new JournalWriter({ ...reader.header, startedAt, about }, sink);
  const key: Call = { op: 'key', state: replay.state as Plain, commands: replay.commands, tick: at, time: 0 };
  writer.write(key);
  writeMemory(memoryAt(reader.calls(), at + 1), at, 0, writer);
}
