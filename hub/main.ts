#!/usr/bin/env node
/** The program: arguments, signals and the exit code of the process; nothing else. */
import { run } from './cli/run.ts';

/** How long a hub may take to stop after a bug, in ms: its scores are on disk long before. */
const CRASH_MS = 5000;

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Who asks twice does not want to wait for the disk.
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  });
}

// A reader that went away (`paddlewire start | head -1`, a closed terminal) is no reason to die before the scores are saved.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

// A bug: it is said, the hub stops as it always does, and the exit code tells.
const crash = (error: unknown): void => {
  process.stderr.write(`paddlewire: internal-error\n${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
  // An exit while the store is at work can hang in it and keep its lock: only the kernel ends that.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), CRASH_MS).unref();
  stop.abort();
};
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);

const ended = run(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  stop: stop.signal,
});
process.exitCode ||= await ended.catch((error: unknown) => {
  crash(error);
  return 1;
});
