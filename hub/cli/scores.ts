/** `paddlewire scores`: prints lifetime scores, exports them, takes an export over. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { PaddlewireError } from '../../shared/errors.ts';
import { loadConfig } from '../config/config.ts';
import { ScoreDatabase } from '../store/score-database.ts';
import { MAX_IMPORT_BYTES, parseImport } from '../store/score-import.ts';
import type { ScoreExport } from '../store/store.ts';
import { print, type Command } from './context.ts';
import { parseOptions } from './hub-options.ts';
import { columns } from './table.ts';

export const scores: Command = async (args, context) => {
  const options = { data: { type: 'string' }, json: { type: 'boolean' }, config: { type: 'string' } } as const;
  const { values, positionals } = parseOptions(args, options, true);
  const config = loadConfig({
    file: values['config'] as string | undefined,
    env: context.env,
    flags: { data: values['data'] as string | undefined },
  });
  const folder = config.data as string;
  const [verb, file, ...more] = positionals;
  if (verb !== undefined && (verb !== 'import' || file === undefined || more.length > 0)) {
    throw new PaddlewireError('usage', 'Say `scores`, `scores --json` or `scores import FILE`.');
  }
  if (verb === undefined && !existsSync(folder))
    throw new PaddlewireError('data-folder-unwritable', `There is no data folder ${folder}.`);
  const database = new ScoreDatabase(folder);
  try {
    // A hub may be running on it: SQLite lets both in.
    open(database, folder);
    if (file === undefined) {
      const all = database.export();
      print(context, values['json'] === true ? JSON.stringify(all, null, 2) : table(all));
    } else {
      const taken = database.import(parseImport(read(file)));
      print(
        context,
        taken === 0 ? 'Nothing to take over: the file is empty or from this hub itself.' : `Took over ${taken} lines.`,
      );
    }
  } finally {
    database.close();
  }
  return 0;
};

function open(database: ScoreDatabase, folder: string): void {
  try {
    database.open(false);
  } catch (error) {
    if (error instanceof PaddlewireError) throw error;
    throw new PaddlewireError(
      'data-folder-unwritable',
      `The data folder ${folder} cannot be used: ${(error as Error).message}`,
    );
  }
}

/** The text of a file, which may be a pipe; of one that is too long only so much that it shows. */
function read(file: string): string {
  let handle: number | null = null;
  try {
    handle = openSync(file, 'r');
    const chunks: Buffer[] = [];
    for (let length = 0; length <= MAX_IMPORT_BYTES;) {
      const chunk = Buffer.alloc(1024 * 1024);
      const count = readSync(handle, chunk);
      if (count === 0) break;
      chunks.push(chunk.subarray(0, count));
      length += count;
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    throw new PaddlewireError('import-malformed', `Cannot read ${file}: ${(error as Error).message}`);
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

function table({ scores: lines, tallies }: ScoreExport): string {
  if (lines.length === 0 && tallies.length === 0) return 'No scores yet.';
  const rows = [
    ['Name', 'Points', 'Wins', 'Matches', 'Device'],
    ...lines.map(({ name, points, wins, matches, device }) => [name, `${points}`, `${wins}`, `${matches}`, device]),
  ];
  const tally = tallies.map(({ player, wins }) => `game/player_choices: ${player} won ${wins}`);
  return [...(lines.length > 0 ? [columns(rows, [1, 2, 3])] : []), ...tally].join('\n');
}
