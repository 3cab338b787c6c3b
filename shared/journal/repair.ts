/** Makes a whole journal of a damaged one: the whole part byte for byte, and a new index. */
import type { Damage, JournalReader } from './journal-reader.ts';
import { JournalWriter, type Sink } from './journal-writer.ts';

export interface Repaired {
  /** Bytes of the old file that were kept, and that were left out. */
  readonly kept: number;
  readonly lost: number;
  readonly lastTick: number;
  readonly damage: Damage | null;
}

/** @param bytes those of the reader */
export function repair(bytes: Uint8Array, reader: JournalReader, sink: Sink): Repaired {
  const whole = reader.whole();
  const { damage, finished } = reader;
  sink(bytes.subarray(0, whole.bytes));
  new JournalWriter(reader.header, sink, whole).finish();
  const lost = finished ? 0 : bytes.length - whole.bytes;
  return { kept: whole.bytes, lost, lastTick: whole.tick, damage };
}
