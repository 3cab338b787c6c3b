/** The embedded score store: a handle on the main thread to the database in its worker. */
import { PaddlewireError, type ErrorCode } from '../../shared/errors.ts';
import { compiledUrl } from '../../shared/package-files.ts';
import { WorkerChannel } from '../worker-channel.ts';
import type { LeagueAsk } from './sqlite-league-store.ts';
import type { StoreCall } from './store-worker.ts';
import type {
  Batch,
  ImportedScores,
  KeptSetting,
  Lifetime,
  PlayedMatch,
  ScoreExport,
  ScoreLine,
  ScoreStore,
  TallyRow,
} from './store.ts';

const WORKER = compiledUrl('hub/store/store-worker.js');

export class SqliteScoreStore implements ScoreStore {
  readonly #folder: string;
  #started = false;
  /** The worker, opening or open; null when there is none, so that the next call opens one. */
  #channel: Promise<WorkerChannel<StoreCall>> | null = null;
  /** The end of the newest worker: the next one needs the folder that it holds. */
  #ended: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | null = null;

  /** @param folder the data folder; made if it is not there */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async start(): Promise<void> {
    if (this.#stopping !== null) await this.#stopping;
    this.#started = true;
    try {
      await this.#open();
    } catch (error) {
      this.#started = false;
      throw openingError(this.#folder, error as PaddlewireError);
    }
  }

  /** Calling it again while it is under way is the same stop. */
  stop(): Promise<void> {
    this.#stopping ??= this.#close().finally(() => (this.#stopping = null));
    return this.#stopping;
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

  leaderboard(since: number | null): Promise<readonly ScoreLine[]> {
    return this.#call('leaderboard', since);
  }

  matches(device: string | null): Promise<readonly PlayedMatch[]> {
    return this.#call('matches', device);
  }

  settings(): Promise<Readonly<Record<string, string>>> {
    return this.#call('settings');
  }

  keep(setting: KeptSetting): Promise<void> {
    return this.#call('keep', setting);
  }

  export(): Promise<ScoreExport> {
    return this.#call('export');
  }

  import(scores: ImportedScores): Promise<number> {
    return this.#call('import', scores);
  }

  /** A call of the league's store, which is in the same database. */
  league(ask: LeagueAsk): Promise<unknown> {
    return this.#call('league', ask);
  }

  async #call<T>(call: StoreCall, argument?: unknown): Promise<T> {
    if (!this.#started) throw new PaddlewireError('store-failed', 'The store is not started.');
    const channel = await this.#open().catch((error: PaddlewireError) => {
      throw new PaddlewireError('store-failed', `The store cannot be opened again: ${error.message}`);
    });
    return channel.call<T>(call, argument);
  }

  #open(): Promise<WorkerChannel<StoreCall>> {
    this.#channel ??= this.#connect();
    return this.#channel;
  }

  async #connect(): Promise<WorkerChannel<StoreCall>> {
    await this.#ended;
    const channel = new WorkerChannel<StoreCall>(WORKER, this.#folder, storeError, () => (this.#channel = null));
    this.#ended = channel.ended;
    try {
      await channel.call('open', true);
      return channel;
    } catch (error) {
      await channel.terminate();
      throw error;
    }
  }

  async #close(): Promise<void> {
    this.#started = false;
    const channel = await this.#channel?.catch(() => null);
    try {
      await channel?.call('close');
    } catch (error) {
      // A dead worker has let go of the folder already.
      if (channel?.dead === false) throw error;
    } finally {
      await this.#ended;
    }
  }
}

function storeError(code: string, message: string): PaddlewireError {
  if (code === ('database-newer' satisfies ErrorCode)) return new PaddlewireError(code, message);
  const full = code === 'SQLITE_FULL' || code === 'ENOSPC';
  return new PaddlewireError(full ? 'store-full' : 'store-failed', `${message} (${code || 'no code'})`, code);
}

function openingError(folder: string, error: PaddlewireError): PaddlewireError {
  if (error.code === 'database-newer') return error;
  const busy = error.detail === 'SQLITE_BUSY' || /locked/i.test(error.message);
  return busy
    ? new PaddlewireError('data-in-use', `Another hub uses the data folder ${folder}.`)
    : new PaddlewireError('data-folder-unwritable', `The data folder ${folder} cannot be used: ${error.message}`);
}
