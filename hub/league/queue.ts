/** Who waits for a match of the league, and what each was told about it: a sentence when it changes, not each second. */
import type { Ladder } from './ladder.ts';
import type { Waiting } from './matchmaking.ts';

/** A device that asked to be paired. */
export interface Entry {
  readonly device: string;
  readonly user: number;
  readonly game: string;
  readonly bot: boolean;
  /** By the hub's clock, in ms. */
  readonly since: number;
  /** Why it waits, as a code and as a sentence. */
  reason: string;
  note: string;
}

export class Queue {
  readonly #entries = new Map<string, Entry>();
  readonly #tell: (device: string, text: string) => void;

  constructor(tell: (device: string, text: string) => void) {
    this.#tell = tell;
  }

  /** A device that waits already goes on waiting, unless it wants another game. */
  add(entry: Omit<Entry, 'reason' | 'note'>): void {
    if (this.#entries.get(entry.device)?.game === entry.game) return;
    this.#entries.set(entry.device, { ...entry, reason: '', note: '' });
  }

  remove(device: string): Entry | undefined {
    const entry = this.#entries.get(device);
    this.#entries.delete(device);
    return entry;
  }

  get(device: string): Entry | undefined {
    return this.#entries.get(device);
  }

  /** Those who wait, the longest first. @param game null: for any */
  all(game: string | null = null): Entry[] {
    const found = [...this.#entries.values()].filter((entry) => game === null || entry.game === game);
    return found.toSorted((a, b) => a.since - b.since);
  }

  /** The games for which somebody waits. */
  get games(): ReadonlySet<string> {
    return new Set([...this.#entries.values()].map(({ game }) => game));
  }

  /** Tells a device why it waits, if that is new. */
  explain(entry: Entry, reason: string, text: string): void {
    if (entry.reason === reason) return;
    entry.reason = reason;
    entry.note = text;
    this.#tell(entry.device, text);
  }

  clear(): void {
    this.#entries.clear();
  }
}

/** As those who wait are weighed: by how they are rated now. @param met users of its user's newest match */
export function weighed(entry: Entry, ladder: Ladder, met: readonly number[]): Waiting {
  const { device, user, bot, since, game } = entry;
  const { mu, sigma } = ladder.of(user, game);
  return { device, user, bot, since, mu, sigma, met };
}
