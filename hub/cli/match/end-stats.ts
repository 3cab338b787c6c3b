/** What an agent is told of the end of its match in the arena. */
import type { EndStats } from '../../../device/agent/agent.ts';
import { won } from '../../../shared/games/game.ts';
import type { Over } from '../../arena/player.ts';

export function endStats({ ending, scores, stats }: Over, seat: number): EndStats {
  const result =
    ending === null || ending.kind === 'void' || ending.kind === 'disconnected'
      ? 'void'
      : ending.kind === 'draw'
        ? 'draw'
        : won(ending, seat)
          ? 'win'
          : 'loss';
  return { ...stats, result, scores, seat };
}
