/** The play page as a whole: the hub's terms, who plays here, and which step comes next. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { KEY_MAP_NAMES, type KeyMapName } from '../../../shared/contract/key-maps.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { Identity, newId, type KeptPlayer } from './identity.ts';
import { Player } from './player.ts';
import { Rooms } from './rooms.ts';

export type Step = 'searching' | 'pin' | 'name' | 'table';

/** Between two questions to a hub that does not answer, in ms. */
const ASK_MS = 2000;

export class PlaySession {
  readonly rooms = new Rooms();
  readonly players: Signal<readonly Player[]> = signal([]);
  /** Whether a PIN was given that the hub does not know. */
  readonly pinWrong: Signal<boolean> = signal(false);
  /** The room that was chosen; empty: the hub chooses. */
  readonly room: Signal<string> = signal('');
  readonly #identity = new Identity();
  /** null: the hub has not said. */
  readonly #needsPin: Signal<boolean | null> = signal(null);
  readonly #pin: Signal<string> = signal('');
  readonly #named: Signal<boolean> = signal(false);
  readonly #page: Location;
  #asking: ReturnType<typeof setTimeout> | undefined;
  #ended = false;
  readonly #listening = new AbortController();

  constructor(page: Location) {
    this.#page = page;
  }

  readonly step: ReadonlySignal<Step> = computed(() => {
    if (this.#needsPin.value === null) return 'searching';
    if ((this.#needsPin.value && this.#pin.value === '') || this.pinWrong.value) return 'pin';
    const [first] = this.players.value;
    if (this.#named.value) return 'table';
    return first?.wire.value === 'up' ? 'name' : 'searching';
  });

  /** Key maps that nobody at this keyboard has. */
  get freeKeys(): readonly KeyMapName[] {
    return KEY_MAP_NAMES.filter((map) => !this.players.value.some(({ keys }) => keys === map));
  }

  async start(): Promise<void> {
    await this.#identity.claim();
    if (this.#ended) return;
    const query = new URLSearchParams(this.#page.search);
    const pin = query.get('pin');
    if (pin !== null) this.#identity.pin = pin;
    this.#pin.value = this.#identity.pin;
    this.room.value = query.get('room') ?? this.#identity.kept.room;
    this.#named.value = this.#identity.kept.players[0].name !== '';
    // Who looks over a shoulder at the address need not read the PIN there.
    if (pin !== null) history.replaceState(history.state, '', withoutPin(this.#page));
    const { signal: until } = this.#listening;
    document.addEventListener('visibilitychange', () => void this.#wake(), { signal: until });
    addEventListener('online', () => this.#hurry(), { signal: until });
    await this.#askHub();
  }

  stop(): void {
    this.#ended = true;
    clearTimeout(this.#asking);
    this.#listening.abort();
    for (const player of this.players.value) player.stop();
    this.players.value = [];
    this.#identity.release();
  }

  givePin(pin: string): void {
    this.#identity.pin = pin;
    this.#pin.value = pin;
    this.pinWrong.value = false;
    this.#connect();
  }

  /** @param room empty: the hub chooses */
  chooseName(name: string, room: string): void {
    this.room.value = room;
    const [first, ...others] = this.#identity.kept.players;
    this.#identity.keep({ players: [{ ...first, name }, ...others], room: this.room.value });
    this.#named.value = true;
    this.players.value[0]?.enter(name, this.room.value);
  }

  /** Another player at this keyboard: a device of its own. */
  addPlayer(keys: KeyMapName, name: string): void {
    const kept = { id: newId(), name, keys };
    const [first, ...others] = this.#identity.kept.players;
    this.#identity.keep({ players: [first, ...others, kept] });
    this.#seat(kept);
  }

  /** The first player keeps the page: it gives its seat back, and may take one again. */
  leave(player: Player): void {
    const [first, ...others] = this.#identity.kept.players;
    if (player.id === first.id) return player.leave();
    this.#identity.keep({ players: [first, ...others.filter(({ id }) => id !== player.id)] });
    this.players.value = this.players.value.filter((one) => one !== player);
    player.stop();
  }

  /** Keeps where a player sits, for when the page is loaded again. */
  keepRoom(room: string): void {
    if (room !== '' && room !== this.#identity.kept.room) this.#identity.keep({ room });
  }

  async #askHub(): Promise<void> {
    const needsPin = await askNeedsPin();
    if (this.#ended) return;
    if (needsPin === null) {
      this.#asking = setTimeout(() => void this.#askHub(), ASK_MS);
      return;
    }
    this.#needsPin.value = needsPin;
    if (!needsPin || this.#pin.value !== '') this.#connect();
  }

  /** All players anew, with the names and the PIN that are known now. */
  #connect(): void {
    for (const player of this.players.value) player.stop();
    this.players.value = [];
    const { players } = this.#identity.kept;
    for (const kept of this.#named.value ? players : players.slice(0, 1)) this.#seat(kept);
  }

  #seat(kept: KeptPlayer): void {
    const first = this.players.value.length === 0;
    const player: Player = new Player({
      kept,
      rooms: this.rooms,
      terminal: {
        secret: this.#needsPin.value === true ? this.#pin.value : '',
        restarts: this.#identity.kept.restarts,
        watch: first ? Rooms.topics : [],
        ...(first && { watched: (topic, payload) => this.rooms.take(topic, payload, performance.now()) }),
      },
      idTaken: () => this.#renew(),
      held: (seat, sensed) => {
        const [drawer] = this.players.value;
        if (drawer !== player) drawer?.beside(seat, sensed);
      },
    });
    player.wire.subscribe((wire) => {
      if (wire === 'denied') this.pinWrong.value = true;
    });
    player.seat.subscribe((seat) => {
      if (seat === null) return;
      this.keepRoom(seat.room);
      // Of a game that cannot be predicted the hub's snapshots are shown.
      if (this.rooms.find(seat.room)?.scoreboard.value.game !== 'pong') this.#watchState(seat.room);
    });
    player.start();
    if (kept.name !== '') player.enter(kept.name, this.room.value);
    this.players.value = [...this.players.value, player];
  }

  #watchState(room: string): void {
    this.players.value[0]?.watch(topics.state(room));
  }

  /** Somebody else has the id: this tab becomes another device, with the same name. */
  #renew(): void {
    const { name, keys } = this.#identity.kept.players[0];
    this.#identity.renew();
    this.#identity.keep({ players: [{ id: this.#identity.kept.players[0].id, name, keys }] });
    this.#connect();
  }

  async #wake(): Promise<void> {
    if (document.hidden || this.players.value.length === 0) return;
    if (await this.#identity.isTaken()) this.#renew();
    else this.#hurry();
  }

  #hurry(): void {
    for (const player of this.players.value) player.hurry();
  }
}

/** Whether the hub wants a PIN of who plays; null: it does not answer. */
async function askNeedsPin(): Promise<boolean | null> {
  try {
    const response = await fetch('/api/hub');
    if (!response.ok) return null;
    const hub = (await response.json()) as { readonly needsPin?: unknown };
    return hub.needsPin === true;
  } catch {
    return null;
  }
}

function withoutPin({ pathname, search, hash }: Location): string {
  const query = new URLSearchParams(search);
  query.delete('pin');
  return `${pathname}${query.size === 0 ? '' : `?${query}`}${hash}`;
}
