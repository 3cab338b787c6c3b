/** Devices: how they are, and what who leads the class may do with one. */
import type { BadgeInfo } from '../../shared/contract/api.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Link } from '../links/link.ts';
import type { Lobby } from '../lobby/lobby.ts';
import type { Handlers } from './handlers.ts';

export interface DeviceHandlersParts {
  readonly lobby: Lobby;
  readonly badges: () => readonly BadgeInfo[];
  /** Flashes the board on a port. @returns the program it has then */
  readonly update: (path: string) => Promise<string>;
}

/** How long a device blinks that nobody finds, in ms. */
const IDENTIFY_MS = 60_000;

type Names = 'GET /api/devices' | `POST /api/devices/{device}/${'identify' | 'self-test' | 'update'}`;

export function deviceHandlers({ lobby, badges, update }: DeviceHandlersParts): Pick<Handlers, Names> {
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
  };
}
