/** Entry of the rig's worker thread. */
import { workerData } from 'node:worker_threads';
import { RigLoop, type RigWorkerData } from './rig/rig-loop.ts';

// An empty port answers each poll with an exception; a stack trace for each would cost more than the poll.
Error.stackTraceLimit = 0;

const data: RigWorkerData = workerData;
new RigLoop(data).run();
data.port.close();
