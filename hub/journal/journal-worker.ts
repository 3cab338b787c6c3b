/** The worker that writes journals, so that no disk ever stalls a tick. */
import { parentPort, workerData } from 'node:worker_threads';
import { serveCalls } from '../worker-channel.ts';
import { JournalFolder } from './journal-folder.ts';

/** The calls that travel to the worker: methods of JournalFolder by name. */
export type JournalCall =
  | 'open'
  | 'close'
  | 'append'
  | 'read'
  | 'finish'
  | 'cut'
  | 'unfinished'
  | 'prune'
  | 'list'
  | 'star';

if (parentPort !== null) serveCalls<JournalCall>(parentPort, new JournalFolder(workerData as string));
