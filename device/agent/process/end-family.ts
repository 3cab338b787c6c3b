/** Ends a process with all that it started. The one file that reaches for processes other than its own child. */
import { familyOf, markedWith } from './family.ts';

/** A family that keeps starting processes is ended again, until nobody is left or so often. */
const ROUNDS = 20;

/** @param mark what the environment of all of them has */
export function endFamily(pid: number, mark: string): void {
  for (let round = 0; round < ROUNDS; round++) {
    const { pids } = familyOf(pid);
    // Its group first: one call, whatever it has started meanwhile.
    end(-pid);
    const left = [...pids, ...markedWith(mark)];
    if (left.length === 0) return;
    for (const one of left) end(one);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
