/** Tells at once when something appears in, or vanishes from, the folders of ports. Looking now and then is still needed. */
import { watch, type FSWatcher } from 'node:fs';

export class FolderWatch {
  readonly #folders: ReadonlySet<string>;
  readonly #changed: (file: string) => void;
  readonly #watchers = new Map<string, FSWatcher>();

  /** @param changed gets the name within the folder */
  constructor(folders: Iterable<string>, changed: (file: string) => void) {
    this.#folders = new Set(folders);
    this.#changed = changed;
  }

  /** Watches every folder that is there and not watched yet. */
  start(): void {
    for (const folder of this.#folders) {
      if (!this.#watchers.has(folder)) this.#watch(folder);
    }
  }

  stop(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #watch(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_, file) => this.#changed(file ?? ''));
      const end = (): void => {
        watcher.close();
        this.#watchers.delete(folder);
      };
      watcher.on('error', end);
      this.#watchers.set(folder, watcher);
    } catch {
      // It is not there, or the system watches enough already: then the look now and then has to do.
    }
  }
}
