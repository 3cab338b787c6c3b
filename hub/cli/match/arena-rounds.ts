/** Rounds in the arena: as fast as the players are. */
import type { ParameterValues, Parameters } from '../../../shared/games/game.ts';
import type { AnyGame } from '../../../shared/games/registry.ts';
import { playMatch, type MatchReport } from '../../arena/arena.ts';
import type { InvalidPolicy } from '../../rooms/invalid-policy.ts';
import { print, type Context } from '../context.ts';
import { Cast } from './cast.ts';
import { journalFolder, writeJournal } from './journals.ts';
import type { Results, Round } from './results.ts';
import type { Seated } from './wishes.ts';

export interface Plan {
  readonly game: AnyGame;
  readonly parameters: ParameterValues<Parameters>;
  readonly players: readonly Seated[];
  readonly seed: number;
  readonly rounds: number;
  /** Ticks a second, as the game counts them. */
  readonly rate: number;
  /** A folder; null: nothing is recorded. */
  readonly record: string | null;
  readonly invalid: InvalidPolicy;
  readonly json: boolean;
}

export async function playInArena(plan: Plan, context: Context, results: Results): Promise<void> {
  const { game, players, rounds, seed, record } = plan;
  if (record !== null) journalFolder(record);
  const printed = (player: Seated, line: string): void => {
    if (!plan.json) print(context, `${player.seat} | ${line}`);
  };
  const troupe = new Cast({ game, env: context.env, printed });
  const began = Date.now().toString(36);
  try {
    for (let round = 0; round < rounds && !context.stop.aborted; round++) {
      const [own, id] = [(seed + round) >>> 0, `${game.name}-${began}-${round + 1}`];
      const chunks: Uint8Array[] = [];
      const cast = await troupe.players(players, own);
      const at = performance.now();
      const report = await playMatch({
        game,
        parameters: plan.parameters,
        rate: plan.rate,
        invalid: plan.invalid,
        players: cast,
        seed: own,
        id,
        startedAt: Date.now(),
        ...(record !== null && { record: (bytes: Uint8Array) => void chunks.push(bytes) }),
      });
      const journal = record === null || report.failure !== null ? null : writeJournal(record, id, chunks);
      results.take({ ...roundOf(report), seed: own, ms: performance.now() - at, journal });
    }
  } finally {
    await troupe.stop();
  }
}

const roundOf = ({ id, failure, gone, ...rest }: MatchReport): Omit<Round, 'seed' | 'ms' | 'journal'> => ({
  ...rest,
  match: id,
  trouble: failure ?? gone,
});
