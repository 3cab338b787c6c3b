/** Watches for serial ports and keeps each that is there. */
import { basename } from 'node:path';
import type { Cancel, Clock } from '../../clock.ts';
import type { LinkHandler } from '../link.ts';
import type { Dialect } from './dialects.ts';
import { FolderWatch } from './folder-watch.ts';
import { PortKeeper, type KeeperParts, type LocalDevices, type PortStatus } from './port-keeper.ts';
import { portPatterns, presentPorts, type PortPattern } from './port-patterns.ts';
import { realPath, UsbPorts, type ListPorts } from './usb-info.ts';

export type { LocalDevices, PortStatus } from './port-keeper.ts';
export type { ListPorts } from './usb-info.ts';

export interface SerialPortsParts {
  readonly clock: Clock;
  readonly handler: LinkHandler;
  /** What to watch: `auto`, `none`, paths, patterns with `*`; a dialect and `:` before a path force it. */
  readonly ports: readonly string[];
  /** The fastest rate that is offered to boards; 115200: none. */
  readonly maxBaud: number;
  readonly devices: LocalDevices;
  /** What USB tells of ports; by serialport when left out. */
  readonly list?: ListPorts;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
}

/** How often folders are looked at, in case they do not tell. */
const LOOK_MS = 250;
/** After a folder told of a change: what is made in two steps is whole by then. */
const SOON_MS = 10;

export class SerialPorts {
  readonly #clock: Clock;
  readonly #patterns: readonly PortPattern[];
  readonly #keeperParts: KeeperParts;
  readonly #folders: FolderWatch;
  readonly #keepers = new Map<string, PortKeeper>();
  #cancel: Cancel | null = null;
  #running = false;

  constructor({ clock, handler, ports, maxBaud, devices, list, log }: SerialPortsParts) {
    this.#clock = clock;
    this.#patterns = portPatterns(ports);
    this.#keeperParts = { clock, handler, devices, usb: new UsbPorts(list), maxBaud, log };
    this.#folders = new FolderWatch(
      this.#patterns.map(({ folder }) => folder),
      (file) => this.#changed(file),
    );
  }

  start(): void {
    if (this.#running || this.#patterns.length === 0) return;
    this.#running = true;
    this.#look();
  }

  stop(): void {
    this.#running = false;
    this.#cancel?.();
    this.#cancel = null;
    this.#folders.stop();
    // Lent to nobody, for good: also a port that is just being opened is closed then.
    for (const keeper of this.#keepers.values()) void keeper.borrow();
    this.#keepers.clear();
  }

  /** What is known of every port that is there, by path. */
  ports(): readonly PortStatus[] {
    return [...this.#keepers.values()].map(({ status }) => status).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Ends the link on a port and leaves it alone until it is given back. @returns when others may open it */
  async borrow(path: string): Promise<{ release(): void }> {
    const real = realPath(path);
    const keeper = [...this.#keepers.values()].find((known) => known.path === path || realPath(known.path) === real);
    return { release: await (keeper ?? this.#keep(path, null)).borrow() };
  }

  #look(): void {
    this.#cancel?.();
    this.#folders.start();
    const present = presentPorts(this.#patterns);
    for (const [path, dialect] of present) {
      if (this.#keepers.has(path) || !this.#isTwice(path, present)) {
        (this.#keepers.get(path) ?? this.#keep(path, dialect)).look();
      }
    }
    for (const [path, keeper] of this.#keepers) {
      if (present.has(path)) continue;
      if (keeper.idle) this.#keepers.delete(path);
      else keeper.vanished();
    }
    this.#cancel = this.#clock.after(LOOK_MS, () => this.#look());
  }

  #changed(file: string): void {
    if (!this.#running || !this.#patterns.some(({ name }) => name.test(file))) return;
    for (const keeper of this.#keepers.values()) if (basename(keeper.path) === file) keeper.appeared();
    this.#cancel?.();
    this.#cancel = this.#clock.after(SOON_MS, () => this.#look());
  }

  #keep(path: string, dialect: Dialect | null): PortKeeper {
    const keeper = new PortKeeper(path, dialect, this.#keeperParts);
    this.#keepers.set(path, keeper);
    return keeper;
  }

  /** Whether one that is kept already is the same port under another name. */
  #isTwice(path: string, present: ReadonlyMap<string, unknown>): boolean {
    const real = realPath(path);
    return [...this.#keepers.keys()].some((kept) => present.has(kept) && realPath(kept) === real);
  }
}
