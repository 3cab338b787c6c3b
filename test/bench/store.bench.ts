/**
 * Points acknowledged a second: group commit through the score buffer, beside a commit for each; and how long one point
 * waits. Points are those of real matches: two devices play to five, and each point is a new sum for its device.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'vitest';
import { systemClock } from '../../hub/clock.ts';
import { SETTINGS } from '../../hub/config/schema.ts';
import { Journals } from '../../hub/journal/journals.ts';
import { Quantiles } from '../../hub/quantiles.ts';
import { ScoreBuffer } from '../../hub/store/score-buffer.ts';
import { SqliteScoreStore } from '../../hub/store/sqlite-score-store.ts';
import type { PointsRow } from '../../hub/store/store.ts';
import { median, printTable } from './support/table.ts';

/** Points of a match to five that ends 5:4. */
const MATCH = 9;

/** The row that the n-th point of all makes. */
function rowOf(index: number): PointsRow {
  const match = Math.floor(index / MATCH);
  const inMatch = index % MATCH;
  const side = inMatch % 2;
  return {
    match: `m${match}`,
    seat: side === 0 ? 'left' : 'right',
    device: `d${(match * 2 + side) % 30}`,
    points: Math.floor(inMatch / 2) + 1,
    won: false,
  };
}

async function withStore<T>(run: (store: SqliteScoreStore, journals: Journals) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'paddlewire-bench-'));
  const store = new SqliteScoreStore(folder);
  const limits = { days: 1, files: 100, megabytes: 100 };
  const journals = new Journals({ folder: join(folder, 'journals'), clock: systemClock, limits, log: () => {} });
  await store.start();
  await journals.start();
  try {
    return await run(store, journals);
  } finally {
    await journals.stop();
    await store.stop();
    rmSync(folder, { recursive: true });
  }
}

const bufferFor = (save: SqliteScoreStore['save'], commitMs: number): ScoreBuffer =>
  new ScoreBuffer({
    store: { save },
    clock: systemClock,
    commitMs,
    capacity: 1_000_000,
    onSaved: () => {},
    onTrouble: () => {},
  });

it('points acknowledged a second', async () => {
  const each = await median(() =>
    withStore(async (store) => {
      const count = 1000;
      const began = performance.now();
      for (let index = 0; index < count; index++)
        await store.save({ devices: [], matches: [], points: [rowOf(index)], records: [], tallies: [] });
      return (count / (performance.now() - began)) * 1000;
    }),
  );
  const grouped = await median(() =>
    withStore(async (store) => {
      const buffer = bufferFor((batch) => store.save(batch), 5);
      const count = 200_000;
      const began = performance.now();
      for (let index = 0; index < count; index++) {
        buffer.points(rowOf(index));
        if (index % 2000 === 1999) await buffer.flush();
      }
      await buffer.flush();
      return (count / (performance.now() - began)) * 1000;
    }),
  );
  printTable('Points acknowledged a second (SQLite, WAL, synchronous=FULL, in its worker)', [
    ['', 'points/s', 'ratio'],
    ['a commit for each', each, 1],
    ['group commit of 2,000', grouped, grouped / each],
  ]);
});

it('from a point to its acknowledgement, at 100 a second', async () => {
  const { default: commitMs } = SETTINGS['store.commitMs'] as { readonly default: number };
  const { p50, p99, max } = await withStore(async (store, journals) => {
    const waits = new Quantiles();
    const file = journals.file('bench');
    // As in the hub: the journal is on disk before the point is.
    const buffer = bufferFor(async (batch) => {
      await journals.sync();
      return store.save(batch);
    }, commitMs);
    const acknowledged: Promise<void>[] = [];
    for (let index = 0; index < 500; index++) {
      const scoredAt = performance.now();
      buffer.points(rowOf(index));
      file.write(new Uint8Array(12));
      acknowledged.push(buffer.durable().then(() => waits.add(performance.now() - scoredAt)));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await Promise.all(acknowledged);
    return waits.summary();
  });
  printTable(
    `From a point to its acknowledgement, journal and database on disk, commit after ${commitMs} ms at the latest`,
    [
      ['', 'p50 ms', 'p99 ms', 'max ms'],
      ['100 points a second', p50, p99, max],
    ],
  );
});
