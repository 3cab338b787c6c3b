/** The rooms of the hub as the play page sees them: scoreboards of all, and what happens in them. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { topics } from '../../../shared/contract/topics.ts';
import { parseEvent, parseScoreboard } from '../live/parse.ts';
import { RoomLive } from '../live/room-live.ts';

const TOPIC = /^paddlewire\/1\/rooms\/([^/]+)\/(state|scoreboard|events)$/;
const MAX_ROOMS = 50;

export class Rooms {
  readonly #rooms: Signal<readonly RoomLive[]> = signal([]);
  readonly #decoder = new TextDecoder();

  /** What has to be subscribed to for it. The state of a room only matters in games that cannot be predicted. */
  static readonly topics: readonly string[] = [topics.scoreboard('+'), topics.events('+')];

  get all(): ReadonlySignal<readonly RoomLive[]> {
    return this.#rooms;
  }

  find(name: string): RoomLive | undefined {
    return this.#rooms.value.find((room) => room.name === name);
  }

  /** A message that arrived at `now`. Unknown topics and malformed payloads are left out; an empty one takes a room away. */
  take(topic: string, payload: Uint8Array, now: number): void {
    const [, name, part] = TOPIC.exec(topic) ?? [];
    if (name === undefined) return;
    if (part === 'scoreboard') this.#takeScoreboard(name, this.#decoder.decode(payload), now);
    else if (part === 'state') this.find(name)?.takeState(payload, now);
    else {
      const event = parseEvent(this.#decoder.decode(payload));
      if (event !== null) this.find(name)?.takeEvent(event, now);
    }
  }

  #takeScoreboard(name: string, json: string, now: number): void {
    const known = this.find(name);
    if (json === '') this.#rooms.value = this.#rooms.value.filter((room) => room !== known);
    const scoreboard = parseScoreboard(json);
    if (scoreboard === null) return;
    if (known !== undefined) known.takeScoreboard(scoreboard, now);
    else if (this.#rooms.value.length < MAX_ROOMS) {
      const added = [...this.#rooms.value, new RoomLive(name, scoreboard, now)];
      this.#rooms.value = added.toSorted((a, b) => a.name.localeCompare(b.name));
    }
  }
}
