/** The hub as a whole: how it is, what can be played, how to join, and what holds for all rooms. */
import type { HubInfo, JoinInfo } from '../../shared/contract/api.ts';
import type { Parameter } from '../../shared/games/game.ts';
import { botFor } from '../../shared/games/bots.ts';
import { GAMES, type AnyGame } from '../../shared/games/registry.ts';
import type { Health } from '../health/health.ts';
import { metricsText } from '../health/metrics.ts';
import type { Lobby } from '../lobby/lobby.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { reachable } from './addresses.ts';
import type { Handlers } from './handlers.ts';

export interface HubHandlersParts {
  /** The PIN or token that players need; null: none. */
  readonly secret: string | null;
  /** What the HTTP server listens on, once it does. */
  address(): { readonly host: string; readonly httpPort: number };
  readonly health: Health;
  scores(): unknown;
  ports(): readonly unknown[];
  readonly lobby: Lobby;
  readonly rooms: Rooms;
}

type Names =
  | 'GET /healthz'
  | 'GET /metrics'
  | 'GET /api/hub'
  | 'GET /api/join'
  | 'GET /api/scores'
  | 'GET /api/ports'
  | 'POST /api/hub';

export function hubHandlers(parts: HubHandlersParts): Pick<Handlers, Names> {
  return {
    'GET /healthz': () => parts.health.page(),
    'GET /metrics': () => metricsText(parts.health),
    'GET /api/scores': () => parts.scores(),
    'GET /api/ports': () => parts.ports(),
    'GET /api/hub': () => info(parts),
    'POST /api/hub': (_, { frozen, locked }) => {
      if (frozen !== undefined) parts.rooms.freeze(frozen);
      if (locked !== undefined) parts.lobby.seating.locked = locked;
      return info(parts);
    },
    'GET /api/join': (): JoinInfo => {
      const { host, httpPort } = parts.address();
      return { pin: parts.secret, addresses: reachable(host).map((name) => `http://${name}:${httpPort}`) };
    },
  };
}

const info = ({ health, secret, lobby, rooms }: HubHandlersParts): HubInfo => ({
  version: health.version,
  games: GAMES.map(gameInfo),
  needsPin: secret !== null,
  locked: lobby.seating.locked,
  frozen: rooms.frozen,
});

const gameInfo = ({ name, about, seats, minSeats, parameters }: AnyGame): HubInfo['games'][number] => ({
  name,
  about,
  seats,
  minSeats,
  parameters: Object.fromEntries(Object.entries(parameters).map(([key, one]) => [key, parameterInfo(one)])),
  bots: botFor(name) !== undefined,
});

function parameterInfo(parameter: Parameter): HubInfo['games'][number]['parameters'][string] {
  const { kind, doc, default: value } = parameter;
  return parameter.kind === 'integer'
    ? { kind, doc, default: value, min: parameter.min, max: parameter.max, unit: parameter.unit, choices: undefined }
    : { kind, doc, default: value, min: undefined, max: undefined, unit: undefined, choices: parameter.choices };
}
