/** Makes a pseudo-terminal and keeps its master end: the cable between an emulated board and whoever opens its port. */
import { closeSync } from 'node:fs';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { ReadStream } from 'node:tty';
import { PaddlewireError } from '../../../shared/errors.ts';

/** The addon of node-pty. Its JavaScript would read the slave end itself and steal the bytes. */
interface NativePty {
  open(columns: number, rows: number): { master: number; slave: number; pty: string };
}

export interface Pty {
  /** File descriptor of the master end, non-blocking. Its owner closes it. */
  readonly master: number;
  /** Path of the slave end, e.g. /dev/pts/3. */
  readonly path: string;
}

/**
 * @returns a new pseudo-terminal that neither echoes nor waits for lines, its slave end not open
 * @throws PaddlewireError pty-unavailable
 */
export async function openPty(): Promise<Pty> {
  const { master, slave, pty } = openNative();
  // Before anybody opens it: in its first mode a terminal echoes what the board sends back to the board.
  const terminal = new ReadStream(slave);
  terminal.setRawMode(true);
  const closed = once(terminal, 'close');
  terminal.destroy();
  await closed;
  // libuv opened the terminal a second time for itself; with this one gone, a read of the master tells who is there.
  closeSync(slave);
  return { master, path: pty };
}

function openNative(): ReturnType<NativePty['open']> {
  // On other systems a read of the master does not tell whether somebody has the port open.
  if (process.platform !== 'linux') throw new PaddlewireError('pty-unavailable');
  const addon = `@lydell/node-pty-${process.platform}-${process.arch}/pty.node`;
  try {
    const native: NativePty = createRequire(import.meta.url)(addon);
    return native.open(80, 24);
  } catch (error) {
    throw new PaddlewireError(
      'pty-unavailable',
      `No pseudo-terminal: ${error instanceof Error ? error.message : addon}`,
    );
  }
}
