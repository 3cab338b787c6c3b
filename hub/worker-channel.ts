/** One worker thread, from its start to its end: calls go in, each is settled by a reply or by the worker's end. */
import { Worker, type MessagePort } from 'node:worker_threads';

/** A call of one of the worker's methods, and what comes back. */
interface Request {
  readonly id: number;
  readonly call: string;
  readonly argument: unknown;
}
type Reply =
  | { readonly id: number; readonly result: unknown; readonly error?: undefined }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Makes the error that a caller gets from what the worker said. `code` is empty where there is none. */
export type ToError = (code: string, message: string) => Error;

export class WorkerChannel<Call extends string> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onDeath: () => void;
  readonly #toError: ToError;
  #nextId = 0;
  #dead = false;
  /** Resolves when the worker is gone and has let go of what it held. */
  readonly ended: Promise<void>;

  /** @param onDeath called once, before the calls that wait are rejected */
  constructor(url: URL, workerData: unknown, toError: ToError, onDeath: () => void) {
    this.#onDeath = onDeath;
    this.#toError = toError;
    this.#worker = new Worker(url, { workerData });
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#die(error.message));
    this.ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#die('the worker has ended');
        resolve();
      });
    });
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Calls one of the worker's methods with one argument. @throws what `toError` makes */
  call<T>(call: Call, argument?: unknown): Promise<T> {
    if (this.#dead) return Promise.reject(this.#toError('', 'the worker has ended'));
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, argument } satisfies Request);
    });
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.error === undefined) waiting?.resolve(reply.result);
    else waiting?.reject(this.#toError(reply.error.code, reply.error.message));
  }

  #die(message: string): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#onDeath();
    for (const waiting of this.#waiting.values()) waiting.reject(this.#toError('', message));
    this.#waiting.clear();
  }
}

/** The worker's side: answers with the methods of an object, one call after another; `close` is the last. */
export function serveCalls<Call extends string>(port: MessagePort, methods: Readonly<Record<Call, unknown>>): void {
  port.on('message', ({ id, call, argument }: Request) => {
    let reply: Reply;
    try {
      const method = methods[call as Call] as (value: unknown) => unknown;
      reply = { id, result: method.call(methods, argument) };
    } catch (error) {
      const { code = '', message } = error as { code?: string; message: string };
      reply = { id, error: { code, message } };
    }
    port.postMessage(reply);
    if (call === 'close') port.close();
  });
}
