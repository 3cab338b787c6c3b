/** What both games of presses keep of a seat, and the time they share with the hub. */
import type { GameEvent, Stamp } from '../game.ts';
import type { PressCommand } from './press.ts';
import { PRESS_SEATS } from './press.ts';
import type { PressSeatView } from './view.ts';

export interface Player {
  readonly seated: 0 | 1;
  /** The newest press that the rules have dealt with, in µs; at first earlier than any. */
  readonly seen: number;
  /** The press that counts in this round. */
  readonly press: Stamp | null;
  /** Out of this round. */
  readonly out: 0 | 1;
  readonly score: number;
  /** Presses before this moment do not count, in µs. */
  readonly lockedUntil: number;
}

const AWAY: Player = { seated: 0, seen: Number.MIN_SAFE_INTEGER, press: null, out: 1, score: 0, lockedUntil: 0 };

export const nobody = (): readonly Player[] => PRESS_SEATS.map(() => AWAY);

/** What both games keep in their state of who sits there. */
interface Seated {
  readonly players: readonly Player[];
  readonly winners: readonly number[];
  readonly begun: 0 | 1;
}

/** Who comes in the middle of a round plays from the next one on. */
export const join = <S extends Seated>(state: S, index: number): S =>
  state.players[index]?.seated === 1 ? state : { ...state, players: seat(state.players, index, 1), begun: 1 };

/** Who sits there next has won nothing. */
export const leave = <S extends Seated>(state: S, index: number): S => ({
  ...state,
  players: seat(state.players, index, 0),
  winners: state.winners.filter((winner) => winner !== index),
});

const seat = (players: readonly Player[], index: number, seated: 0 | 1): readonly Player[] =>
  players.map((player, at) => (at === index ? { ...player, seated, press: null, out: 1 } : player));

/** For a new round: nobody has pressed, everybody seated is in. */
export const afresh = (players: readonly Player[]): readonly Player[] =>
  players.map((player) => (player.seated === 1 ? { ...player, press: null, out: 0 } : player));

/** The start of a tick in µs of the match. */
export const microsOf = (tick: number, rate: number): number => Math.round((tick * 1_000_000) / rate);

/** Hands each press that is new to the rules; they give the player it makes. */
export function takePresses(
  players: readonly Player[],
  commands: readonly (PressCommand | null)[],
  take: (player: Player, press: Stamp, seat: number) => Player,
): readonly Player[] {
  return players.map((player, index) => {
    const press = commands[index]?.press ?? null;
    if (player.seated === 0 || press === null || press.at <= player.seen) return player;
    return { ...take(player, press, index), seen: press.at };
  });
}

/** Light and tone for one seat, or all. */
export const light = (value: 0 | 1 | 2, to: number | null = null): GameEvent => ({
  kind: 'effect',
  seat: to,
  effect: 'light',
  value,
  ms: 0,
});
export const tone = (value: number, ms: number, to: number | null = null): GameEvent => ({
  kind: 'effect',
  seat: to,
  effect: 'tone',
  value,
  ms,
});

/** How a seat is shown; `lightAt` in µs. */
export const viewOf = (player: Player, winner: boolean, lightAt: number): PressSeatView => ({
  seated: player.seated === 1,
  out: player.out === 1 && player.seated === 1,
  winner,
  press: player.press === null ? null : { ms: (player.press.at - lightAt) / 1000, bound: player.press.bound / 1000 },
  score: player.score,
});
