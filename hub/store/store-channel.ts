/** One store worker, from its start to its end: calls go in, each is settled by a reply or by the worker's end. */
import { Worker } from 'node:worker_threads';
import { PaddlewireError } from '../../shared/errors.ts';
import { compiledUrl } from '../../shared/package-files.ts';
import type { StoreCall, StoreReply, StoreRequest } from './store-worker.ts';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: PaddlewireError): void;
}

export class StoreChannel {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onDeath: () => void;
  #nextId = 0;
  #dead = false;
  /** Resolves when the worker is gone and has let go of the data folder. */
  readonly ended: Promise<void>;

  /** @param onDeath called once, before the calls that wait are rejected */
  constructor(folder: string, onDeath: () => void) {
    this.#onDeath = onDeath;
    this.#worker = new Worker(compiledUrl('hub/store/store-worker.js'), { workerData: folder });
    this.#worker.on('message', (reply: StoreReply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#die(error.message));
    this.ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#die('the store worker has ended');
        resolve();
      });
    });
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** @throws PaddlewireError store-full, store-failed */
  call<T>(call: StoreCall, argument?: unknown): Promise<T> {
    if (this.#dead) return Promise.reject(new PaddlewireError('store-failed', 'The store worker has ended.'));
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, argument } satisfies StoreRequest);
    });
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(reply: StoreReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.error === undefined) waiting?.resolve(reply.result);
    else waiting?.reject(storeError(reply.error));
  }

  #die(message: string): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#onDeath();
    for (const waiting of this.#waiting.values()) waiting.reject(storeError({ code: '', message }));
    this.#waiting.clear();
  }
}

function storeError({ code, message }: { code: string; message: string }): PaddlewireError {
  const full = code === 'SQLITE_FULL' || code === 'ENOSPC';
  return new PaddlewireError(full ? 'store-full' : 'store-failed', `${message} (${code || 'no code'})`, code);
}
