/** A token that was just made: the hub says it once, so this page keeps it until its owner has it. */
import { signal } from '@preact/signals';

/** Empty: none. */
export const freshToken = signal('');
