/** Rooms: what they show, and what who leads the class does with them (docs/classroom.md). */
import type { Begins, BodyOf } from '../../shared/contract/api.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import { botFor } from '../../shared/games/bots.ts';
import type { Bots } from '../links/bot/bots.ts';
import type { TeachersHand } from '../lobby/hand.ts';
import type { Room } from '../rooms/room.ts';
import { MAX_ROOMS, type Rooms, type RoomSpec } from '../rooms/rooms.ts';
import type { Kept } from '../store/kept.ts';
import type { Handlers } from './handlers.ts';
import { checkedParameters, gameCalled, isRoomName } from './room-checks.ts';

export interface RoomHandlersParts {
  readonly rooms: Rooms;
  readonly hand: TeachersHand;
  readonly bots: Bots;
  readonly kept: Kept;
  /** Rooms that the configuration names: they are as it says at each start. */
  readonly configured: ReadonlySet<string>;
  /** What happens when a device vanishes, where nobody says. */
  readonly policy: RoomSpec['policy'];
  /** When matches begin, where nobody says. */
  readonly begins: Begins;
  /** What the configuration says of a game's parameters. */
  readonly defaults: (game: string) => Readonly<Record<string, unknown>>;
  readonly scoreboard: (room: Room) => unknown;
  /** The pages of a room that is there no more are taken back. */
  readonly closed: (name: string) => void;
  /** Rooms of the league: nothing of theirs can be changed, only ended. */
  readonly league: { owns(room: string): boolean; cancel(room: string): void };
  /** Goes on in a room from a moment of another match. */
  readonly fork: (room: Room, match: string, tick: number) => Promise<void>;
}

type Verb = 'close' | 'settings' | 'start' | 'pause' | 'resume' | 'reset' | 'host' | 'fork' | 'bots' | 'lab';
type Names = 'GET /api/rooms' | 'POST /api/rooms' | `POST /api/rooms/{room}/${Verb}`;

export function roomHandlers(parts: RoomHandlersParts): Pick<Handlers, Names> {
  const { rooms } = parts;
  const find = (name: string): Room => roomCalled(rooms.byName, name);
  const own = (name: string): Room => {
    if (parts.league.owns(name)) throw new PaddlewireError('league-room');
    return find(name);
  };
  return {
    'GET /api/rooms': () => [...rooms.byName.values()].map(parts.scoreboard),
    'POST /api/rooms': (_, body) => open(parts, body),
    'POST /api/rooms/{room}/close': ({ room }) => close(parts, find(room)),
    'POST /api/rooms/{room}/settings': ({ room }, body) => change(parts, own(room), body),
    'POST /api/rooms/{room}/start': ({ room }) => own(room).start(),
    'POST /api/rooms/{room}/pause': ({ room }) => find(room).pause(),
    'POST /api/rooms/{room}/resume': ({ room }) => find(room).resume(),
    'POST /api/rooms/{room}/reset': ({ room }) => own(room).reset(),
    'POST /api/rooms/{room}/host': ({ room }, { word }) => own(room).host(word),
    'POST /api/rooms/{room}/fork': ({ room }, { match, tick }) => parts.fork(own(room), match, tick),
    'POST /api/rooms/{room}/lab': ({ room }, { seat, lab }) => find(room).setLab(seat, lab),
    'POST /api/rooms/{room}/bots': async ({ room }, { count }) => ({ count: await setBots(parts, own(room), count) }),
  };
}

/** @throws PaddlewireError room-unknown */
export function roomCalled(rooms: ReadonlyMap<string, Room>, name: string): Room {
  const found = rooms.get(name);
  if (found !== undefined) return found;
  const names = [...rooms.keys()].join(', ');
  throw new PaddlewireError('room-unknown', `There is no room ${name}; the rooms are ${names}.`);
}

async function open(parts: RoomHandlersParts, body: BodyOf<'POST /api/rooms'>): Promise<void> {
  const { rooms } = parts;
  const { name, parameters = {}, policy = parts.policy, begins = parts.begins } = body;
  if (!isRoomName(name)) throw new PaddlewireError('room-name-invalid');
  const game = gameCalled(body.game);
  const spec = {
    name,
    game,
    policy,
    begins,
    parameters: { ...parts.defaults(game.name), ...checkedParameters(game, parameters) },
  };
  await rooms.rehearse([game]);
  if (counted(parts) >= MAX_ROOMS) throw new PaddlewireError('rooms-too-many');
  rooms.open(spec);
  await keep(parts, spec);
}

/** Rooms that count: those of the league have a limit of their own. */
const counted = ({ rooms, league }: RoomHandlersParts): number =>
  [...rooms.byName.keys()].filter((name) => !league.owns(name)).length;

async function close({ rooms, hand, bots, kept, closed, league }: RoomHandlersParts, room: Room): Promise<void> {
  const { name } = room;
  if (league.owns(name)) return league.cancel(name);
  bots.take(name, 0);
  hand.dismiss(room);
  const ended = rooms.close(name).closed;
  closed(name);
  await kept.set('room', name, null);
  await kept.set('bots', name, null);
  await ended;
}

async function change(
  parts: RoomHandlersParts,
  room: Room,
  body: BodyOf<'POST /api/rooms/{room}/settings'>,
): Promise<void> {
  const { rooms } = parts;
  const before = rooms.spec(room.name) as RoomSpec;
  const game = body.game === undefined ? before.game : gameCalled(body.game);
  const given = checkedParameters(game, body.parameters ?? {});
  if (body.policy !== undefined) rooms.setPolicy(room.name, body.policy);
  if (body.begins !== undefined) rooms.setBegins(room.name, body.begins);
  const { policy, begins = parts.begins } = rooms.spec(room.name) as RoomSpec;
  const other = game !== before.game;
  const spec = {
    name: room.name,
    game,
    policy,
    begins,
    parameters: { ...(other ? parts.defaults(game.name) : before.parameters), ...given },
  };
  if (other || body.parameters !== undefined) {
    await rooms.rehearse([game]);
    replace(parts, room, spec);
  }
  await keep(parts, spec);
}

/** Who sits in the room goes on in the new one, bots if they know the game. */
function replace({ rooms, hand, bots }: RoomHandlersParts, room: Room, spec: RoomSpec): void {
  // Meanwhile it may have been closed.
  roomCalled(rooms.byName, room.name);
  const count = bots.count(room.name);
  const other = spec.game !== rooms.spec(room.name)?.game;
  if (other) bots.take(room.name, 0);
  const next = rooms.replace(spec);
  hand.move(room, next);
  const bot = botFor(spec.game.name);
  if (other && bot !== undefined) bots.bring(room.name, bot, Math.min(count, next.seats.free.length));
}

async function setBots({ rooms, bots, kept }: RoomHandlersParts, room: Room, count: number): Promise<number> {
  const game = rooms.spec(room.name)?.game.name ?? '';
  const bot = botFor(game);
  if (bot === undefined && count > 0) throw new PaddlewireError('game-without-bot');
  const there = bots.count(room.name);
  if (count <= there || bot === undefined) bots.take(room.name, count);
  else bots.bring(room.name, bot, Math.min(count, there + room.seats.free.length));
  const now = bots.count(room.name);
  await kept.set('bots', room.name, now === 0 ? null : now);
  return now;
}

async function keep(
  { kept, configured }: RoomHandlersParts,
  { name, game, parameters, policy, begins = 'itself' }: RoomSpec,
): Promise<void> {
  if (!configured.has(name)) await kept.set('room', name, { game: game.name, parameters, policy, begins });
}
