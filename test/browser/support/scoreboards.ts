/** Scoreboards, presences and snapshots as the hub publishes them, for pages that are to show a certain moment. */
import { encode } from '../../../shared/contract/codec.ts';
import type { RoomPhase } from '../../../shared/contract/messages.ts';
import { topics, type Presence } from '../../../shared/contract/topics.ts';
import { withDefaults } from '../../../shared/games/game.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import type { PongState } from '../../../shared/games/pong/state.ts';
import type { Classroom } from './classroom.ts';

export const PLAYERS = [
  { seat: 'left', device: 'uno-3f21', name: 'Amber Otter', kind: 'board', link: 'serial' },
  { seat: 'right', device: 'uno-77c0', name: 'Brisk Heron', kind: 'board', link: 'serial' },
  { seat: 'up', device: 'tilda-phone', name: 'Tilda', kind: 'browser', link: 'mqtt' },
  { seat: 'down', device: 'agent-follow', name: 'Follow the ball', kind: 'agent', link: 'mqtt' },
] as const;

export interface Moment {
  readonly room?: string;
  readonly match?: string | null;
  readonly phase?: RoomPhase;
  readonly rate?: number;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly countdownMs?: number;
  readonly reason?: string | null;
  readonly winner?: string | null;
  readonly final?: boolean;
  /** Points by seat index; null: nobody sits there. */
  readonly points?: readonly (number | null)[];
  /** Indices of seats whose device is away. */
  readonly away?: readonly number[];
  readonly game?: string;
  /** Settings of the lab by seat. */
  readonly lab?: Readonly<Record<string, unknown>>;
}

/** The scoreboard of a moment; two players and a match at its beginning where nothing else is said. */
export function scoreboardOf(moment: Moment = {}): Record<string, unknown> & { room: string } {
  const { points = [0, 0, null, null], away = [], parameters = {}, ...rest } = moment;
  const values = withDefaults(pong.parameters, parameters);
  const seats = PLAYERS.map((player, index) => {
    const scored = points[index] ?? null;
    const nobody = { seat: player.seat, device: null, name: null, kind: null, link: null };
    return Object.assign({}, scored === null ? nobody : player, {
      index,
      present: scored !== null && !away.includes(index),
      points: scored ?? 0,
      lifetimePoints: scored === null ? 0 : 131 + 17 * index,
      lifetimeWins: scored === null ? 0 : 7 + index,
    });
  });
  const room = rest.room ?? 'main';
  const first = { game: 'pong', match: 'm-1', minSeats: 2, phase: 'playing', rate: 60, countdownMs: 0, reason: null };
  const last = { policy: 'pause', begins: 'itself', lab: {}, winner: null, final: false };
  return { ...first, parameters: values, target: values.target, ...last, ...rest, room, seats };
}

export function showMoment(classroom: Classroom, moment: Moment = {}): void {
  const scoreboard = scoreboardOf(moment);
  classroom.publishJson(topics.scoreboard(scoreboard.room), scoreboard, true);
}

export function showState(classroom: Classroom, state: PongState, tick: number, room = 'main'): void {
  const view = pong.view(state);
  classroom.publish(topics.state(room), encode({ type: 'SNAPSHOT', tick, phase: 'playing', view }));
}

export function showDevice(
  classroom: Classroom,
  id: string,
  device: { state?: Presence; name: string; kind: string; link: string | null; seat?: string | null },
): void {
  const { state = 'ready', seat = null, ...rest } = device;
  const room = seat === null ? null : 'main';
  classroom.publishJson(topics.presence(id), { state, session: 1, ...rest, room, seat }, true);
}

/** @param busy how much there is to do: 1 is little */
export function showHealth(classroom: Classroom, store = 'ok', links: readonly unknown[] = [], busy = 1): void {
  const figures = {
    uptime: 3725,
    rooms: 1,
    devices: 4,
    clients: 6,
    tickLatenessMs: { p50: 0.2, p99: 1.1 * busy },
    tickWorkMs: { p50: 0.06, p99: 0.31 },
    ticksSkipped: 0,
    messagesPerSecond: { in: 31 * busy, out: 244 + 20 * busy },
    memoryBytes: 96_000_000,
    diskFreeBytes: 21_400_000_000,
    journalLagMs: 180,
    unsaved: 0,
    refused: { 'seat-none-free': 2 },
  };
  classroom.publishJson(topics.health, { ...figures, store, links }, true);
}
