/** Reads a file of scores to be taken over: our own export, or the two-number file of the rock-paper-scissors article. */
import { PaddlewireError } from '../../shared/errors.ts';
import { isDeviceId } from '../../shared/contract/topics.ts';
import type { ScoreExport, ScoreLine, TallyRow } from './store.ts';

/** The source under which a two-number file is kept; importing it again replaces it. */
const ARTICLE_SOURCE = 'game_data.json';

/** @throws PaddlewireError import-malformed: nothing is taken over then */
export function parseImport(text: string): ScoreExport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PaddlewireError('import-malformed', 'The file is not JSON.');
  }
  if (!isObject(value)) throw new PaddlewireError('import-malformed');
  if ('human_score' in value && 'AI_score' in value) {
    const tallies = [
      { player: 'human', wins: count(value['human_score'], 'human_score') },
      { player: 'AI', wins: count(value['AI_score'], 'AI_score') },
    ];
    return { paddlewire: 1, hub: ARTICLE_SOURCE, scores: [], tallies };
  }
  const { paddlewire, hub, scores, tallies } = value;
  if (paddlewire !== 1 || typeof hub !== 'string' || !Array.isArray(scores) || !Array.isArray(tallies)) {
    throw new PaddlewireError('import-malformed');
  }
  return { paddlewire: 1, hub, scores: scores.map(scoreLine), tallies: tallies.map(tallyRow) };
}

function scoreLine(line: unknown): ScoreLine {
  if (!isObject(line) || typeof line['device'] !== 'string' || !isDeviceId(line['device'])) {
    throw new PaddlewireError('import-malformed', 'A score has no valid device id.');
  }
  const { device, name, kind } = line;
  return {
    device,
    name: typeof name === 'string' ? name : '',
    kind: typeof kind === 'string' ? kind : '',
    points: count(line['points'], `points of ${device}`),
    wins: count(line['wins'], `wins of ${device}`),
    matches: count(line['matches'], `matches of ${device}`),
  };
}

function tallyRow(row: unknown): TallyRow {
  if (!isObject(row) || typeof row['player'] !== 'string') throw new PaddlewireError('import-malformed');
  return { player: row['player'], wins: count(row['wins'], `wins of ${row['player']}`) };
}

function count(value: unknown, what: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new PaddlewireError('import-malformed', `${what} must be a whole number that is not negative.`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
