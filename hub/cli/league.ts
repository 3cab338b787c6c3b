/** `paddlewire league`: the ladder, and taking back what was played. */
import { PaddlewireError } from '../../shared/errors.ts';
import { print, type Command } from './context.ts';
import { parseOptions } from './hub-options.ts';
import { LEAGUE_OPTIONS, leagueAdmin, type LeagueAdmin } from './league/admin.ts';
import { asking } from './league/questions.ts';
import { columns } from './table.ts';

const USAGE = 'Say `league ladder GAME`, `league reset ratings` or `league reset games`.';
const RESETS = {
  ratings: 'Take back all ratings? Everybody begins anew; the matches stay.',
  games: 'Take back all matches of the league, with ratings and tournaments?',
} as const;

export const league: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, LEAGUE_OPTIONS, true);
  const [verb, word, ...more] = positionals;
  const reset = verb === 'reset' && (word === 'games' || word === 'ratings') ? word : null;
  if (word === undefined || more.length > 0 || (reset === null && verb !== 'ladder'))
    throw new PaddlewireError('usage', USAGE);
  if (reset !== null && values['yes'] !== true) await asking(context, (questions) => questions.confirm(RESETS[reset]));
  const admin = leagueAdmin(values, context);
  try {
    if (reset !== null) {
      await admin.reset(reset);
      print(context, reset === 'games' ? 'All matches are taken back.' : 'All ratings are taken back.');
    } else print(context, await ladderText(admin, word, values['json'] === true));
  } finally {
    admin.close();
  }
  return 0;
};

async function ladderText(admin: LeagueAdmin, game: string, json: boolean): Promise<string> {
  const lines = await admin.ladder(game);
  if (json) return JSON.stringify(lines);
  if (lines.length === 0) return `Nobody has played ${game} in the league yet.`;
  const rows = lines.map(({ rank, name, score, mu, sigma, games, wins, disconnects }) => [
    `${rank}`,
    name,
    score.toFixed(2),
    `${mu.toFixed(2)} ± ${sigma.toFixed(2)}`,
    `${games}`,
    `${wins}`,
    `${disconnects}`,
  ]);
  const head = ['Rank', 'Name', 'Score', 'Rating', 'Games', 'Wins', 'Gone away'];
  return columns([head, ...rows], [0, 2, 3, 4, 5, 6]);
}
