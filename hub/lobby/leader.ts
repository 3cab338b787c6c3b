/** What who leads the class may do, by the paths of the API (docs/classroom.md). */
import { PaddlewireError } from '../../shared/errors.ts';
import type { Room } from '../rooms/room.ts';
import type { Lobby } from './lobby.ts';

type Action = (body: Readonly<Record<string, unknown>>, parts: readonly string[]) => void;

/** How long a device blinks that nobody finds, in ms. */
const IDENTIFY_MS = 60_000;

export function leaderActions(rooms: ReadonlyMap<string, Room>, lobby: Lobby): Readonly<Record<string, Action>> {
  const room = (name = ''): Room => {
    const found = rooms.get(name);
    if (found === undefined) throw new PaddlewireError('room-unknown', undefined, { rooms: [...rooms.keys()] });
    return found;
  };
  const device = (id = ''): string => {
    if (lobby.session(id)?.link == null) throw new PaddlewireError('device-unknown', `No device ${id} is connected.`);
    return id;
  };
  return {
    '/api/rooms/*/pause': (_, [name]) => room(name).pause(),
    '/api/rooms/*/resume': (_, [name]) => room(name).resume(),
    '/api/rooms/*/host': ({ word }, [name]) => room(name).host(String(word)),
    '/api/devices/*/identify': (_, [id]) =>
      lobby.send(device(id), { type: 'EFFECT', effect: 'identify', value: 0, ms: IDENTIFY_MS }),
    '/api/devices/*/self-test': (_, [id]) => lobby.send(device(id), { type: 'ASK' }),
  };
}
