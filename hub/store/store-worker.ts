/** The worker that owns the database, so that a disk that stalls never stalls a tick. */
import { parentPort, workerData } from 'node:worker_threads';
import { serveCalls } from '../worker-channel.ts';
import { ScoreDatabase } from './score-database.ts';

/** The calls that travel to the worker: methods of ScoreDatabase by name. */
export type StoreCall =
  | 'open'
  | 'close'
  | 'save'
  | 'lifetime'
  | 'deviceName'
  | 'tallies'
  | 'leaderboard'
  | 'matches'
  | 'settings'
  | 'keep'
  | 'export'
  | 'import'
  | 'league';

if (parentPort !== null) serveCalls<StoreCall>(parentPort, new ScoreDatabase(workerData as string));
