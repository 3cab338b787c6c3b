/** What a game wants to be told, for whoever said something else. */
import type { Game } from './game.ts';

type Told = Pick<Game<never, never>, 'name' | 'words' | 'controls'>;

/** The words or controls of a game: the detail of `command-invalid`. */
export function wantsOf({ words, controls }: Pick<Told, 'words' | 'controls'>): Readonly<Record<string, unknown>> {
  return words === undefined ? { controls: Object.keys(controls) } : { words };
}

/** In a sentence. */
export function wants({ name, words }: Pick<Told, 'name' | 'words'>): string {
  return words === undefined
    ? `${name} has no such command; docs/games.md lists what it takes.`
    : `${name} has no such command; it takes ${words.join(', ')}.`;
}
