import { describe, expect, it } from 'vitest';
import { PaddlewireError } from '../../../shared/errors.ts';
import { ScoreBuffer } from '../../../hub/store/score-buffer.ts';
import type { Batch, Lifetime, PointsRow } from '../../../hub/store/store.ts';
import { Random } from '../../support/random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** A disk under the test's hand: each batch waits until it is let through or refused. */
class Disk {
  readonly points = new Map<string, number>();
  readonly batches: Batch[] = [];
  #pending: {
    batch: Batch;
    resolve: (lifetimes: Map<string, Lifetime>) => void;
    reject: (error: Error) => void;
  } | null = null;

  save(batch: Batch): Promise<Map<string, Lifetime>> {
    this.batches.push(batch);
    return new Promise((resolve, reject) => {
      this.#pending = { batch, resolve, reject };
    });
  }

  get busy(): boolean {
    return this.#pending !== null;
  }

  async accept(): Promise<void> {
    const { batch, resolve } = this.#pending ?? raise();
    this.#pending = null;
    for (const row of batch.points) this.points.set(keyOf(row), row.points);
    resolve(new Map(batch.points.map((row) => [row.device, { points: row.points, wins: 0 }])));
    await settled();
  }

  async refuse(code: 'store-full' | 'store-failed'): Promise<void> {
    const { reject } = this.#pending ?? raise();
    this.#pending = null;
    reject(new PaddlewireError(code));
    await settled();
  }
}

const raise = (): never => {
  throw new Error('nothing is being written');
};
const keyOf = ({ match, seat, device }: PointsRow): string => `${match} ${seat} ${device}`;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const row = (device: string, points: number): PointsRow => ({ match: 'm', seat: 'left', device, points, won: false });

function build(capacity = 100): {
  clock: VirtualClock;
  disk: Disk;
  buffer: ScoreBuffer;
  trouble: (string | null)[];
  saved: Map<string, Lifetime>;
} {
  const clock = new VirtualClock();
  const disk = new Disk();
  const trouble: (string | null)[] = [];
  const saved = new Map<string, Lifetime>();
  const buffer = new ScoreBuffer({
    store: disk,
    clock,
    commitMs: 50,
    capacity,
    onSaved: (lifetimes) => {
      for (const [id, lifetime] of lifetimes) saved.set(id, lifetime);
    },
    onTrouble: (error) => trouble.push(error?.code ?? null),
  });
  return { clock, disk, buffer, trouble, saved };
}

describe('the score buffer', () => {
  it('writes points of one moment together, after the commit time', async () => {
    const { clock, disk, buffer, saved } = build();
    buffer.points(row('a', 1));
    clock.advance(30);
    buffer.points(row('b', 1));
    expect(disk.batches).toHaveLength(0);
    clock.advance(20);
    expect(disk.batches).toHaveLength(1);
    await disk.accept();
    expect(disk.points.size).toBe(2);
    expect(saved.get('a')).toEqual({ points: 1, wins: 0 });
    expect(buffer.size).toBe(0);
  });

  it('fills one half while the other is written', async () => {
    const { clock, disk, buffer } = build();
    buffer.points(row('a', 1));
    clock.advance(50);
    buffer.points(row('a', 2));
    buffer.points(row('b', 1));
    clock.advance(1000);
    expect(disk.batches).toHaveLength(1);
    await disk.accept();
    clock.advance(50);
    expect(disk.batches[1]?.points).toEqual([row('a', 2), row('b', 1)]);
  });

  it('flush writes at once and resolves only when it is on disk', async () => {
    const { disk, buffer } = build();
    buffer.points(row('a', 1));
    let done = false;
    const flushed = buffer.flush().then(() => (done = true));
    expect(disk.busy).toBe(true);
    await settled();
    expect(done).toBe(false);
    await disk.accept();
    await flushed;
    expect(done).toBe(true);
  });

  it('flush while a half is being written waits for both', async () => {
    const { clock, disk, buffer } = build();
    buffer.points(row('a', 1));
    clock.advance(50);
    buffer.points(row('b', 1));
    let done = false;
    const flushed = buffer.flush().then(() => (done = true));
    await disk.accept();
    expect(done).toBe(false);
    expect(disk.busy).toBe(true);
    await disk.accept();
    await flushed;
    expect(disk.points.size).toBe(2);
  });

  it('a full disk loses nothing: rows wait, newer ones replace older, and it is tried again', async () => {
    const { clock, disk, buffer, trouble } = build();
    buffer.points(row('a', 1));
    buffer.points(row('b', 4));
    clock.advance(50);
    await disk.refuse('store-full');
    expect(trouble).toEqual(['store-full']);
    expect(buffer.failing).toBe(true);
    buffer.points(row('a', 2));
    clock.advance(250);
    await disk.refuse('store-full');
    clock.advance(500);
    await disk.accept();
    expect([...disk.points]).toEqual([
      ['m left a', 2],
      ['m left b', 4],
    ]);
    expect(trouble).toEqual(['store-full', null]);
    expect(buffer.failing).toBe(false);
  });

  it('a flush during a failure is kept and resolves when the disk takes writes again', async () => {
    const { clock, disk, buffer } = build();
    buffer.points(row('a', 1));
    let done = false;
    const flushed = buffer.flush().then(() => (done = true));
    await disk.refuse('store-failed');
    expect(done).toBe(false);
    clock.advance(250);
    await disk.accept();
    await flushed;
    expect(done).toBe(true);
  });

  it('says when it is full, and not any more when rows were written', async () => {
    const { clock, disk, buffer } = build(3);
    for (const device of ['a', 'b', 'c']) buffer.points(row(device, 1));
    expect(buffer.full).toBe(true);
    expect(() => buffer.record({ device: 'a', seq: 1, data: '1', receivedAt: 0 })).toThrow(PaddlewireError);
    // The same key again takes no room: a device that scores on is still counted.
    buffer.points(row('a', 2));
    expect(buffer.size).toBe(3);
    clock.advance(50);
    await disk.accept();
    expect(buffer.full).toBe(false);
  });

  it('drain writes all that is left, and says so if it cannot', async () => {
    const good = build();
    good.buffer.points(row('a', 1));
    const drained = good.buffer.drain();
    await good.disk.accept();
    await drained;
    expect(good.disk.points.size).toBe(1);
    const bad = build();
    bad.buffer.points(row('a', 1));
    const failed = expect(bad.buffer.drain()).rejects.toMatchObject({ code: 'store-failed' });
    await bad.disk.refuse('store-full');
    await failed;
  });

  it('whatever the disk does, the last state of every row gets there, and never an older one after a newer', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = new Random(seed);
      const { clock, disk, buffer } = build();
      const expected = new Map<string, number>();
      for (let step = 0; step < 100; step++) {
        const device = random.pick(['a', 'b', 'c']);
        const points = (expected.get(`m left ${device}`) ?? 0) + 1;
        if (random.below(2) === 0) {
          buffer.points(row(device, points));
          expected.set(`m left ${device}`, points);
        }
        if (random.below(5) === 0) void buffer.flush();
        clock.advance(random.below(60));
        if (disk.busy && random.below(3) > 0)
          await (random.below(4) === 0 ? disk.refuse('store-failed') : disk.accept());
      }
      while (buffer.size > 0) {
        clock.advance(6000);
        if (disk.busy) await disk.accept();
      }
      expect(Object.fromEntries(disk.points), `seed ${seed}`).toEqual(Object.fromEntries(expected));
    }
  });
});
