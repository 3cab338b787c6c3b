/** How much room the disk of the data folder has; asked now and then, and never waited for. */
import { statfs } from 'node:fs/promises';
import type { Cancel, Clock } from '../clock.ts';

const ASK_MS = 10_000;

export class DiskFree {
  readonly #folder: string;
  readonly #clock: Pick<Clock, 'after'>;
  #cancel: Cancel | null = null;
  #stopped = true;
  /** null: not known. */
  bytes: number | null = null;

  constructor(folder: string, clock: Pick<Clock, 'after'>) {
    this.#folder = folder;
    this.#clock = clock;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    void this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  async #ask(): Promise<void> {
    try {
      const { bavail, bsize } = await statfs(this.#folder);
      this.bytes = bavail * bsize;
    } catch {
      this.bytes = null;
    }
    if (!this.#stopped) this.#cancel = this.#clock.after(ASK_MS, () => void this.#ask());
  }
}
