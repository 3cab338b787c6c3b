/** What the league does with rooms, devices and bots: it opens a room, seats who plays, and lets them go. */
import { PaddlewireError } from '../../shared/errors.ts';
import { botFor } from '../../shared/games/bots.ts';
import { gameNamed, type AnyGame } from '../../shared/games/registry.ts';
import type { Bots } from '../links/bot/bots.ts';
import type { Holder } from '../links/link.ts';
import type { Lobby } from '../lobby/lobby.ts';
import type { Room } from '../rooms/room.ts';
import type { Rooms, RoomSpec } from '../rooms/rooms.ts';

export interface HallParts {
  readonly rooms: Rooms;
  readonly lobby: () => Lobby;
  readonly bots: () => Bots;
  /** What a room of the league is but for its name and game. */
  readonly spec: (game: AnyGame) => Omit<RoomSpec, 'name' | 'game'>;
  /** The pages of a room that is there no more are taken back. */
  readonly closed: (room: string) => void;
}

const MAX_NOTE_BYTES = 200;

/** A match that has begun in a room. */
export interface Begun {
  readonly match: string;
  readonly startedAt: number;
}

export class Hall {
  readonly #parts: HallParts;

  constructor(parts: HallParts) {
    this.#parts = parts;
  }

  /** Whether who leads holds every room: no match begins, and none gets on. */
  get frozen(): boolean {
    return this.#parts.rooms.frozen;
  }

  /** Plays a game unseen, so that its first match is as smooth as the last. */
  prepare(game: string): void {
    const found = gameNamed(game);
    if (found !== undefined) void this.#parts.rooms.rehearse([found]);
  }

  hasBot(game: string): boolean {
    return botFor(game) !== undefined;
  }

  seatsOf(game: string): readonly string[] {
    return gameNamed(game)?.seats ?? [];
  }

  /** How many play a match of it. */
  sizeOf(game: string): number {
    return Math.max(2, gameNamed(game)?.minSeats ?? 2);
  }

  /** @throws PaddlewireError game-unknown, room-exists */
  open(room: string, game: string): void {
    const found = gameNamed(game);
    if (found === undefined) throw new PaddlewireError('game-unknown');
    this.#parts.rooms.open({ ...this.#parts.spec(found), name: room, game: found });
  }

  /** @throws PaddlewireError device-unknown, device-banned, seat-taken */
  seat(device: string, room: string, side: string): void {
    const session = this.#lobby.session(device);
    const found = this.#parts.rooms.byName.get(room);
    if (session === undefined || session.link === null || found === undefined)
      throw new PaddlewireError('device-unknown');
    this.#lobby.seating.seat(session, found, side);
  }

  /** A bot of the hub takes a seat. @returns its device */
  bring(room: string, game: string, side: string, holder: Holder): string {
    const make = botFor(game);
    if (make === undefined) throw new PaddlewireError('game-without-bot');
    return this.#parts.bots().bringOne(room, make, side, holder);
  }

  /** The match that runs in a room; null: none has begun, or the room is gone. */
  begun(room: string): Begun | null {
    const found = this.#room(room);
    const match = found?.summary().match ?? null;
    return found === undefined || match === null ? null : { match, startedAt: found.startedAt };
  }

  isOpen(room: string): boolean {
    return this.#room(room) !== undefined;
  }

  /** Its match ends as void, if it is not decided; whoever sits there has no seat any more. */
  close(room: string): void {
    const found = this.#room(room);
    if (found === undefined) return;
    const devices = found.seats.taken.map(({ device }) => device);
    // First the room, then who sits there: nobody of them went away.
    void this.#parts.rooms.close(room).closed;
    this.#parts.bots().take(room, 0);
    for (const device of devices) if (device !== null) this.release(device);
    this.#parts.closed(room);
  }

  /** A device has no seat any more, and is told so. */
  release(device: string): void {
    const session = this.#lobby.session(device);
    if (session !== undefined) this.#lobby.seating.unseat(session);
  }

  /** The match of a device ended without a result. @param scores of all seats */
  endVoid(device: string, scores: readonly number[]): void {
    this.#lobby.send(device, { type: 'END', result: 'void', winner: '', stats: null, scores: [...scores] });
  }

  /** A sentence for whoever looks after a device. */
  note(device: string, text: string): void {
    this.#lobby.send(device, { type: 'NOTE', text: cut(text) });
  }

  nameOf(device: string): string {
    return this.#lobby.session(device)?.name ?? '';
  }

  isThere(device: string): boolean {
    return (this.#lobby.session(device)?.link ?? null) !== null;
  }

  get #lobby(): Lobby {
    return this.#parts.lobby();
  }

  #room(name: string): Room | undefined {
    return this.#parts.rooms.byName.get(name);
  }
}

/** So much of a text as a NOTE can carry, cut between characters. */
function cut(text: string): string {
  let sayable = '';
  for (const character of text) {
    if (Buffer.byteLength(sayable + character) > MAX_NOTE_BYTES) break;
    sayable += character;
  }
  return sayable;
}
