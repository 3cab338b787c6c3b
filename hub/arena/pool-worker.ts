/** A thread of the pool that knows the hub's own players. */
import { parentPort } from 'node:worker_threads';
import { playTask } from './pool-task.ts';
import type { PoolTask } from './pool.ts';

parentPort?.on('message', (task: PoolTask) => {
  void playTask(task, () => null).then((reply) => parentPort?.postMessage(reply));
});
