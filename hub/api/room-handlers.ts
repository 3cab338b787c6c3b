/** What who leads the class tells a room (docs/classroom.md). */
import { PaddlewireError } from '../../shared/errors.ts';
import type { Room } from '../rooms/room.ts';
import type { Handlers } from './handlers.ts';

export interface RoomHandlersParts {
  readonly rooms: ReadonlyMap<string, Room>;
  readonly scoreboard: (room: Room) => unknown;
  /** Goes on in a room from a moment of another match. */
  readonly fork: (room: Room, match: string, tick: number) => Promise<void>;
}

type Names = 'GET /api/rooms' | `POST /api/rooms/{room}/${'pause' | 'resume' | 'host' | 'fork'}`;

export function roomHandlers({ rooms, scoreboard, fork }: RoomHandlersParts): Pick<Handlers, Names> {
  const find = (name: string): Room => {
    const found = rooms.get(name);
    if (found !== undefined) return found;
    const names = [...rooms.keys()].join(', ');
    throw new PaddlewireError('room-unknown', `There is no room ${name}; the rooms are ${names}.`);
  };
  return {
    'GET /api/rooms': () => [...rooms.values()].map(scoreboard),
    'POST /api/rooms/{room}/pause': ({ room }) => find(room).pause(),
    'POST /api/rooms/{room}/resume': ({ room }) => find(room).resume(),
    'POST /api/rooms/{room}/host': ({ room }, { word }) => find(room).host(word),
    'POST /api/rooms/{room}/fork': ({ room }, { match, tick }) => fork(find(room), match, tick),
  };
}
