import type { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SqliteScoreStore } from '../../../hub/store/sqlite-score-store.ts';
import type { Batch } from '../../../hub/store/store.ts';
import { temporaryFolder } from '../../support/hubs.ts';

const points = (count: number): Batch => ({
  devices: [],
  matches: [],
  points: [{ match: 'm', seat: 'left', device: 'a', points: count, won: false }],
  records: [],
  tallies: [],
});

/** A started store, and the workers it has had. */
async function startStore(): Promise<{ store: SqliteScoreStore; workers: Worker[] }> {
  const workers: Worker[] = [];
  const seen = (worker: Worker): void => void workers.push(worker);
  process.on('worker', seen);
  onTestFinished(() => void process.off('worker', seen));
  const store = new SqliteScoreStore(temporaryFolder());
  await store.start();
  onTestFinished(() => store.stop());
  return { store, workers };
}

const last = (workers: readonly Worker[]): Worker => workers.at(-1) as Worker;

describe('a store worker that dies', () => {
  it('fails what waits, and the next call is answered by a new one', async () => {
    const { store, workers } = await startStore();
    await store.save(points(3));
    const waiting = Array.from({ length: 50 }, () => store.export());
    const settled = Promise.allSettled(waiting);
    const ended = last(workers).terminate();
    for (const result of await settled) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'store-failed' });
    }
    await ended;
    const answers = await Promise.all([store.lifetime('a'), store.lifetime('a'), store.save(points(4))]);
    expect(answers.slice(0, 2)).toEqual([
      { points: 3, wins: 0 },
      { points: 3, wins: 0 },
    ]);
    expect(await store.lifetime('a')).toEqual({ points: 4, wins: 0 });
    expect(workers).toHaveLength(2);
  });

  it('of an error: the same, at once and with the folder free', async () => {
    const { store, workers } = await startStore();
    await store.save(points(3));
    last(workers).emit('error', new Error('out of memory'));
    const next = store.lifetime('a');
    await last(workers).terminate();
    expect(await next).toEqual({ points: 3, wins: 0 });
  });

  it('leaves a store that stops', async () => {
    const { store, workers } = await startStore();
    await last(workers).terminate();
    await store.stop();
    await expect(store.lifetime('a')).rejects.toMatchObject({ code: 'store-failed' });
  });

  it('while it closes: the stop ends', async () => {
    const { store, workers } = await startStore();
    const stopped = store.stop();
    await last(workers).terminate();
    await stopped;
  });
});

describe('a stop of the store', () => {
  it('is one stop however often it is called, and a start follows', async () => {
    const { store } = await startStore();
    const saved = store.save(points(5));
    await Promise.all([store.stop(), store.stop()]);
    await store.stop();
    await saved;
    await store.start();
    expect(await store.lifetime('a')).toEqual({ points: 5, wins: 0 });
  });

  it('during a start ends, and leaves the folder free', async () => {
    const folder = temporaryFolder();
    const store = new SqliteScoreStore(folder);
    const started = store.start();
    await store.stop();
    await started.catch(() => {});
    const next = new SqliteScoreStore(folder);
    await next.start();
    await next.stop();
  });
});
