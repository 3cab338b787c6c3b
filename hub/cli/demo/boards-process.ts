/** The handle of the process with the demo's boards. */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PaddlewireError } from '../../../shared/errors.ts';
import { compiledUrl } from '../../../shared/package-files.ts';
import type { Hub } from '../../hub.ts';
import type { BoardsReport, FromBoards, ToBoards } from './protocol.ts';

export class BoardsProcess {
  readonly #child: ChildProcess;
  readonly #listeners: ((message: FromBoards) => void)[] = [];
  /** Settles when its code is loaded, which takes a processor for itself. */
  readonly loaded: Promise<unknown>;
  /** Settles only if the boards cannot go on. */
  readonly failed: Promise<never>;

  constructor() {
    this.#child = fork(fileURLToPath(compiledUrl('hub/cli/demo/main.js')), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('message', (message: FromBoards) => {
      for (const listener of this.#listeners) listener(message);
    });
    this.loaded = this.#heard('loaded');
    this.failed = new Promise((_, reject) => {
      this.#listeners.push((message) => {
        if (message.is === 'failed')
          reject(new PaddlewireError('pty-unavailable', `The boards cannot run: ${message.text}`));
      });
      this.#child.once('exit', (code) => reject(new PaddlewireError('pty-unavailable', `The boards ended (${code}).`)));
    });
    // Awaited where it matters; at the end the process exits as it should.
    this.failed.catch(() => {});
  }

  async begin(task: Extract<ToBoards, { do: 'begin' }>['task']): Promise<void> {
    const ready = this.#heard('ready');
    this.#say({ do: 'begin', task });
    await Promise.race([ready, this.failed]);
  }

  /** Tells who sits where. */
  seats(hub: Hub): void {
    const seats: Record<string, string> = {};
    for (const room of hub.rooms.values()) {
      for (const seat of room.seats.taken) {
        const link = hub.lobby.session(seat.device ?? '')?.link;
        if (link?.kind === 'serial') seats[link.address] = seat.name;
      }
    }
    this.#say({ do: 'seats', seats });
  }

  async end(): Promise<BoardsReport> {
    const report = this.#heard('report');
    this.#say({ do: 'end' });
    return (await Promise.race([report, this.failed])).report;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #say(message: ToBoards): void {
    if (this.#child.connected) this.#child.send(message);
  }

  #heard<K extends FromBoards['is']>(kind: K): Promise<Extract<FromBoards, { is: K }>> {
    return new Promise((resolve) => {
      this.#listeners.push((message) => {
        if (message.is === kind) resolve(message as Extract<FromBoards, { is: K }>);
      });
    });
  }
}
