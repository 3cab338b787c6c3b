/** Many matches at once, in threads: for matches that nobody watches, of players that answer at once. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { PaddlewireError, type ErrorCode } from '../../shared/errors.ts';
import { compiledUrl } from '../../shared/package-files.ts';
import type { MatchReport } from './arena.ts';
import type { Limits } from './player.ts';

/** Who plays, in words that can travel to a thread. What an agent is, its worker knows. */
export type PlayerSpec =
  | { readonly kind: 'bot'; readonly name: string; readonly seed: number }
  | { readonly kind: 'agent'; readonly name: string; readonly file: string; readonly args: readonly string[] };

export interface PoolTask {
  readonly id: string;
  readonly game: string;
  readonly parameters: Readonly<Record<string, number | string>>;
  /** By the index of the seat. */
  readonly players: readonly (PlayerSpec | null)[];
  readonly seed: number;
  readonly rate: number;
  readonly limits?: Partial<Limits>;
  /** Whether its journal is wanted. */
  readonly record?: boolean;
}

export interface PoolReport extends MatchReport {
  /** The journal, if it was wanted. */
  readonly journal: Uint8Array | null;
}

/** What a worker answers. */
export type PoolReply =
  | { readonly report: PoolReport; readonly error?: undefined }
  | { readonly error: { readonly code: ErrorCode; readonly text: string } };

export interface PoolParts {
  readonly threads?: number;
  /** The compiled module of a worker; one that knows bots when left out. */
  readonly worker?: URL;
  readonly execArgv?: readonly string[];
  /** A match that takes longer is given up, in ms. */
  readonly matchMs?: number;
}

const MATCH_MS = 120_000;

interface Job {
  readonly task: PoolTask;
  resolve(report: PoolReport): void;
  reject(error: PaddlewireError): void;
}

export class ArenaPool {
  readonly #parts: PoolParts;
  readonly #waiting: Job[] = [];
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #threads: number;

  constructor(parts: PoolParts = {}) {
    this.#parts = parts;
    this.#threads = parts.threads ?? availableParallelism();
  }

  /** Plays a match as soon as a thread is free. @throws PaddlewireError what keeps it from being played */
  play(task: PoolTask): Promise<PoolReport> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject });
      this.#next();
    });
  }

  /** Ends all threads; matches that are on are given up. */
  async stop(): Promise<void> {
    for (const job of this.#waiting.splice(0))
      job.reject(new PaddlewireError('internal-error', 'The arena is closed.'));
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    const worker = this.#idle.pop() ?? (this.#all.size < this.#threads ? this.#open() : null);
    if (worker === null) return;
    const job = this.#waiting.shift() as Job;
    this.#run(worker, job);
  }

  #open(): Worker {
    const { worker: url = compiledUrl('hub/arena/pool-worker.js'), execArgv } = this.#parts;
    const worker = new Worker(url, { ...(execArgv !== undefined && { execArgv: [...execArgv] }) });
    this.#all.add(worker);
    worker.once('exit', () => {
      this.#all.delete(worker);
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
      this.#next();
    });
    return worker;
  }

  #run(worker: Worker, job: Job): void {
    const { matchMs = MATCH_MS } = this.#parts;
    const finish = (settle: () => void, reusable: boolean): void => {
      clearTimeout(timer);
      worker.removeAllListeners('message').removeAllListeners('error').removeListener('exit', ended);
      if (reusable) this.#idle.push(worker);
      else void worker.terminate();
      settle();
      this.#next();
    };
    const give = (code: ErrorCode, text: string): void =>
      finish(() => job.reject(new PaddlewireError(code, text)), false);
    const timer = setTimeout(() => give('agent-hung', `The match was not over after ${matchMs / 1000} s.`), matchMs);
    const ended = (): void => give('agent-crashed', 'The thread of the match ended.');
    worker.once('exit', ended);
    worker.once('error', (error) => give('agent-crashed', error.message));
    worker.once('message', (reply: PoolReply) => {
      if (reply.error === undefined) finish(() => job.resolve(reply.report), true);
      else finish(() => job.reject(new PaddlewireError(reply.error.code, reply.error.text)), true);
    });
    worker.postMessage(job.task);
  }
}
