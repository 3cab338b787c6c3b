/** What an agent is told of the end of its match in the arena. */
import type { EndStats } from '../../../device/agent/agent.ts';
import { resultFor } from '../../../shared/games/game.ts';
import type { Over } from '../../arena/player.ts';

export function endStats({ ending, scores, stats }: Over, seat: number): EndStats {
  const result = ending === null ? 'void' : resultFor(ending, seat);
  return { ...stats, result, scores, seat };
}
