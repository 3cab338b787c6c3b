/**
 * Who this tab is: the id that finds the seat again after a reload, a lock screen or a lost network, with name, room and
 * PIN. It is kept in localStorage, so that it outlives the tab; sessionStorage names the one that this tab had. Two open
 * tabs are two devices: a new tab asks the others over a BroadcastChannel which ids they have, and takes another.
 */
import type { KeyMapName } from '../../../shared/contract/key-maps.ts';
import { KEY_MAP_NAMES } from '../../../shared/contract/key-maps.ts';
import { isDeviceId } from '../../../shared/contract/topics.ts';

export interface KeptPlayer {
  readonly id: string;
  /** Empty until it is chosen. */
  readonly name: string;
  readonly keys: KeyMapName;
}

export interface Kept {
  /** The first player's id stands for the tab. */
  readonly players: readonly [KeptPlayer, ...KeptPlayer[]];
  readonly room: string;
  /** How often it has started in its life. */
  readonly restarts: number;
}

const TABS = 'paddlewire-play';
const PIN = 'paddlewire-pin';
const CHANNEL = 'paddlewire-play';
const MAX_TABS = 8;
/** How long other tabs may take to say which ids they have, in ms. */
const ANSWER_MS = 150;

/** A channel also reaches the page that it is of: who asks is not to answer itself. */
type Note = { readonly ask: string } | { readonly held: string };

export class Identity {
  #kept: Kept = fresh();
  #channel: BroadcastChannel | null = null;
  readonly #mark = randomText();

  get kept(): Kept {
    return this.#kept;
  }

  /** Finds out who this tab is. */
  async claim(): Promise<void> {
    const tabs = readTabs();
    const mine = read(sessionStorage, TABS);
    const known = tabs.toSorted((a, b) => Number(idOf(b) === mine) - Number(idOf(a) === mine));
    const held = known.length === 0 ? new Set<string>() : await this.#ask();
    this.#kept = known.find((kept) => !held.has(idOf(kept))) ?? fresh();
    this.keep({ restarts: this.#kept.restarts + 1 });
    this.#listen();
  }

  /** Whether another tab has taken the id while this one slept. */
  async isTaken(): Promise<boolean> {
    return (await this.#ask()).has(idOf(this.#kept));
  }

  /** Another id: somebody else has this one. */
  renew(): void {
    this.keep({ players: fresh().players });
  }

  keep(more: Partial<Kept>): void {
    const before = idOf(this.#kept);
    this.#kept = { ...this.#kept, ...more };
    const others = readTabs().filter((kept) => ![before, idOf(this.#kept)].includes(idOf(kept)));
    write(localStorage, TABS, JSON.stringify([this.#kept, ...others].slice(0, MAX_TABS)));
    write(sessionStorage, TABS, idOf(this.#kept));
  }

  get pin(): string {
    return read(localStorage, PIN) ?? '';
  }

  set pin(pin: string) {
    write(localStorage, PIN, pin);
  }

  release(): void {
    this.#channel?.close();
    this.#channel = null;
  }

  #ask(): Promise<Set<string>> {
    const held = new Set<string>();
    const channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener('message', ({ data }: MessageEvent<Note>) => {
      if ('held' in data) held.add(data.held);
    });
    channel.postMessage({ ask: this.#mark } satisfies Note);
    return new Promise((resolve) => {
      setTimeout(() => {
        channel.close();
        resolve(held);
      }, ANSWER_MS);
    });
  }

  #listen(): void {
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Note>) => {
      if ('ask' in data && data.ask !== this.#mark)
        this.#channel?.postMessage({ held: idOf(this.#kept) } satisfies Note);
    });
  }
}

/** The id of another player at this tab's keyboard. */
export const newId = (): string => `play-${randomText()}`;

/** Works without a secure context, where crypto.randomUUID is missing: a classroom's hub has no certificate. */
const randomText = (): string =>
  [...crypto.getRandomValues(new Uint8Array(5))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const idOf = ({ players }: Kept): string => players[0].id;

const fresh = (): Kept => ({ players: [{ id: newId(), name: '', keys: 'arrows' }], room: '', restarts: 0 });

/** What is kept may have been written by an older page, or by a curious reader: only what is right is taken. */
function readTabs(): Kept[] {
  try {
    const tabs: unknown = JSON.parse(read(localStorage, TABS) ?? '[]');
    return Array.isArray(tabs) ? tabs.slice(0, MAX_TABS).flatMap(toKept) : [];
  } catch {
    return [];
  }
}

function toKept(value: unknown): Kept[] {
  const { players, room, restarts } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const [first, ...others] = Array.isArray(players) ? players.slice(0, KEY_MAP_NAMES.length).flatMap(toPlayer) : [];
  if (first === undefined) return [];
  return [
    {
      players: [first, ...others],
      room: typeof room === 'string' ? room.slice(0, 24) : '',
      restarts: typeof restarts === 'number' && Number.isInteger(restarts) && restarts >= 0 ? restarts : 0,
    },
  ];
}

function toPlayer(value: unknown): KeptPlayer[] {
  const { id, name, keys } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const map = KEY_MAP_NAMES.find((known) => known === keys);
  if (typeof id !== 'string' || !isDeviceId(id) || typeof name !== 'string' || map === undefined) return [];
  return [{ id, name: name.slice(0, 32), keys: map }];
}

/** A browser may keep nothing at all; the page then asks again after a reload. */
function read(storage: Storage, key: string): string | null {
  try {
    return storage.getItem(key);
  } catch {
    return null;
  }
}

function write(storage: Storage, key: string, value: string): void {
  try {
    storage.setItem(key, value);
  } catch {
    // As above.
  }
}
