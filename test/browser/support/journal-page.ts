/** Runs in a page: reads a journal and plays it again. Bundled by the test. */
import { JournalReader } from '../../../shared/journal/journal-reader.ts';
import { rulesOf } from '../../../shared/journal/open.ts';
import { Replay } from '../../../shared/journal/replay.ts';
import { verify, type Verdict } from '../../../shared/journal/verify.ts';
import { stateHash } from '../../../shared/sim/state-hash.ts';

export interface Played {
  readonly verdict: Verdict;
  /** Of the state at every tick. */
  readonly hashes: readonly string[];
}

export function play(bytes: Uint8Array): Played {
  const reader = new JournalReader(bytes);
  const replay = new Replay(rulesOf(reader.header), reader.header);
  const hashes: string[] = [];
  for (const call of reader.calls()) {
    while (replay.tick < call.tick) {
      hashes.push(stateHash(replay.state));
      replay.playTo(replay.tick + 1);
    }
    replay.apply(call);
  }
  hashes.push(stateHash(replay.state));
  return { verdict: verify(reader), hashes };
}

Object.assign(globalThis, { playJournal: (numbers: readonly number[]): Played => play(Uint8Array.from(numbers)) });
