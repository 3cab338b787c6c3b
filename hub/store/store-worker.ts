/** The worker that owns the database, so that a disk that stalls never stalls a tick. Speaks `StoreRequest`. */
import { parentPort, workerData } from 'node:worker_threads';
import { ScoreDatabase } from './score-database.ts';

/** The calls that travel to the worker: methods of ScoreDatabase by name. */
export type StoreCall = 'open' | 'close' | 'save' | 'lifetime' | 'deviceName' | 'tallies' | 'export' | 'import';

export interface StoreRequest {
  readonly id: number;
  readonly call: StoreCall;
  readonly argument: unknown;
}

export type StoreReply =
  | { readonly id: number; readonly result: unknown; readonly error?: undefined }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

if (parentPort !== null) serve(parentPort, new ScoreDatabase(workerData as string));

function serve(port: NonNullable<typeof parentPort>, database: ScoreDatabase): void {
  port.on('message', ({ id, call, argument }: StoreRequest) => {
    let reply: StoreReply;
    try {
      const method = database[call] as (value: unknown) => unknown;
      reply = { id, result: method.call(database, argument) };
    } catch (error) {
      const { code = '', message } = error as { code?: string; message: string };
      reply = { id, error: { code, message } };
    }
    port.postMessage(reply);
    if (call === 'close') port.close();
  });
}
