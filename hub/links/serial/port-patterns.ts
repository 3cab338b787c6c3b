/** Which ports there are to watch: what the setting `serial.ports` means, and the paths that it stands for now. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DIALECTS, type Dialect } from './dialects.ts';

export interface PortPattern {
  /** The dialect that is spoken there, or null: to be found out. */
  readonly dialect: Dialect | null;
  readonly folder: string;
  readonly name: RegExp;
}

/** Linux, then macOS. */
const AUTO = ['/dev/ttyACM*', '/dev/ttyUSB*', '/dev/cu.usbmodem*', '/dev/cu.usbserial*'];

/** @param ports `auto`, `none`, paths, or paths with `*` in their last part; a dialect and `:` before a path force it */
export function portPatterns(ports: readonly string[]): PortPattern[] {
  return ports
    .filter((port) => port !== 'none')
    .flatMap((port) => (port === 'auto' ? AUTO : [port]))
    .map((port) => {
      const dialect = DIALECTS.find((known) => port.startsWith(`${known}:`)) ?? null;
      return pattern(dialect, dialect === null ? port : port.slice(dialect.length + 1));
    });
}

function pattern(dialect: Dialect | null, path: string): PortPattern {
  const parts = basename(path).split('*');
  const escaped = parts.map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return { dialect, folder: dirname(path), name: new RegExp(`^${escaped.join('.*')}$`) };
}

/** The paths that are there now, with the dialect that was asked for: the first pattern that names a path counts. */
export function presentPorts(patterns: readonly PortPattern[]): Map<string, Dialect | null> {
  const present = new Map<string, Dialect | null>();
  for (const { dialect, folder, name } of patterns) {
    for (const file of namesIn(folder)) {
      const path = join(folder, file);
      if (name.test(file) && !present.has(path)) present.set(path, dialect);
    }
  }
  return present;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
