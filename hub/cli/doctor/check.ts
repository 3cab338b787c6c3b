/** A check, what it finds, and how all of them are run: none can stop the others. */
import type { Machine } from './machine.ts';

/** `skipped`: could not be looked at on this computer, which is no alarm. */
export type Status = 'ok' | 'warn' | 'fail' | 'skipped';

export interface Finding {
  readonly status: Status;
  /** One sentence. */
  readonly text: string;
  /** What to do, in one sentence; null where there is nothing to do. */
  readonly remedy: string | null;
}

export interface Result extends Finding {
  readonly check: string;
}

/** What the hub is going to be started with. */
export interface Wanted {
  readonly dataFolder: string;
  readonly httpPort: number;
  readonly mqttPort: number;
  readonly serialPorts: readonly string[];
}

export interface Check {
  /** Stable: scripts read it. */
  readonly name: string;
  /** What it looks at, and why that matters to a class: docs/doctor.md. */
  readonly looksAt: string;
  readonly why: string;
  run(machine: Machine, wanted: Wanted): Finding;
}

export const ok = (text: string): Finding => ({ status: 'ok', text, remedy: null });
export const warn = (text: string, remedy: string): Finding => ({ status: 'warn', text, remedy });
export const fail = (text: string, remedy: string): Finding => ({ status: 'fail', text, remedy });
export const skipped = (text: string): Finding => ({ status: 'skipped', text, remedy: null });

const ORDER: readonly Status[] = ['fail', 'warn', 'ok', 'skipped'];

/** Worst first, otherwise in the order of the checks. */
export function runChecks(checks: readonly Check[], machine: Machine, wanted: Wanted): Result[] {
  const results = checks.map((check): Result => ({ check: check.name, ...runOne(check, machine, wanted) }));
  return results.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
}

function runOne(check: Check, machine: Machine, wanted: Wanted): Finding {
  try {
    return check.run(machine, wanted);
  } catch (error) {
    return skipped(`This check has a bug on this computer: ${(error as Error).message}`);
  }
}

/** Whether something is to be done. */
export const isAlarm = ({ status }: Finding): boolean => status === 'fail' || status === 'warn';
