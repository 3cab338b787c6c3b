/** The players of a match in the arena, each with its seat and with what is counted of it. */
import { PaddlewireError, type ErrorCode } from '../../shared/errors.ts';
import type { AnyGame } from '../../shared/games/registry.ts';
import type { Player } from './player.ts';

export interface Place {
  readonly index: number;
  readonly seat: string;
  readonly player: Player;
  /** Moves that it owed and did not make in time; and those that no game could take. */
  late: number;
  invalid: number;
  moves: number;
  /** It was asked and has not answered yet: when that was. */
  askedAt: number | null;
  /** At which tick. */
  askedTick: number;
  /** It cannot go on. */
  gone: PaddlewireError | null;
}

/**
 * Seats players in the order of the game.
 * @param players by index; null: nobody sits there
 * @throws PaddlewireError players-wrong
 */
export function placesOf(game: AnyGame, players: readonly (Player | null)[]): Place[] {
  const places = players.flatMap((player, index): Place[] =>
    player === null
      ? []
      : [
          {
            index,
            seat: game.seats[index] ?? '',
            player,
            late: 0,
            invalid: 0,
            moves: 0,
            askedAt: null,
            askedTick: -1,
            gone: null,
          },
        ],
  );
  if (places.length < game.minSeats || players.length > game.seats.length)
    throw new PaddlewireError(
      'players-wrong',
      `${game.name} takes ${game.minSeats === game.seats.length ? '' : `${game.minSeats} to `}${game.seats.length} players.`,
    );
  return places;
}

/** Bad, but no reason to go. */
export const isBadMove = (error: unknown): error is PaddlewireError =>
  error instanceof PaddlewireError && (error.code === 'command-invalid' || error.code === 'message-too-large');

/** Why a player cannot go on. */
export const whyGone = (error: unknown): PaddlewireError =>
  error instanceof PaddlewireError
    ? error
    : new PaddlewireError('agent-threw', `It threw: ${error instanceof Error ? error.message : String(error)}`);

export interface Gone {
  readonly seat: number;
  readonly code: ErrorCode;
  readonly text: string;
}
