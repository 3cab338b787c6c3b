/** The embedded score store: a handle on the main thread to the database in its worker. */
import { Worker } from 'node:worker_threads';
import { PaddlewireError } from '../../shared/errors.ts';
import { compiledUrl } from '../../shared/package-files.ts';
import type { StoreCall, StoreReply, StoreRequest } from './store-worker.ts';
import type { Batch, Lifetime, ScoreExport, ScoreStore, TallyRow } from './store.ts';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: PaddlewireError): void;
}

export class SqliteScoreStore implements ScoreStore {
  readonly #folder: string;
  #worker: Worker | null = null;
  #nextId = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** @param folder the data folder; made if it is not there */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async start(): Promise<void> {
    if (this.#worker !== null) return;
    const worker = new Worker(compiledUrl('hub/store/store-worker.js'), { workerData: this.#folder });
    this.#worker = worker;
    worker.on('message', (reply: StoreReply) => this.#settle(reply));
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', () => this.#fail(new Error('the store worker has ended')));
    try {
      await this.#call('open', true);
    } catch (error) {
      this.#worker = null;
      await worker.terminate();
      throw openingError(this.#folder, error as PaddlewireError);
    }
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    await this.#call('close');
    this.#worker = null;
    await ended;
  }

  save(batch: Batch): Promise<ReadonlyMap<string, Lifetime>> {
    return this.#call('save', batch);
  }

  lifetime(device: string): Promise<Lifetime> {
    return this.#call('lifetime', device);
  }

  deviceName(device: string): Promise<string | null> {
    return this.#call('deviceName', device);
  }

  tallies(): Promise<{ own: readonly TallyRow[]; all: readonly TallyRow[] }> {
    return this.#call('tallies');
  }

  export(): Promise<ScoreExport> {
    return this.#call('export');
  }

  import(scores: ScoreExport): Promise<number> {
    return this.#call('import', scores);
  }

  #call<T>(call: StoreCall, argument?: unknown): Promise<T> {
    const worker = this.#worker;
    if (worker === null) return Promise.reject(new PaddlewireError('store-failed', 'The store is not started.'));
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve, reject });
      worker.postMessage({ id, call, argument } satisfies StoreRequest);
    });
  }

  #settle(reply: StoreReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.error === undefined) waiting?.resolve(reply.result);
    else waiting?.reject(storeError(reply.error));
  }

  #fail(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(storeError({ code: '', message: error.message }));
    this.#waiting.clear();
  }
}

function storeError({ code, message }: { code: string; message: string }): PaddlewireError {
  const full = code === 'SQLITE_FULL' || code === 'ENOSPC';
  return new PaddlewireError(full ? 'store-full' : 'store-failed', `${message} (${code || 'no code'})`, code);
}

function openingError(folder: string, error: PaddlewireError): PaddlewireError {
  const busy = error.detail === 'SQLITE_BUSY' || /locked/i.test(error.message);
  return busy
    ? new PaddlewireError('data-in-use', `Another hub uses the data folder ${folder}.`)
    : new PaddlewireError('data-folder-unwritable', `The data folder ${folder} cannot be used: ${error.message}`);
}
