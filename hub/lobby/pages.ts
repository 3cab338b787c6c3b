/** The retained pages of rooms and devices, and the scores that devices are told: whatever changes, once a moment. */
import { topics, type Presence } from '../../shared/contract/topics.ts';
import type { Link } from '../links/link.ts';
import type { Room } from '../rooms/room.ts';
import type { Lobby } from './lobby.ts';
import { presenceIn, presencePage } from './presence.ts';
import { scoreboard, scoreOf } from './scoreboard.ts';
import type { Session } from './session.ts';

export interface PagesParts {
  readonly rooms: ReadonlyMap<string, Room>;
  /** The lobby, which in turn needs the pages. */
  readonly lobby: () => Lobby;
  readonly publish: (topic: string, page: string, options: { readonly retain: true }) => void;
}

export class Pages {
  readonly #rooms: PagesParts['rooms'];
  readonly #lobby: PagesParts['lobby'];
  readonly #publish: PagesParts['publish'];
  readonly #dirty = new Set<Room>();

  constructor({ rooms, lobby, publish }: PagesParts) {
    this.#rooms = rooms;
    this.#lobby = lobby;
    this.#publish = publish;
  }

  /** Many changes of one moment become one page. */
  changed(room: Room): void {
    if (this.#dirty.size === 0) setImmediate(() => this.#publishRooms());
    this.#dirty.add(room);
  }

  #publishRooms(): void {
    for (const room of this.#dirty) {
      // Another has its name by now, or none.
      if (this.#rooms.get(room.name) !== room) continue;
      this.#publish(topics.scoreboard(room.name), JSON.stringify(scoreboard(room, this.#lobby())), {
        retain: true,
      });
      for (const seat of room.seats.taken) {
        const session = this.#lobby().session(seat.device as string);
        if (session !== undefined) this.#tellScore(room, seat.index, session);
      }
    }
    this.#dirty.clear();
    // A seat that was freed by the room itself shows on the page of its device too.
    for (const session of this.#lobby().sessions) {
      if (session.state !== null) this.presence(session, session.state);
    }
  }

  #tellScore(room: Room, index: number, session: Session): void {
    const score = scoreOf(room, index, session);
    const said = `${session.births} ${JSON.stringify(score)}`;
    if (session.link === null || session.score === said) return;
    session.score = said;
    this.#lobby().send(session.id, score);
  }

  /** A device's presence is not what it was, or what is said of it may not be. */
  presence(session: Session, state: Presence): void {
    const before = session.presence;
    const page = this.#page(session, state);
    if (page !== before) this.#publish(topics.presence(session.id), page, { retain: true });
  }

  /** Takes the state down and gives the page that says so. */
  #page(session: Session, state: Presence): string {
    const room = session.room === null ? undefined : this.#rooms.get(session.room);
    session.state = state;
    session.presence = presencePage(session, state, room?.seats.of(session.id)?.name ?? null);
    return session.presence;
  }

  /**
   * What a client (or its will) says of itself, with what the hub knows of it; null: of another's link, or a farewell
   * that is over. Pages of ids that never said HELLO are not kept.
   */
  presenceOf(id: string, link: Link | null, payload: Uint8Array): { text: string; retain: boolean } | null {
    const state = presenceIn(payload);
    const session = this.#lobby().session(id);
    if (session === undefined) return { text: JSON.stringify({ state, session: 0 }), retain: false };
    const own = session.link === null || session.link === link;
    const gone = state === 'lost' || state === 'disconnected';
    // Who was sent away did not vanish: its will comes after.
    const buried = state === 'lost' && session.state === 'disconnected';
    if (!own || buried || (gone && session.link !== null)) return null;
    return { text: this.#page(session, state), retain: true };
  }

  /** A room is closed: an empty retained message takes its page back. */
  closed(name: string): void {
    this.#publish(topics.scoreboard(name), '', { retain: true });
  }

  /** A device is forgotten: an empty retained message takes its page back. */
  forgotten(session: Session): void {
    this.#publish(topics.presence(session.id), '', { retain: true });
  }
}
