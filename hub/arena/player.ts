/** Who can play in the arena. The arena asks, and never waits for longer than the game lets one think. */
import type { ErrorCode, PaddlewireError } from '../../shared/errors.ts';
import type { Ending } from '../../shared/games/game.ts';

/** Where a player sits. */
export interface Placed {
  readonly match: string;
  readonly seat: string;
  readonly index: number;
  /** Ticks a second, as the game counts them. */
  readonly rate: number;
}

/** What a player is told of the end. */
export interface Over {
  /** null: the match could not be played to its end. */
  readonly ending: Ending | null;
  readonly scores: readonly number[];
  readonly stats: Readonly<Record<string, number>> | null;
}

export interface Player {
  readonly name: string;
  begin?(placed: Placed): void;
  /**
   * What it does, by what its seat is told; null: nothing new. At once, or as a promise: then it has the time of the
   * game. It is not asked again before it has answered.
   * @throws PaddlewireError command-invalid, message-too-large: its command is bad; whatever else: it cannot go on
   */
  act(tick: number, seen: unknown): unknown;
  /** Something that it did was not taken. */
  told?(code: ErrorCode, text: string): void;
  /** It did not answer for too long. */
  fail?(error: PaddlewireError): void;
  end?(over: Over): Promise<void> | void;
}

/** How a match begins and what is allowed in it. */
export interface Limits {
  /** Ticks after which a match is taken to be endless. */
  readonly maxTicks: number;
  /** For the first move of a player, in ms. */
  readonly firstMoveMs: number;
  /** How long a player has for each other move, in ms; null: as the game says, or one tick. */
  readonly moveMs: number | null;
  /** A player is taken to hang when it has not answered for so long, in ms, and for so many times its budget. */
  readonly hungMs: number;
  readonly hungBudgets: number;
}

export const ARENA_LIMITS: Limits = {
  maxTicks: 200_000,
  firstMoveMs: 1000,
  moveMs: null,
  hungMs: 5000,
  hungBudgets: 3,
};
