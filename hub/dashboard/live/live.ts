/** All that the page knows, as signals, fed by the topics of the hub. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { DeviceInfo, Health, RoomEvent } from './model.ts';
import { parseEvent, parseHealth, parsePresence, parseScoreboard } from './parse.ts';
import { RoomLive } from './room-live.ts';

export type Connection = 'waiting' | 'up' | 'down';

/** More are not listed: a page is no place for a flood of made-up devices. */
const MAX_DEVICES = 200;
const MAX_ROOMS = 50;

const TOPIC = /^paddlewire\/1\/(?:rooms\/([^/]+)\/(state|scoreboard|events)|devices\/([^/]+)\/presence|hub\/health)$/;

export class Live {
  readonly connection: Signal<Connection> = signal('waiting');
  readonly health: Signal<Health | null> = signal(null);
  /** What has happened last, in whatever room: for the ear. */
  readonly event: Signal<RoomEvent | null> = signal(null);
  /** Whether the page shows moments of play: sixty a second of each room, which no other page has to be told. */
  readonly watchesPlay: Signal<boolean> = signal(false);
  readonly #rooms: Signal<readonly RoomLive[]> = signal([]);
  readonly #devices: Signal<ReadonlyMap<string, DeviceInfo>> = signal(new Map());
  #connects = false;
  readonly #decoder = new TextDecoder();
  readonly #now: () => number;
  /** What the hub has told of since it was last connected: the rest is gone. */
  readonly #heard = new Set<string>();

  /** `now`: the page's clock in ms, the one that animation frames get. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Connects, unless it did so already. The connection is larger than all the rest, so it comes by itself. */
  connect(): void {
    if (this.#connects) return;
    this.#connects = true;
    import('./hub-link.ts').then(
      ({ connectToHub }) => connectToHub(location, this),
      () => {
        // The hub went away between two files: said as if it had gone now. The next page tries again.
        this.connection.value = 'down';
        this.#connects = false;
      },
    );
  }

  get rooms(): ReadonlySignal<readonly RoomLive[]> {
    return this.#rooms;
  }

  get devices(): ReadonlySignal<ReadonlyMap<string, DeviceInfo>> {
    return this.#devices;
  }

  /** A message of the hub. Unknown topics and malformed payloads are left out; an empty payload takes a thing away. */
  take(topic: string, payload: Uint8Array): void {
    const match = TOPIC.exec(topic);
    if (match === null) return;
    const [, room, part, device] = match;
    if (room !== undefined && part === 'state') this.#room(room)?.takeState(payload, this.#now());
    else this.#takeText(room, part, device, this.#decoder.decode(payload));
  }

  /** The hub is connected anew: what it does not tell again until `forgetUnheard` is no longer there. */
  beginHearing(): void {
    this.#heard.clear();
  }

  forgetUnheard(): void {
    this.#rooms.value = this.#rooms.value.filter(({ name }) => this.#heard.has(`room ${name}`));
    this.#devices.value = new Map([...this.#devices.value].filter(([id]) => this.#heard.has(`device ${id}`)));
  }

  #takeText(room: string | undefined, part: string | undefined, device: string | undefined, json: string): void {
    if (device !== undefined) this.#takePresence(device, json);
    else if (room === undefined) this.health.value = parseHealth(json) ?? this.health.value;
    else if (part === 'scoreboard') this.#takeScoreboard(room, json);
    else {
      const event = parseEvent(json);
      if (event === null) return;
      this.#room(room)?.takeEvent(event, this.#now());
      this.event.value = event;
    }
  }

  #takeScoreboard(name: string, json: string): void {
    const scoreboard = parseScoreboard(json);
    const room = this.#room(name);
    if (json === '') this.#rooms.value = this.#rooms.value.filter((known) => known !== room);
    if (scoreboard === null) return;
    this.#heard.add(`room ${name}`);
    if (room !== undefined) {
      const seat = room.takeScoreboard(scoreboard, this.#now());
      if (seat !== null) this.event.value = { event: 'win', seat };
    } else if (this.#rooms.value.length < MAX_ROOMS) {
      const added = [...this.#rooms.value, new RoomLive(name, scoreboard, this.#now())];
      this.#rooms.value = added.toSorted((a, b) => a.name.localeCompare(b.name));
    }
  }

  #takePresence(id: string, json: string): void {
    const devices = new Map(this.#devices.value);
    const device = parsePresence(id, json);
    if (device !== null && (devices.has(id) || devices.size < MAX_DEVICES)) devices.set(id, device);
    else devices.delete(id);
    this.#heard.add(`device ${id}`);
    this.#devices.value = devices;
  }

  #room(name: string): RoomLive | undefined {
    return this.#rooms.value.find((room) => room.name === name);
  }
}
