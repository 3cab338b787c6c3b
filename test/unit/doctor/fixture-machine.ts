/** A computer made of the files that the doctor reads, as text. */
import type { FileOwner, Machine, Space } from '../../../hub/cli/doctor/machine.ts';

export interface Fixture {
  /** Content by path; a folder exists if something is in it. */
  readonly files: Readonly<Record<string, string>>;
  /** Target by path. */
  readonly links: Readonly<Record<string, string>>;
  /** Owner by path; of other files nobody knows. */
  readonly owners: Readonly<Record<string, FileOwner>>;
  /** Paths that this process may not open. */
  readonly closed: readonly string[];
  /** What a command with its arguments prints. */
  readonly commands: Readonly<Record<string, string>>;
  readonly space: Space | null;
  readonly writeTimesMs: readonly number[] | null;
  readonly now: string;
  readonly nodeVersion: string;
}

/** What is different from another fixture: entries by path replace its own, null takes one away. */
export type Change = {
  readonly [K in keyof Fixture]?: Fixture[K] extends Readonly<Record<string, infer V>>
    ? Readonly<Record<string, V | null>>
    : Fixture[K];
};

const TABLES = ['files', 'links', 'owners', 'commands'] as const;

export function changed(fixture: Fixture, change: Change): Fixture {
  const tables = TABLES.map((table) => {
    const merged: Record<string, unknown> = { ...fixture[table], ...change[table] };
    return [table, Object.fromEntries(Object.entries(merged).filter(([, entry]) => entry !== null))] as const;
  });
  return { ...fixture, ...change, ...Object.fromEntries(tables) } as Fixture;
}

export function machineOf(fixture: Fixture): Machine {
  const paths = [...Object.keys(fixture.files), ...Object.keys(fixture.links), ...Object.keys(fixture.owners)];
  return {
    readFile: (path) => fixture.files[path] ?? null,
    listFolder: (folder) => {
      const inside = paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
      return inside.length === 0 ? null : [...new Set(inside.map((path) => path.split('/')[0] as string))];
    },
    readLink: (path) => fixture.links[path] ?? null,
    owner: (path) => fixture.owners[path] ?? null,
    mayOpen: (path) => path in fixture.owners && !fixture.closed.includes(path),
    run: (command, ...args) => fixture.commands[[command, ...args].join(' ')] ?? null,
    space: () => fixture.space,
    writeTimesMs: () => fixture.writeTimesMs,
    now: () => Date.parse(fixture.now),
    nodeVersion: fixture.nodeVersion,
  };
}
