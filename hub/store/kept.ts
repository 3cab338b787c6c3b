/** What who leads the class has set and lasts over restarts: rooms, bots, names, bans; each a setting of the store. */
import type { ScoreStore } from './store.ts';

/** A room that was opened over HTTP. */
export interface KeptRoom {
  readonly game: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly policy: string;
  readonly begins?: string;
}

interface Kinds {
  readonly room: KeptRoom;
  /** How many there are in a room. */
  readonly bots: number;
  /** Of a device. */
  readonly name: string;
  /** Of a device: that it may not play. */
  readonly ban: true;
}

type Kind = keyof Kinds;

export class Kept {
  readonly #store: Pick<ScoreStore, 'settings' | 'keep'>;

  constructor(store: Pick<ScoreStore, 'settings' | 'keep'>) {
    this.#store = store;
  }

  /** All of a kind, by room or device. What cannot be read is left out. @throws PaddlewireError store-failed */
  async all<K extends Kind>(kind: K): Promise<Map<string, Kinds[K]>> {
    const found = new Map<string, Kinds[K]>();
    for (const [key, text] of Object.entries(await this.#store.settings())) {
      const [of, ...name] = key.split(' ');
      const value = of === kind ? valueIn(text) : undefined;
      if (value !== undefined) found.set(name.join(' '), value as Kinds[K]);
    }
    return found;
  }

  /** @param value null: no longer. @throws PaddlewireError store-full, store-failed */
  set<K extends Kind>(kind: K, name: string, value: Kinds[K] | null): Promise<void> {
    return this.#store.keep({ key: `${kind} ${name}`, value: value === null ? null : JSON.stringify(value) });
  }
}

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
