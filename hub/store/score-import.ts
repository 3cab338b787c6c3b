/** Reads a file of scores to be taken over: our own export, or the two-number file of the rock-paper-scissors article. */
import { DEVICE_KINDS } from '../../shared/contract/messages.ts';
import { text } from '../../shared/contract/fields.ts';
import { isDeviceId } from '../../shared/contract/topics.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { ImportedScores, ScoreLine, ScoreSource, TallyRow } from './store.ts';

/** The source under which a two-number file is kept; importing it again replaces it. */
export const ARTICLE_SOURCE = 'game_data.json';
/** The source of a hub's own tallies in its database: never the name of another hub. */
export const OWN_TALLIES = 'hub';

export const MAX_IMPORT_BYTES = 50_000_000;
const MAX_LINES = 100_000;
const MAX_COUNT = 0xffff_ffff;

const NAME = text(32, 'name of a device');
const LABEL = text(64, 'id of a hub, or a player');

/** @throws PaddlewireError import-malformed: nothing is taken over then */
export function parseImport(file: string): ImportedScores {
  if (Buffer.byteLength(file) > MAX_IMPORT_BYTES) throw malformed('The file is larger than 50 MB.');
  let value: unknown;
  try {
    value = JSON.parse(file);
  } catch {
    throw malformed('The file is not JSON.');
  }
  if (!isObject(value)) throw malformed();
  if ('human_score' in value && 'AI_score' in value) {
    const tallies = [
      { player: 'human', wins: count(value['human_score'], 'human_score') },
      { player: 'AI', wins: count(value['AI_score'], 'AI_score') },
    ];
    return { sources: [{ hub: ARTICLE_SOURCE, scores: [], tallies }] };
  }
  // An export of before there were sources is one source.
  const { paddlewire, sources = [value] } = value;
  if (paddlewire !== 1 || !Array.isArray(sources)) throw malformed();
  const lines = sources.reduce((sum: number, source: unknown) => sum + linesOf(source), 0);
  if (lines > MAX_LINES) throw malformed(`The file has more than ${MAX_LINES} lines.`);
  const read = sources.map(scoreSource);
  if (new Set(read.map(({ hub }) => hub)).size < read.length) throw malformed('The file has a source twice.');
  return { sources: read };
}

function linesOf(source: unknown): number {
  if (!isObject(source)) throw malformed();
  const { scores, tallies } = source;
  if (!Array.isArray(scores) || !Array.isArray(tallies)) throw malformed();
  return scores.length + tallies.length;
}

function scoreSource(source: Record<string, unknown>): ScoreSource {
  const hub = label(source['hub'], 'The id of a hub');
  if (hub === '' || hub === OWN_TALLIES) throw malformed('The id of a hub is not allowed.');
  const { scores, tallies } = source as { scores: unknown[]; tallies: unknown[] };
  return { hub, scores: scores.map(scoreLine), tallies: tallies.map(tallyRow) };
}

function scoreLine(line: unknown): ScoreLine {
  if (!isObject(line) || typeof line['device'] !== 'string' || !isDeviceId(line['device'])) {
    throw malformed('A score has no valid device id.');
  }
  const { device } = line;
  const kind = DEVICE_KINDS.find((known) => known === line['kind']);
  if (kind === undefined) throw malformed(`The kind of ${device} must be one of ${DEVICE_KINDS.join(', ')}.`);
  return {
    device,
    name: checked(NAME, line['name'], `The name of ${device}`),
    kind,
    points: count(line['points'], `points of ${device}`),
    wins: count(line['wins'], `wins of ${device}`),
    matches: count(line['matches'], `matches of ${device}`),
  };
}

function tallyRow(row: unknown): TallyRow {
  if (!isObject(row)) throw malformed();
  const player = label(row['player'], 'A player');
  return { player, wins: count(row['wins'], `wins of ${player}`) };
}

function count(value: unknown, what: string): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_COUNT) return value as number;
  throw malformed(`${what} must be a whole number from 0 to ${MAX_COUNT}.`);
}

const label = (value: unknown, what: string): string => checked(LABEL, value, what);

function checked(field: typeof NAME, value: unknown, what: string): string {
  try {
    return field.check(value);
  } catch (error) {
    throw malformed(`${what} ${(error as Error).message}.`);
  }
}

const malformed = (detail?: string): PaddlewireError => new PaddlewireError('import-malformed', detail);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
