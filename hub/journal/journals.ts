/**
 * Journals of all running matches: what rooms write is held for half a second at most, then it is on disk. `sync` is the
 * promise that it is: nothing that a journal knows of is acknowledged before.
 */
import { PaddlewireError } from '../../shared/errors.ts';
import { compiledUrl } from '../../shared/package-files.ts';
import type { Cancel, Clock } from '../clock.ts';
import { WorkerChannel } from '../worker-channel.ts';
import type { LogFile } from '../rooms/match-log.ts';
import type { Append, Limits, Unfinished } from './journal-folder.ts';
import type { JournalCall } from './journal-worker.ts';

export interface JournalsParts {
  /** Where journals lie; made if it is not there. */
  readonly folder: string;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
  /** Who does the calls; a worker when left out. */
  readonly connect?: (folder: string, onDeath: () => void) => JournalChannel;
}

/** The calls of JournalFolder, from afar. */
export type JournalChannel = Pick<WorkerChannel<JournalCall>, 'call' | 'ended'>;

const SYNC_MS = 500;
const WORKER = compiledUrl('hub/journal/journal-worker.js');

const worker = (folder: string, onDeath: () => void): JournalChannel =>
  new WorkerChannel<JournalCall>(WORKER, folder, toError, onDeath);

const toError = (code: string, message: string): Error => Object.assign(new Error(message), { code });

interface Pending {
  bytes: Uint8Array[];
  seats: string;
}

export class Journals {
  readonly #parts: JournalsParts;
  readonly #pending = new Map<string, Pending>();
  /** Of the matches that are on. */
  readonly #fills = new Map<string, () => void>();
  /** Matches whose journal could not be written: nothing more of them is. */
  readonly #lost = new Set<string>();
  #channel: JournalChannel | null = null;
  #timer: Cancel | null = null;
  /** What was handed to the worker and is not written, in bytes. */
  #underWay = 0;
  /** All that was noted before is on disk. */
  #onDiskUntil = 0;
  /** Settles when all that was handed to the worker is written. */
  #written: Promise<void> = Promise.resolve();

  constructor(parts: JournalsParts) {
    this.#parts = parts;
  }

  /** @returns the matches that were not finished, the newest first; none if the folder cannot be used */
  async start(): Promise<readonly Unfinished[]> {
    const { folder, limits, clock, connect = worker } = this.#parts;
    const channel = connect(folder, () => (this.#channel = null));
    this.#channel = channel;
    try {
      await channel.call('open');
      await channel.call('prune', { limits, now: clock.epoch() });
      return await channel.call<Unfinished[]>('unfinished');
    } catch (error) {
      this.#failed('', error as Error);
      return [];
    }
  }

  async stop(): Promise<void> {
    this.#timer?.();
    this.#timer = null;
    const channel = this.#channel;
    if (channel === null) return;
    await this.sync();
    await channel.call('close').catch(() => {});
    await channel.ended;
    this.#channel = null;
  }

  /** The journal of a match, by its id. */
  file(id: string): LogFile {
    return {
      filledBy: (fill) => {
        if (this.#fills.size === 0) this.#onDiskUntil = this.#parts.clock.now();
        this.#fills.set(id, fill);
        this.#arm();
      },
      write: (bytes) => void this.#add(id).bytes.push(bytes),
      seat: (line) => void (this.#add(id).seats += `${line}\n`),
      finish: () => this.#finish(id),
    };
  }

  /** A journal by its id, with all that was written so far; null: there is none. */
  async read(id: string): Promise<Uint8Array | null> {
    await this.sync();
    return (await this.#ask<Uint8Array | null>('read', id)) ?? null;
  }

  /** Whether each journal that is there, by its id, is kept for ever. */
  async stars(): Promise<ReadonlyMap<string, boolean>> {
    const list = await this.#ask<{ id: string; starred: boolean }[]>('list');
    return new Map(list?.map(({ id, starred }) => [id, starred]));
  }

  /** Keeps a journal for ever, or no longer. @throws PaddlewireError match-unknown, journal-unreadable */
  async star(id: string, starred: boolean): Promise<void> {
    await this.sync();
    if ((await this.#ask<boolean>('star', { id, starred })) !== true) throw new PaddlewireError('match-unknown');
  }

  async #ask<T>(call: JournalCall, argument?: unknown): Promise<T | undefined> {
    try {
      return await this.#channel?.call<T>(call, argument);
    } catch (error) {
      throw new PaddlewireError('journal-unreadable', (error as Error).message);
    }
  }

  /** What is not on disk yet, and how old the oldest of it may be. @param now by the hub's clock, in ms */
  lag(now: number): { readonly bytes: number; readonly ms: number } {
    const pending = [...this.#pending.values()].flatMap(({ bytes }) => bytes);
    const bytes = pending.reduce((sum, { length }) => sum + length, this.#underWay);
    const idle = this.#fills.size === 0 && bytes === 0;
    return { bytes, ms: idle ? 0 : now - this.#onDiskUntil };
  }

  /** Cuts an unfinished journal to its whole part. */
  async cut(id: string, length: number): Promise<void> {
    await this.#channel?.call('cut', { id, length });
  }

  /** Gives an unfinished match up: its journal stays as it is. */
  abandon(id: string): void {
    this.#finish(id);
  }

  /** Resolves when all that was written so far is on disk, or cannot be. Never rejects: points must not wait for ever. */
  sync(): Promise<void> {
    for (const fill of this.#fills.values()) fill();
    if (this.#pending.size > 0) {
      const appends = [...this.#pending].map(([id, { bytes, seats }]): Append => ({
        id,
        bytes: Buffer.concat(bytes),
        seats,
      }));
      this.#pending.clear();
      this.#written = this.#hand(appends);
    }
    return this.#written;
  }

  async #hand(appends: readonly Append[]): Promise<void> {
    const until = this.#parts.clock.now();
    const bytes = appends.reduce((sum, append) => sum + append.bytes.length, 0);
    this.#underWay += bytes;
    await Promise.all([this.#written, this.#append(appends)]);
    this.#underWay -= bytes;
    this.#onDiskUntil = until;
  }

  async #append(appends: readonly Append[]): Promise<void> {
    try {
      if (this.#channel === null) throw new Error('the worker has ended');
      const failed = await this.#channel.call<{ id: string; code: string; message: string }[]>('append', appends);
      for (const { id, message } of failed) this.#failed(id, new Error(message));
    } catch (error) {
      for (const { id } of appends) this.#failed(id, error as Error);
    }
  }

  #add(id: string): Pending {
    const pending = this.#pending.get(id) ?? { bytes: [], seats: '' };
    if (this.#lost.has(id)) return pending;
    this.#pending.set(id, pending);
    this.#arm();
    return pending;
  }

  #arm(): void {
    this.#timer ??= this.#parts.clock.after(SYNC_MS, () => {
      this.#timer = null;
      void this.sync();
      if (this.#fills.size > 0) this.#arm();
    });
  }

  #finish(id: string): void {
    this.#fills.delete(id);
    this.#written = this.sync()
      .then(() => this.#channel?.call('finish', id))
      .then(() => this.#channel?.call('prune', { limits: this.#parts.limits, now: this.#parts.clock.epoch() }))
      .then(() => {})
      .catch((error: unknown) => this.#failed(id, error as Error));
    this.#lost.delete(id);
  }

  #failed(id: string, error: Error): void {
    if (this.#lost.has(id)) return;
    if (id !== '') this.#lost.add(id);
    this.#parts.log('journal-failed', { match: id, text: error.message });
  }
}
