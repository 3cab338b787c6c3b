/**
 * The score buffer: what is scored but not yet on disk. Two halves: one fills while the other is written (double
 * buffering). Rows are absolute and keyed, so a newer one replaces an older one, a half is bounded by what can be
 * scored at a time, and a batch that failed is written again without counting twice.
 */
import { PaddlewireError } from '../../shared/errors.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { Batch, DeviceRow, Lifetime, MatchRow, PointsRow, RecordRow, ScoreStore, TallyRow } from './store.ts';

type Entry =
  | { readonly kind: 'devices'; readonly row: DeviceRow }
  | { readonly kind: 'matches'; readonly row: MatchRow }
  | { readonly kind: 'points'; readonly row: PointsRow }
  | { readonly kind: 'records'; readonly row: RecordRow }
  | { readonly kind: 'tallies'; readonly row: TallyRow };

type Half = Map<string, Entry>;

export interface ScoreBufferOptions {
  readonly store: Pick<ScoreStore, 'save'>;
  readonly clock: Clock;
  /** How long a point may wait for others to be written with it, in ms. */
  readonly commitMs: number;
  /** How many rows may wait in all. */
  readonly capacity: number;
  /** After a batch is on disk: the lifetimes it changed. */
  onSaved(lifetimes: ReadonlyMap<string, Lifetime>): void;
  /** A batch could not be written and will be tried again; null: writing works again. */
  onTrouble(error: PaddlewireError | null): void;
}

/** Between two tries after a failure, in ms: the first and the longest wait. */
const RETRY_MS = { first: 250, longest: 5000 };

export class ScoreBuffer {
  readonly #options: ScoreBufferOptions;
  #filling: Half = new Map();
  #writing: Half | null = null;
  #waiters: { resolve: () => void; half: Half }[] = [];
  #cancelTimer: Cancel | null = null;
  #retryMs = 0;
  /** Rows accepted and rows now on disk, for the demo's books and the hub's health. */
  readonly counters = { batches: 0, failures: 0 };

  constructor(options: ScoreBufferOptions) {
    this.#options = options;
  }

  /** Rows that are not yet on disk. */
  get size(): number {
    return this.#filling.size + (this.#writing?.size ?? 0);
  }

  /** Whether nothing more should be scored until the disk takes writes again. */
  get full(): boolean {
    return this.size >= this.#options.capacity;
  }

  get failing(): boolean {
    return this.#retryMs > 0;
  }

  device(row: DeviceRow): void {
    this.#add(`device ${row.id}`, { kind: 'devices', row });
  }

  match(row: MatchRow): void {
    this.#add(`match ${row.id}`, { kind: 'matches', row });
  }

  points(row: PointsRow): void {
    this.#add(`points ${row.match} ${row.seat} ${row.device}`, { kind: 'points', row });
  }

  tally(row: TallyRow): void {
    this.#add(`tally ${row.player}`, { kind: 'tallies', row });
  }

  /** @throws PaddlewireError score-buffer-full: the device keeps its record and sends it again */
  record(row: RecordRow): Promise<void> {
    if (this.full) throw new PaddlewireError('score-buffer-full');
    this.#add(`record ${row.device} ${row.seq}`, { kind: 'records', row });
    return this.durable();
  }

  /** Writes at once. Resolves when all that was added before the call is on disk, however often that is tried. */
  flush(): Promise<void> {
    const done = this.durable();
    if (!this.failing) this.#write();
    return done;
  }

  /** Writes what can be written now and gives up waiting for what cannot: for the stop of the hub. */
  async drain(): Promise<void> {
    this.#cancel();
    while (this.size > 0) {
      if (this.#writing === null) this.#write();
      const failures = this.counters.failures;
      await this.#settled;
      this.#cancel();
      if (this.counters.failures > failures)
        throw new PaddlewireError('store-failed', `${this.size} rows are not on disk.`);
    }
  }

  #settled: Promise<void> = Promise.resolve();

  #add(key: string, entry: Entry): void {
    this.#filling.set(key, entry);
    if (this.#cancelTimer === null && this.#writing === null) this.#schedule(this.#options.commitMs);
  }

  /** Resolves when all that was added so far is on disk. */
  durable(): Promise<void> {
    if (this.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.push({ resolve, half: this.#filling.size > 0 ? this.#filling : (this.#writing as Half) });
    });
  }

  #schedule(ms: number): void {
    this.#cancelTimer = this.#options.clock.after(ms, () => {
      this.#cancelTimer = null;
      this.#write();
    });
  }

  #cancel(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  /** Swaps the halves and writes the full one. While one is being written nothing happens: its end calls again. */
  #write(): void {
    if (this.#writing !== null || this.#filling.size === 0) return;
    this.#cancel();
    const half = this.#filling;
    this.#writing = half;
    this.#filling = new Map();
    this.#settled = this.#options.store.save(toBatch(half)).then(
      (lifetimes) => this.#succeeded(half, lifetimes),
      (error: unknown) => this.#failed(half, error),
    );
  }

  #succeeded(half: Half, lifetimes: ReadonlyMap<string, Lifetime>): void {
    this.#writing = null;
    this.counters.batches++;
    if (this.failing) {
      this.#retryMs = 0;
      this.#options.onTrouble(null);
    }
    this.#options.onSaved(lifetimes);
    const done = this.#waiters.filter((waiter) => waiter.half === half);
    this.#waiters = this.#waiters.filter((waiter) => waiter.half !== half);
    for (const waiter of done) waiter.resolve();
    if (this.#waiters.length > 0) this.#write();
    else if (this.#filling.size > 0) this.#schedule(this.#options.commitMs);
  }

  #failed(half: Half, error: unknown): void {
    this.#writing = null;
    this.counters.failures++;
    // Newer rows replace older ones of the same key; the rest goes back into the half that fills.
    this.#filling = new Map([...half, ...this.#filling]);
    for (const waiter of this.#waiters) waiter.half = this.#filling;
    const first = !this.failing;
    this.#retryMs = first ? RETRY_MS.first : Math.min(RETRY_MS.longest, this.#retryMs * 2);
    if (first) this.#options.onTrouble(toPaddlewireError(error));
    this.#schedule(this.#retryMs);
  }
}

function toBatch(half: Half): Batch {
  const batch: { [K in Entry['kind']]: Extract<Entry, { kind: K }>['row'][] } = {
    devices: [],
    matches: [],
    points: [],
    records: [],
    tallies: [],
  };
  for (const { kind, row } of half.values()) (batch[kind] as (typeof row)[]).push(row);
  return batch;
}

const toPaddlewireError = (error: unknown): PaddlewireError =>
  error instanceof PaddlewireError ? error : new PaddlewireError('store-failed', String(error));
