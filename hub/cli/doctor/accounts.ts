/** Who this process is: proc_pid_status(5), passwd(5), group(5). */
import type { Machine } from './machine.ts';

export interface Account {
  readonly uid: number;
  readonly name: string;
  /** Groups that this process has: a group that was added since the login is not among them. */
  readonly gids: readonly number[];
}

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** null where /proc does not say. */
export function account(machine: Machine): Account | null {
  const status = machine.readFile('/proc/self/status');
  const effective = /^Uid:\s+\d+\s+(\d+)/m.exec(status ?? '')?.[1];
  if (status === null || effective === undefined) return null;
  const primary = /^Gid:\s+\d+\s+(\d+)/m.exec(status)?.[1] ?? '';
  const others = /^Groups:(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/) ?? [];
  const users = (machine.readFile('/etc/passwd') ?? '').split('\n').map((row) => row.split(':'));
  const name = users.find((fields) => fields[2] === effective)?.[0] ?? effective;
  return { uid: Number(effective), name, gids: [primary, ...others].filter((id) => id !== '').map(Number) };
}

export const groups = (machine: Machine): Group[] =>
  (machine.readFile('/etc/group') ?? '')
    .split('\n')
    .map((row) => row.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , gid, members = '']) => ({ name, gid: Number(gid), members: members.split(',') }));
