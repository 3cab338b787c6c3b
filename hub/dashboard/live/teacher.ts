/** Who leads from this page: whoever sits at the hub's own computer, or knows the teacher's password. */
import { signal } from '@preact/signals';

const KEPT_AS = 'paddlewire-teacher';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The teacher's password, for as long as this tab is open; empty: none was given. */
export const password = signal(kept());

/** Whether this page is open on the hub's own computer: only there may it lead without a password. */
export const atTheHub = ({ hostname }: Pick<Location, 'hostname'> = location): boolean => LOOPBACK.has(hostname);

/** Whether the hub may be asked for what only who leads gets. */
export const mayLead = (): boolean => atTheHub() || password.value !== '';

export function keepPassword(given: string): void {
  password.value = given;
  try {
    if (given === '') sessionStorage.removeItem(KEPT_AS);
    else sessionStorage.setItem(KEPT_AS, given);
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}

function kept(): string {
  try {
    return sessionStorage.getItem(KEPT_AS) ?? '';
  } catch {
    return '';
  }
}
