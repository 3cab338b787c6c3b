/** Matches that were played, their journals, and who is best. */
import { PERIODS, type LeaderboardLine, type MatchLine } from '../../shared/contract/api.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Journals } from '../journal/journals.ts';
import type { PlayedMatch, ScoreStore } from '../store/store.ts';
import type { Handlers } from './handlers.ts';

export interface MatchHandlersParts {
  readonly store: Pick<ScoreStore, 'leaderboard' | 'matches'>;
  readonly journals: Pick<Journals, 'read' | 'stars' | 'star'>;
  /** Wall clock, in ms since 1970. */
  readonly epoch: () => number;
}

type Names =
  | 'GET /api/leaderboard/{period}'
  | 'GET /api/matches'
  | 'GET /api/matches/{match}/journal'
  | 'GET /api/devices/{device}/history'
  | 'POST /api/matches/{match}/star';

export function matchHandlers({ store, journals, epoch }: MatchHandlersParts): Pick<Handlers, Names> {
  const lines = async (device: string | null): Promise<MatchLine[]> => {
    const [played, stars] = await Promise.all([store.matches(device), journals.stars()]);
    return played.map((one) => lineOf(one, stars.get(one.match)));
  };
  return {
    'GET /api/leaderboard/{period}': ({ period }): Promise<readonly LeaderboardLine[]> =>
      store.leaderboard(since(period, epoch())),
    'GET /api/matches': () => lines(null),
    'GET /api/devices/{device}/history': ({ device }) => lines(device),
    'GET /api/matches/{match}/journal': async ({ match }) => {
      const bytes = await journals.read(match);
      if (bytes === null) throw new PaddlewireError('match-unknown');
      return bytes;
    },
    'POST /api/matches/{match}/star': ({ match }, { starred }) => journals.star(match, starred),
  };
}

/** @param starred undefined: there is no journal of it */
const lineOf = (played: PlayedMatch, starred: boolean | undefined): MatchLine => ({
  ...played,
  journal: starred !== undefined,
  starred: starred === true,
});

/** When a period began, in ms since 1970; null: before all matches. @throws PaddlewireError period-unknown */
function since(period: string, now: number): number | null {
  if (period === 'lifetime') return null;
  if (period !== 'today')
    throw new PaddlewireError('period-unknown', `There is no ${period}; the periods are ${PERIODS.join(' and ')}.`);
  return new Date(now).setHours(0, 0, 0, 0);
}
