/** How a tournament goes on: results are entered, who stays away forfeits, and a round that is decided makes the next. */
import type { Ending } from '../../../shared/games/game.ts';
import type { TournamentKind } from '../../store/league-store.ts';
import { elimination } from './elimination.ts';
import { roundRobin } from './round-robin.ts';
import { isDecided, type Draw, type Pairing, type Round } from './rounds.ts';
import { swiss } from './swiss.ts';

/** Matches that two play until one of them has to go on: draws, and such as had no end. */
const MAX_ATTEMPTS = 3;

const NEXT: Readonly<Record<TournamentKind, (draw: Draw) => Round | null>> = {
  'round-robin': roundRobin,
  swiss,
  elimination,
};

/** The draw with the rounds that follow from what is decided. */
export function advanced(draw: Draw, kind: TournamentKind): { readonly draw: Draw; readonly over: boolean } {
  let next = draw;
  for (;;) {
    if (next.rounds.at(-1)?.every(isDecided) === false) return { draw: next, over: false };
    const round = NEXT[kind](next);
    if (round === null) return { draw: next, over: true };
    next = { players: next.players, rounds: next.rounds.concat([round]) };
  }
}

/** The match of a user that is to be played now. */
export const dueOf = ({ rounds }: Draw, user: number): Pairing | undefined =>
  rounds.at(-1)?.find((one) => !isDecided(one) && one.players.includes(user));

/** Puts a changed pairing in the place of the old one. */
export function replaced({ players, rounds }: Draw, before: Pairing, after: Pairing): Draw {
  return { players, rounds: rounds.map((round) => round.map((one) => (one === before ? after : one))) };
}

export interface Outcome {
  readonly ending: Ending['kind'];
  /** Users; null: none. */
  readonly winner: number | null;
  readonly gone: number | null;
  /** In the order of the pairing. */
  readonly scores: readonly number[];
}

/**
 * A pairing after a match of it. A draw stands, but in a knock-out it is played again. Who goes away may come back
 * once; the second time it has lost.
 */
export function entered(one: Pairing, outcome: Outcome, kind: TournamentKind, draw: Draw): Pairing {
  const { ending, winner, gone, scores } = outcome;
  const attempts = one.attempts + 1;
  if (winner !== null) return { ...one, scores, winner, state: 'won' };
  if (ending === 'draw' && kind !== 'elimination') return { ...one, scores, state: 'draw' };
  if (gone !== null && attempts > 1) return { ...forfeited(one, [gone]), scores, attempts };
  if (attempts < MAX_ATTEMPTS) return { ...one, scores, attempts };
  return kind === 'elimination'
    ? { ...one, scores, winner: betterSeed(one, draw), state: 'won', attempts }
    : { ...one, scores, state: 'draw', attempts };
}

/** Those who did not come have lost; where neither did, nobody goes on. */
export function forfeited(one: Pairing, away: readonly number[]): Pairing {
  const winner = one.players.find((user) => user !== null && !away.includes(user)) ?? null;
  return { ...one, winner, state: 'forfeit' };
}

const betterSeed = ({ players }: Pairing, draw: Draw): number | null =>
  draw.players.find((user) => players.includes(user)) ?? null;
