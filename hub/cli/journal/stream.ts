/** Text to a stream as it is made, never faster than it is taken. */
import type { Context } from '../context.ts';

const CHUNK = 65_536;

/** Ends early when the reader goes away (`| head`) or the user wants to. */
export async function stream(lines: Iterable<string>, { stdout, stop }: Context): Promise<void> {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  stdout.once('error', leave).once('close', leave);
  stop.addEventListener('abort', leave);
  try {
    let chunk = '';
    for (const line of lines) {
      chunk += line;
      if (chunk.length < CHUNK) continue;
      if (!stdout.write(chunk)) await drained(stdout, gone.signal);
      if (gone.signal.aborted) return;
      chunk = '';
    }
    if (chunk !== '') stdout.write(chunk);
  } finally {
    stdout.removeListener('error', leave).removeListener('close', leave);
    stop.removeEventListener('abort', leave);
  }
}

const drained = (stdout: NodeJS.WritableStream, gone: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (gone.aborted) return resolve();
    const done = (): void => {
      stdout.removeListener('drain', done);
      gone.removeEventListener('abort', done);
      resolve();
    };
    stdout.once('drain', done);
    gone.addEventListener('abort', done);
  });
