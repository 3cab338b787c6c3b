/** Devices: how they are, and what who leads the class may do with one. */
import type { BadgeInfo } from '../../shared/contract/api.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Link } from '../links/link.ts';
import type { TeachersHand } from '../lobby/hand.ts';
import type { Lobby } from '../lobby/lobby.ts';
import type { Room } from '../rooms/room.ts';
import type { Kept } from '../store/kept.ts';
import type { Handlers } from './handlers.ts';
import { roomCalled } from './room-handlers.ts';

export interface DeviceHandlersParts {
  readonly lobby: Lobby;
  readonly hand: TeachersHand;
  readonly rooms: ReadonlyMap<string, Room>;
  readonly kept: Kept;
  readonly badges: () => readonly BadgeInfo[];
  /** Flashes the board on a port. @returns the program it has then */
  readonly update: (path: string) => Promise<string>;
}

/** How long a device blinks that nobody finds, in ms. */
const IDENTIFY_MS = 60_000;

type Verb = 'identify' | 'self-test' | 'update' | 'rename' | 'seat' | 'kick' | 'ban';
type Names = 'GET /api/devices' | `POST /api/devices/{device}/${Verb}`;

export function deviceHandlers(parts: DeviceHandlersParts): Pick<Handlers, Names> {
  const { lobby, hand, rooms, kept, badges, update } = parts;
  const link = (id: string): Link => {
    const found = lobby.session(id)?.link ?? null;
    if (found === null) throw new PaddlewireError('device-unknown', `No device ${id} is connected.`);
    return found;
  };
  return {
    'GET /api/devices': () => badges(),
    'POST /api/devices/{device}/identify': ({ device }) =>
      link(device).send({ type: 'EFFECT', effect: 'identify', value: 0, ms: IDENTIFY_MS }),
    'POST /api/devices/{device}/self-test': ({ device }) => link(device).send({ type: 'ASK' }),
    'POST /api/devices/{device}/update': async ({ device }) => {
      const { kind, address } = link(device);
      if (kind !== 'serial') throw new PaddlewireError('port-missing', `${device} is on no port of this computer.`);
      return { firmware: await update(address) };
    },
    'POST /api/devices/{device}/rename': async ({ device }, { name }) => {
      hand.rename(device, name);
      await kept.set('name', device, name === '' ? null : name);
    },
    'POST /api/devices/{device}/seat': ({ device }, { room, seat = '' }) =>
      room === '' ? hand.unseat(device) : hand.seat(device, roomCalled(rooms, room), seat),
    'POST /api/devices/{device}/kick': ({ device }) => hand.kick(device),
    'POST /api/devices/{device}/ban': async ({ device }, { banned }) => {
      hand.ban(device, banned);
      await kept.set('ban', device, banned ? true : null);
    },
  };
}
