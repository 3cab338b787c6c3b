/** What who leads the class may do, by the paths of the API (docs/classroom.md). */
import { PaddlewireError } from '../../shared/errors.ts';
import type { Link } from '../links/link.ts';
import type { Room } from '../rooms/room.ts';
import type { Lobby } from './lobby.ts';

type Action = (body: Readonly<Record<string, unknown>>, parts: readonly string[]) => unknown;

export interface LeaderParts {
  readonly rooms: ReadonlyMap<string, Room>;
  readonly lobby: Lobby;
  /** Goes on in a room from a moment of another match. */
  readonly fork: (room: Room, match: string, tick: number) => Promise<void>;
  /** Flashes the board on a port. @returns the program it has then */
  readonly update: (path: string) => Promise<string>;
}

/** How long a device blinks that nobody finds, in ms. */
const IDENTIFY_MS = 60_000;

export function leaderActions({ rooms, lobby, fork, update }: LeaderParts): Readonly<Record<string, Action>> {
  const room = (name = ''): Room => {
    const found = rooms.get(name);
    if (found === undefined)
      throw new PaddlewireError(
        'room-unknown',
        `There is no room ${name}; the rooms are ${[...rooms.keys()].join(', ')}.`,
      );
    return found;
  };
  const link = (id = ''): Link => {
    const found = lobby.session(id)?.link ?? null;
    if (found === null) throw new PaddlewireError('device-unknown', `No device ${id} is connected.`);
    return found;
  };
  return {
    '/api/rooms/*/pause': (_, [name]) => room(name).pause(),
    '/api/rooms/*/resume': (_, [name]) => room(name).resume(),
    '/api/rooms/*/fork': ({ match, tick }, [name]) =>
      fork(room(name), textOf(match), typeof tick === 'number' ? tick : -1),
    '/api/rooms/*/host': ({ word }, [name]) => room(name).host(textOf(word)),
    '/api/devices/*/identify': (_, [id]) =>
      link(id).send({ type: 'EFFECT', effect: 'identify', value: 0, ms: IDENTIFY_MS }),
    '/api/devices/*/self-test': (_, [id]) => link(id).send({ type: 'ASK' }),
    '/api/devices/*/update': async (_, [id]) => {
      const { kind, address } = link(id);
      if (kind !== 'serial') throw new PaddlewireError('port-missing', `${id} is on no port of this computer.`);
      return { firmware: await update(address) };
    },
  };
}

/** What is no text is an empty one, which is refused as any that is not known. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
