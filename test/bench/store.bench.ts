/** Points acknowledged a second: group commit through the score buffer, beside a commit for each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'vitest';
import { systemClock } from '../../hub/clock.ts';
import { ScoreBuffer } from '../../hub/store/score-buffer.ts';
import { SqliteScoreStore } from '../../hub/store/sqlite-score-store.ts';
import type { PointsRow } from '../../hub/store/store.ts';
import { printTable, median } from './support/table.ts';

const rowOf = (index: number): PointsRow => ({
  match: `m${index}`,
  seat: 'left',
  device: `d${index % 30}`,
  points: 1,
  won: false,
});

async function withBuffer(run: (buffer: ScoreBuffer, store: SqliteScoreStore) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-bench-'));
  const store = new SqliteScoreStore(folder);
  await store.start();
  const buffer = new ScoreBuffer({
    store,
    clock: systemClock,
    commitMs: 5,
    capacity: 100_000,
    onSaved: () => {},
    onTrouble: () => {},
  });
  try {
    return await run(buffer, store);
  } finally {
    await store.stop();
    rmSync(folder, { recursive: true });
  }
}

it('points acknowledged a second', async () => {
  const each = await median(() =>
    withBuffer(async (_buffer, store) => {
      const count = 1000;
      const began = performance.now();
      for (let index = 0; index < count; index++) {
        await store.save({ devices: [], matches: [], points: [rowOf(index)], records: [], tallies: [] });
      }
      return (count / (performance.now() - began)) * 1000;
    }),
  );
  const grouped = await median(() =>
    withBuffer(async (buffer) => {
      const count = 40_000;
      const began = performance.now();
      for (let index = 0; index < count; index++) {
        buffer.points(rowOf(index));
        if (index % 500 === 499) await buffer.flush();
      }
      await buffer.flush();
      return (count / (performance.now() - began)) * 1000;
    }),
  );
  printTable('Points acknowledged a second (SQLite, WAL, synchronous=FULL, in its worker)', [
    ['', 'points/s', 'ratio'],
    ['a commit for each', each, 1],
    ['group commit of 500', grouped, grouped / each],
  ]);
});
