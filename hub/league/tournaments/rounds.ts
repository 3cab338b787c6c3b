/** What a tournament is, as plain data that is kept as JSON: players in the order of their seeds, rounds of pairings. */

/** Two users, by id; null: nobody, the other one goes on. */
export interface Pairing {
  readonly players: readonly [number | null, number | null];
  /** Of the newest match of the two, in their order; empty: none was played. */
  readonly scores: readonly number[];
  /** Who won, or goes on; null: not decided, a draw, or neither came. */
  readonly winner: number | null;
  readonly state: 'waiting' | 'won' | 'draw' | 'bye' | 'forfeit';
  /** Matches that decided nothing. */
  readonly attempts: number;
}

export type Round = readonly Pairing[];

export interface Draw {
  /** Ids of users, the best first. */
  readonly players: readonly number[];
  readonly rounds: readonly Round[];
}

/** A match that is to be played; with nobody on one side it is decided already. */
export function pairing(one: number | null, other: number | null): Pairing {
  const open = { players: [one, other] as const, scores: [], winner: null, attempts: 0 };
  if (one !== null && other !== null) return { ...open, state: 'waiting' };
  return { ...open, winner: one ?? other, state: 'bye' };
}

export const isDecided = ({ state }: Pairing): boolean => state !== 'waiting';
