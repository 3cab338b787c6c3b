/** What a game wants to be told, for whoever said something else. */
import type { AnyGame } from './registry.ts';

/** The words or controls of a game: the detail of `command-invalid`. */
export function wantsOf({ words, controls }: Pick<AnyGame, 'words' | 'controls'>): Readonly<Record<string, unknown>> {
  return words === undefined ? { controls: Object.keys(controls) } : { words };
}

/** In a sentence. */
export function wants({ name, words }: Pick<AnyGame, 'name' | 'words'>): string {
  return words === undefined
    ? `${name} has no such command; docs/games.md lists what it takes.`
    : `${name} has no such command; it takes ${words.join(', ')}.`;
}
