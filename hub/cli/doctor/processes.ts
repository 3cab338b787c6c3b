/**
 * Who runs, and what they have open, from /proc: proc_pid_comm(5), proc_pid_cmdline(5), proc_pid_fd(5). Of other
 * people's processes only root sees what is open.
 */
import type { Machine } from './machine.ts';

export interface Process {
  readonly pid: string;
  /** At most 15 characters: the kernel cuts it. */
  readonly name: string;
  /** The command with its arguments; some programs write their state there. */
  readonly command: string;
}

/** null where there is no /proc. */
export function processes(machine: Machine): Process[] | null {
  const pids = machine.listFolder('/proc')?.filter((name) => /^\d+$/.test(name));
  if (pids === undefined || pids.length === 0) return null;
  return pids.flatMap((pid) => {
    const name = machine.readFile(`/proc/${pid}/comm`)?.trim();
    if (name === undefined) return [];
    const command = (machine.readFile(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim();
    return [{ pid, name, command }];
  });
}

export const findProcess = (machine: Machine, name: string): Process | null =>
  processes(machine)?.find((process) => process.name === name.slice(0, 15)) ?? null;

/** Who has something open, by what its link in /proc/<pid>/fd says: a path, or `socket:[inode]`. */
export function holderOf(machine: Machine, target: string): Process | null {
  const holds = ({ pid }: Process): boolean =>
    (machine.listFolder(`/proc/${pid}/fd`) ?? []).some((fd) => machine.readLink(`/proc/${pid}/fd/${fd}`) === target);
  return processes(machine)?.find(holds) ?? null;
}

export const isHub = ({ command }: Process): boolean =>
  /paddlewire\b.* (start|demo)\b|hub\/main\.js (start|demo)\b/.test(command);

export const nameOf = (process: Process): string =>
  isHub(process) ? `a hub that runs already (process ${process.pid})` : `${process.name} (process ${process.pid})`;
