/** What a command gets from the process, so that a test can hand in its own. */
import type { ReadStream } from 'node:tty';

export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY' | 'setRawMode'>>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Aborted when the user wants the command to end. */
  readonly stop: AbortSignal;
}

/** A command: its arguments after its name. @returns the exit code */
export type Command = (args: readonly string[], context: Context) => Promise<number>;

export const print = (context: Context, line: string): void => void context.stdout.write(`${line}\n`);

/** Resolves when the user wants to end. */
export const stopped = (stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true });
  });
