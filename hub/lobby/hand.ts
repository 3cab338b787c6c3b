/** The teacher's hand on devices: names, seats, who is sent away, who may not play. */
import { FieldError } from '../../shared/contract/fields.ts';
import { MESSAGES } from '../../shared/contract/messages.ts';
import { isDeviceId } from '../../shared/contract/topics.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Room } from '../rooms/room.ts';
import type { Lobby } from './lobby.ts';
import type { Session } from './session.ts';

export class TeachersHand {
  readonly #lobby: Lobby;

  constructor(lobby: Lobby) {
    this.#lobby = lobby;
  }

  /** @throws PaddlewireError device-unknown, message-malformed */
  rename(id: string, name: string): void {
    const session = this.#session(id);
    try {
      MESSAGES.WELCOME.fields.name.check(name);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      throw new PaddlewireError('message-malformed', `A name ${error.message}.`);
    }
    this.#lobby.rename(session, name);
  }

  /** @throws PaddlewireError device-unknown, device-banned, league-room, seat-unknown, seat-taken, seat-none-free */
  seat(id: string, room: Room, seat: string): void {
    const session = this.#session(id);
    if (session.link === null) throw new PaddlewireError('device-unknown');
    this.#lobby.seating.leaveLeague(session, room);
    this.#lobby.seating.seat(session, room, seat);
  }

  /** @throws PaddlewireError device-unknown */
  unseat(id: string): void {
    this.#lobby.seating.leave(this.#session(id));
  }

  /** Takes the seat of a device and cuts its link. @throws PaddlewireError device-unknown */
  kick(id: string): void {
    const session = this.#session(id);
    this.#lobby.seating.unseat(session);
    this.#lobby.tell(session, new PaddlewireError('device-kicked'));
    session.link?.close('device-kicked');
  }

  /** @param banned it may not play; a device that is not there may be allowed again. @throws PaddlewireError id-invalid */
  ban(id: string, banned: boolean): void {
    if (!isDeviceId(id)) throw new PaddlewireError('id-invalid');
    const { seating } = this.#lobby;
    const session = this.#lobby.session(id);
    if (!banned) return void seating.banned.delete(id);
    if (seating.banned.has(id)) return;
    seating.banned.add(id);
    if (session === undefined) return;
    this.#lobby.seating.leave(session);
    this.#lobby.tell(session, new PaddlewireError('device-banned'));
  }

  /** A room is closed: nobody sits there any more. */
  dismiss(room: Room): void {
    for (const { device } of room.seats.taken) {
      const session = device === null ? undefined : this.#lobby.session(device);
      if (session === undefined) room.leave(device ?? '');
      else this.#lobby.seating.unseat(session);
    }
  }

  /** Who sat in a room sits in the one that took its place: on the same seat where there is one. */
  move(from: Room, to: Room): void {
    for (const { device, name, present, lab } of from.seats.taken) {
      const session = device === null ? undefined : this.#lobby.session(device);
      if (session === undefined) continue;
      if (to.seats.free.length === 0) {
        this.#lobby.seating.unseat(session);
        continue;
      }
      const seat = to.join(session.id, to.seats.free.includes(name) ? name : '');
      if (lab !== null) to.setLab(seat.name, lab);
      if (!present) to.lost(session.id);
      this.#lobby.seating.tellSeat(session);
    }
  }

  #session(id: string): Session {
    const session = this.#lobby.session(id);
    if (session === undefined) throw new PaddlewireError('device-unknown', `No device ${id} is known.`);
    return session;
  }
}
