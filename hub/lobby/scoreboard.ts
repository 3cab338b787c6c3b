/** What a room's scoreboard shows: its summary with the names and lifetimes that only the lobby knows. */
import type { MessageOf } from '../../shared/contract/messages.ts';
import type { Room } from '../rooms/room.ts';
import type { Lobby } from './lobby.ts';
import type { Session } from './session.ts';

/** The retained JSON of `rooms/<room>/scoreboard`. */
export function scoreboard(room: Room, lobby: Lobby): Record<string, unknown> {
  const { scores, ...summary } = room.summary();
  const seats = room.seats.all.map((seat) => {
    const session = seat.device === null ? undefined : lobby.session(seat.device);
    return {
      seat: seat.name,
      index: seat.index,
      device: seat.device,
      name: session?.name ?? null,
      kind: session?.kind ?? null,
      link: session?.link?.kind ?? null,
      present: seat.present,
      points: scores[seat.index] ?? 0,
      lifetimePoints: session?.lifetime.points ?? 0,
      lifetimeWins: session?.lifetime.wins ?? 0,
    };
  });
  const labs = room.seats.taken.flatMap(({ name, lab }) => (lab === null ? [] : [[name, lab] as const]));
  const target = (summary.parameters as Record<string, unknown>)['target'] ?? null;
  return { ...summary, target, seats, lab: Object.fromEntries(labs) };
}

/** The SCORE of one seat. */
export function scoreOf(room: Room, index: number, session: Session): MessageOf<'SCORE'> {
  const scores = [...room.summary().scores];
  const { points, wins } = session.lifetime;
  return { type: 'SCORE', points: scores[index] ?? 0, scores, lifetimePoints: points, lifetimeWins: wins };
}
