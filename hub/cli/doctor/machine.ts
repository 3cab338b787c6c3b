/** What the doctor looks through: a computer as files, folders, links and a few commands. A test hands in another. */

export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
}

export interface Space {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** Nothing throws: what is not there, or may not be read, is null. */
export interface Machine {
  readFile(path: string): string | null;
  listFolder(path: string): readonly string[] | null;
  /** Where a symbolic link points, as it is written there. */
  readLink(path: string): string | null;
  owner(path: string): FileOwner | null;
  /** Whether this process may read and write it. */
  mayOpen(path: string): boolean;
  /** What a command prints; null if it is not there, fails or takes longer than a few seconds. */
  run(command: string, ...args: string[]): string | null;
  /** Of the disk of a folder, or of the nearest folder above that exists. */
  space(folder: string): Space | null;
  /** How long some small writes took to reach the disk of a folder, each in ms; null if it cannot be written. */
  writeTimesMs(folder: string): readonly number[] | null;
  /** Wall clock, in ms since 1970. */
  now(): number;
  /** As Node says it: v20.19.0. */
  readonly nodeVersion: string;
}

/** Names of a folder that fit, sorted; none if there is no such folder. */
export const namesIn = (machine: Machine, folder: string, pattern: RegExp): string[] =>
  (machine.listFolder(folder) ?? []).filter((name) => pattern.test(name)).toSorted();

/** A whole number from a small file; null if there is none. */
export function numberIn(machine: Machine, path: string): number | null {
  const text = machine.readFile(path)?.trim() ?? '';
  return /^-?\d+$/.test(text) ? Number(text) : null;
}

/** Whether services run under systemd here: sd_booted(3) looks for the same folder. */
export const hasSystemd = (machine: Machine): boolean => machine.listFolder('/run/systemd/system') !== null;

/** The model of a Raspberry Pi, or null on any other computer. Device tree strings end with a zero byte. */
export function piModel(machine: Machine): string | null {
  const model = machine.readFile('/proc/device-tree/model')?.replaceAll('\0', '').trim() ?? '';
  return model.startsWith('Raspberry Pi') ? model : null;
}
