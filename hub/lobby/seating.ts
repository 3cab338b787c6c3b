/** Who sits where: gives seats and takes them, in rooms or in the queue of the league, and says so to whom it concerns. */
import type { MessageOf } from '../../shared/contract/messages.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Room } from '../rooms/room.ts';
import type { Session } from './session.ts';

/** What the lobby knows of the league. */
export interface LeagueDoor {
  /** Whether a JOIN of this room is for it. */
  takes(wish: string): boolean;
  /** Whether a room is that of one of its matches: nobody else sits down there. */
  owns(room: string): boolean;
  /** @throws PaddlewireError token-required, league-game */
  join(session: Session, wish: string): void;
  /** A device is not to be paired any more. */
  left(device: string): void;
}

export interface SeatingParts {
  readonly rooms: ReadonlyMap<string, Room>;
  readonly sessions: ReadonlyMap<string, Session>;
  readonly league: LeagueDoor | undefined;
  /** A device's presence is not what it was. */
  showPresence(session: Session): void;
  /** What a room's scoreboard says of a device is not what it was. */
  changed(room: Room): void;
  /** What was scored on a seat is to be on disk now. */
  flush(): void;
}

export class Seating {
  readonly #parts: SeatingParts;
  /** Nobody new gets a seat. */
  locked = false;
  /** Ids of devices that may have no seat. */
  readonly banned = new Set<string>();

  constructor(parts: SeatingParts) {
    this.#parts = parts;
  }

  /** The room in which a device has a seat. */
  roomOf(session: Session): Room | undefined {
    return session.room === null ? undefined : this.#parts.rooms.get(session.room);
  }

  /** @throws PaddlewireError seat-missing */
  seatedRoom(session: Session): Room {
    const room = this.roomOf(session);
    if (room === undefined) throw new PaddlewireError('seat-missing');
    return room;
  }

  /** @throws PaddlewireError room-unknown, lobby-locked, and those of `seat`, of `leaveLeague` and of the league */
  join(session: Session, wish: MessageOf<'JOIN'>): void {
    const { rooms, league } = this.#parts;
    if (league?.takes(wish.room) === true) return this.#joinLeague(session, wish.room, league);
    const room = wish.room === '' ? this.#defaultRoom(session) : rooms.get(wish.room);
    if (room === undefined) throw new PaddlewireError('room-unknown', undefined, { rooms: [...rooms.keys()] });
    const sits = this.roomOf(session)?.seats.of(session.id) !== undefined;
    // The hub's own players come because who leads wants them.
    const bot = session.link?.kind === 'bot';
    if (this.locked && !sits && !bot) throw new PaddlewireError('lobby-locked');
    if (sits && league?.owns(room.name) === true && this.roomOf(session) === room) return this.tellSeat(session);
    this.leaveLeague(session, room);
    this.seat(session, room, wish.side);
  }

  /** Waits to be paired, and has no seat until then. */
  #joinLeague(session: Session, wish: string, league: LeagueDoor): void {
    if (this.banned.has(session.id)) throw new PaddlewireError('device-banned');
    const room = this.roomOf(session);
    if (this.locked && room === undefined) throw new PaddlewireError('lobby-locked');
    league.join(session, wish);
    if (room !== undefined && !league.owns(room.name)) this.unseat(session);
  }

  /** A device that is to sit in another room waits for no match any more. @throws PaddlewireError league-room */
  leaveLeague(session: Session, room: Room): void {
    const { league } = this.#parts;
    if (league?.owns(room.name) === true && session.link?.kind !== 'bot') throw new PaddlewireError('league-room');
    league?.left(session.id);
  }

  /**
   * Gives a device a seat.
   * @param wish seat; empty: the next free one
   * @throws PaddlewireError device-banned, seat-unknown, seat-taken, seat-none-free
   */
  seat(session: Session, room: Room, wish: string): void {
    if (this.banned.has(session.id)) throw new PaddlewireError('device-banned');
    this.#makeRoom(session, room, wish);
    const before = this.roomOf(session);
    // Joins first: who is refused keeps the seat it has.
    room.join(session.id, wish);
    if (before !== room) before?.leave(session.id);
    session.room = room.name;
    this.tellSeat(session);
    this.#parts.showPresence(session);
  }

  /** A bot goes for who finds no seat and is none itself. */
  #makeRoom({ id, yields }: Session, room: Room, wish: string): void {
    const full = wish === '' ? room.seats.free.length === 0 : !room.seats.free.includes(wish);
    if (yields || !full || room.seats.of(id) !== undefined) return;
    for (const { name, device } of room.seats.all) {
      const bot = device === null || (wish !== '' && name !== wish) ? undefined : this.#parts.sessions.get(device);
      if (bot?.yields === true) return this.unseat(bot);
    }
  }

  /** A device that is back has its seat again, also one that policy `remove` took and that is still free. */
  back(session: Session): boolean {
    if (this.roomOf(session)?.back(session.id)) return true;
    if (this.banned.has(session.id)) return false;
    for (const room of this.#parts.rooms.values()) {
      if (room.back(session.id) === null) continue;
      session.room = room.name;
      return true;
    }
    return false;
  }

  /** A device has no link any more. */
  lost(session: Session): void {
    this.#parts.league?.left(session.id);
    this.roomOf(session)?.lost(session.id);
  }

  /** A device plays no more, and waits for nothing. */
  leave(session: Session): void {
    this.#parts.league?.left(session.id);
    this.unseat(session);
  }

  /** Takes the seat of a device, for good. */
  unseat(session: Session): void {
    this.roomOf(session)?.leave(session.id);
    session.room = null;
    session.link?.send({ type: 'SEAT', room: '', side: '', index: 0 });
    this.#parts.showPresence(session);
    this.#parts.flush();
  }

  /** Says where a device sits, and all that follows from it. */
  tellSeat(session: Session): void {
    const room = this.roomOf(session);
    const seat = room?.seats.of(session.id);
    if (room === undefined || seat === undefined) return;
    session.link?.send({ type: 'SEAT', room: room.name, side: seat.name, index: seat.index });
    room.tellStart(session.id);
    room.observe(session.id, session.wantsObservations);
    room.sync(session.id, session.wantsSync);
    this.#parts.changed(room);
  }

  /** Where it sits already, else the first room with a free seat, else with a bot that goes, else the first. */
  #defaultRoom(session: Session): Room | undefined {
    const { league, sessions } = this.#parts;
    const rooms = [...this.#parts.rooms.values()].filter(({ name }) => league?.owns(name) !== true);
    const hasBot = ({ seats }: Room): boolean =>
      seats.taken.some(({ device }) => sessions.get(device ?? '')?.yields === true);
    return this.roomOf(session) ?? rooms.find(({ seats }) => seats.free.length > 0) ?? rooms.find(hasBot) ?? rooms[0];
  }
}
