/** Matches that were decided when the hub ended, and not yet rated: what its books of scores say of them. */
import type { Ending } from '../../shared/games/game.ts';
import type { OpenGame } from '../store/league-store.ts';
import type { Result } from './ladder.ts';

/** @returns null: it has no result that counts */
export function resultOf(game: OpenGame): Result | null {
  const ending = endingOf(game);
  if (ending === null) return null;
  const { match, players, endedAt, startedAt } = game;
  return { match, game: game.game, players, ending, scores: scoresOf(game), endedAt: endedAt ?? startedAt };
}

function endingOf({ outcome, winner, players }: OpenGame): Ending | null {
  if (outcome === 'draw') return { kind: 'draw' };
  const seat = players.find(({ device }) => device === winner)?.seat;
  return outcome === 'win' && seat !== undefined ? { kind: 'win', winner: seat } : null;
}

function scoresOf({ players, points }: OpenGame): number[] {
  const scores: number[] = [];
  for (const { seat, device } of players) scores[seat] = points.find((one) => one.device === device)?.points ?? 0;
  return Array.from(scores, (score) => score ?? 0);
}
