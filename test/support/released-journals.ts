/** Writes the journals that stay in test/journals for ever, when a version of the format is released. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GAMES } from '../../shared/games/registry.ts';
import { JournalReader } from '../../shared/journal/journal-reader.ts';
import { verify, type Verdict } from '../../shared/journal/verify.ts';
import { recordMatch, smallJournal } from './journals.ts';

/** What was found when the file was written. */
export type Expected = Readonly<Record<string, Pick<Verdict, 'ticks' | 'calls' | 'hash' | 'finished'>>>;

/** Into an empty folder: a match of each game, finished and not, and one call of every kind. */
export function writeReleased(folder: string): void {
  mkdirSync(folder);
  const expected: Record<string, Expected[string]> = {};
  for (const game of GAMES) {
    for (const finish of [true, false]) {
      const bytes = recordMatch(game, { seed: 2026, ticks: 900, rate: 30, rare: 25, finish });
      const name = `${game.name}-${finish ? 'finished' : 'open'}.pwj`;
      const { ticks, calls, hash, finished } = verify(new JournalReader(bytes));
      expected[name] = { ticks, calls, hash, finished };
      writeFileSync(join(folder, name), bytes);
    }
  }
  writeFileSync(join(folder, 'every-kind.bin'), smallJournal());
  writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
}
