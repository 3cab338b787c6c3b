/** `paddlewire journal`: looks at journals, proves them, takes them apart. */
import { basename } from 'node:path';
import { PaddlewireError } from '../../shared/errors.ts';
import { cut, fork } from '../../shared/journal/cut.ts';
import { diff, isSameMatch } from '../../shared/journal/diff.ts';
import { info } from '../../shared/journal/info.ts';
import type { JournalReader } from '../../shared/journal/journal-reader.ts';
import { openJournal } from '../../shared/journal/open.ts';
import { repair } from '../../shared/journal/repair.ts';
import { csvLines, jsonLines } from '../../shared/journal/rows.ts';
import { holdsGood, verify } from '../../shared/journal/verify.ts';
import { systemClock } from '../clock.ts';
import { print, type Command, type Context } from './context.ts';
import { parseOptions } from './hub-options.ts';
import { nodeFiles, writeFile } from './journal/node-files.ts';
import { playerPage } from './journal/player-page.ts';
import { stream } from './journal/stream.ts';
import { differenceLines, infoLines, verdictLines } from './journal/words.ts';

const USAGE =
  'Say `journal info|verify|diff|cut|repair|fork|export FILE`; `paddlewire --help` has the options of each.';

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  at: { type: 'string' },
  out: { type: 'string', short: 'o' },
  format: { type: 'string' },
  html: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

interface Asked {
  readonly files: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly context: Context;
}

/** What a verb takes besides files; how many files at most. */
interface Verb {
  readonly options: readonly (keyof typeof OPTIONS)[];
  readonly files: number;
  run(asked: Asked): number | Promise<number>;
}

const VERBS: Readonly<Record<string, Verb>> = {
  info: { options: ['json'], files: 1, run: showInfo },
  verify: { options: ['json'], files: Infinity, run: verifyAll },
  diff: { options: ['json'], files: 2, run: showDiff },
  cut: { options: ['from', 'to', 'out'], files: 1, run: cutOut },
  repair: { options: ['out'], files: 1, run: repairOne },
  fork: { options: ['at', 'out'], files: 1, run: forkOne },
  export: { options: ['format', 'html', 'out'], files: 1, run: exportOne },
};

export const journal: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, OPTIONS, true);
  const [name = '', ...files] = positionals;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined) throw new PaddlewireError('usage', USAGE);
  const foreign = Object.keys(values).find((option) => !verb.options.some((known) => known === option));
  if (foreign !== undefined) throw new PaddlewireError('usage', `journal ${name} has no option --${foreign}.`);
  const least = verb.files === 2 ? 2 : 1;
  if (files.length < least || files.length > verb.files)
    throw new PaddlewireError(
      'usage',
      `journal ${name} takes ${least === 2 ? 'two files' : 'one file'}${verb.files > 2 ? ' or more' : ''}.`,
    );
  return verb.run({ files, values, context });
};

interface Opened {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly reader: JournalReader;
}

function open(file: string | undefined): Opened {
  const path = file ?? '';
  const bytes = nodeFiles.read(path);
  try {
    return { file: path, bytes, reader: openJournal(bytes) };
  } catch (error) {
    if (!(error instanceof PaddlewireError)) throw error;
    throw new PaddlewireError(error.code, `${path}: ${error.message}`);
  }
}

function showInfo({ files, values, context }: Asked): number {
  const { bytes, reader } = open(files[0]);
  const known = info(bytes, reader);
  print(context, values['json'] === true ? JSON.stringify(known, null, 2) : infoLines(known));
  return known.damage === null ? 0 : 1;
}

/** Every file is looked at, whatever the others are. */
function verifyAll({ files, values, context }: Asked): number {
  let wrong = 0;
  for (const file of files) {
    try {
      const verdict = verify(open(file).reader);
      print(context, values['json'] === true ? JSON.stringify({ file, ...verdict }) : verdictLines(file, verdict));
      if (!holdsGood(verdict)) wrong++;
    } catch (error) {
      if (!(error instanceof PaddlewireError) || files.length === 1) throw error;
      const { code, message } = error;
      print(
        context,
        values['json'] === true ? JSON.stringify({ file, error: code, text: message }) : `WRONG  ${message} (${code})`,
      );
      wrong++;
    }
  }
  return wrong === 0 ? 0 : 1;
}

function showDiff({ files, values, context }: Asked): number {
  const difference = diff(open(files[0]).reader, open(files[1]).reader);
  print(context, values['json'] === true ? JSON.stringify(difference) : differenceLines(difference));
  return isSameMatch(difference) ? 0 : 1;
}

function cutOut({ files, values, context }: Asked): number {
  const { reader } = open(files[0]);
  const [from, to] = [tickOf(values, 'from'), tickOf(values, 'to')];
  if (from === null && to === null) throw new PaddlewireError('usage', 'Say --from TICK or --to TICK, or both.');
  const out = outOf(values);
  writeFile(out, (sink) => cut(reader, { from, to }, sink));
  print(context, `${out}: ticks ${from ?? 'from the beginning'} to ${to ?? 'the end'}.`);
  return 0;
}

function repairOne({ files, values, context }: Asked): number {
  const { bytes, reader } = open(files[0]);
  const out = outOf(values);
  let text = '';
  writeFile(out, (sink) => {
    const { kept, lost, lastTick, damage } = repair(bytes, reader, sink);
    const why = damage === null ? '' : ` ${damage.text}`;
    text = `${out}: whole until tick ${lastTick}, ${kept} bytes kept and ${lost} left out.${why}`;
  });
  print(context, text);
  return 0;
}

function forkOne({ files, values, context }: Asked): number {
  const { file, reader } = open(files[0]);
  const at = tickOf(values, 'at');
  if (at === null) throw new PaddlewireError('usage', 'Say --at TICK.');
  const out = outOf(values);
  const about = { ...reader.header.about, forkOf: basename(file), forkTick: at };
  writeFile(out, (sink) => fork(reader, { at, startedAt: systemClock.epoch(), about }, sink));
  print(context, `${out}: a new match that goes on from tick ${at}.`);
  return 0;
}

async function exportOne({ files, values, context }: Asked): Promise<number> {
  const { file, bytes, reader } = open(files[0]);
  const lines = linesOf(values, { file, bytes, reader });
  const out = values['out'];
  if (typeof out === 'string') {
    const encoder = new TextEncoder();
    writeFile(out, (sink) => {
      for (const line of lines) sink(encoder.encode(line));
    });
  } else await stream(lines, context);
  // What could be read is exported; that it is not all is said apart.
  if (reader.damage !== null) throw new PaddlewireError('journal-torn', `${file}: ${reader.damage.text}`);
  return 0;
}

function linesOf({ html, format }: Asked['values'], { file, bytes, reader }: Opened): Iterable<string> {
  if (html === true && format === undefined) return playerPage(basename(file), bytes);
  if (html !== true && format === 'jsonl') return jsonLines(reader);
  if (html !== true && format === 'csv') return csvLines(reader);
  throw new PaddlewireError('usage', 'Say --format jsonl, --format csv or --html.');
}

function tickOf(values: Asked['values'], name: 'from' | 'to' | 'at'): number | null {
  const text = values[name];
  if (text === undefined) return null;
  if (typeof text !== 'string' || !/^\d{1,9}$/.test(text))
    throw new PaddlewireError('usage', `--${name} takes a tick.`);
  return Number(text);
}

function outOf({ out }: Asked['values']): string {
  if (typeof out !== 'string' || out === '') throw new PaddlewireError('usage', 'Say where to: -o OUT.');
  return out;
}
