/** What the commands say of journals. */
import type { Call } from '../../../shared/journal/calls.ts';
import type { JournalDifference } from '../../../shared/journal/diff.ts';
import type { JournalInfo } from '../../../shared/journal/info.ts';
import type { Disagreement, Verdict } from '../../../shared/journal/verify.ts';

const json = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
};

export function verdictLines(file: string, { ticks, compared, hash, finished, damage, disagreement }: Verdict): string {
  const lines: string[] = [];
  if (disagreement !== null) lines.push(`WRONG  ${file}: ${disagreementText(disagreement)}`);
  if (damage !== null) lines.push(`TORN   ${file}: ${damage.text} Whole until tick ${ticks}.`);
  if (lines.length > 0) return lines.join('\n');
  const end = finished ? '' : ', without an end';
  return `right  ${file}: ${ticks} ticks${end}, ${compared} comparisons, hash ${hash}`;
}

function disagreementText({ equalUntil, tick, what, field, fieldTick, said, found }: Disagreement): string {
  const since = equalUntil === null ? '' : ` (equal until tick ${equalUntil})`;
  const where = field === null ? `the ${what}` : field === '' ? `the whole ${what}` : `${what} ${field}`;
  const when = fieldTick === null || fieldTick === tick ? '' : ` at tick ${fieldTick}`;
  const hashes = field === null ? 'hash ' : '';
  return `from tick ${tick} on${since}: ${where} is ${hashes}${json(said)} in the journal${when}, ${hashes}${json(found)} by the rules`;
}

export function infoLines({
  header,
  bytes,
  firstTick,
  lastTick,
  lastTime,
  counts,
  outcome,
  ...rest
}: JournalInfo): string {
  const { game, rules, rate, seed, seats, startedAt, parameters, about, format } = header;
  const rows: [string, string][] = [
    ['game', `${game}, rules ${rules}`],
    ['begun', new Date(startedAt).toISOString()],
    ['length', `${seconds(lastTime)} s, ticks ${firstTick} to ${lastTick} at ${rate}/s`],
    ['seats', seats.join(', ')],
    ['outcome', outcome === null ? 'none' : `${json(outcome.outcome)}, scores ${outcome.scores.join(' : ')}`],
    ['parameters', JSON.stringify(parameters)],
    ['seed', String(seed)],
    ['about', JSON.stringify(about)],
    [
      'calls',
      Object.entries(counts)
        .map(([op, count]) => `${op} ${count}`)
        .join(', '),
    ],
    ['file', `${bytes} bytes, format ${format}, ${stateText(rest)}`],
  ];
  return rows.map(([name, text]) => `${name.padEnd(10)}  ${text}`).join('\n');
}

const stateText = ({ damage, finished }: Pick<JournalInfo, 'damage' | 'finished'>): string =>
  damage !== null ? `torn at byte ${damage.offset}: ${damage.text}` : finished ? 'whole' : 'whole, not ended';

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

export function differenceLines({ header, call, state }: JournalDifference): string {
  const lines: string[] = [];
  if (header !== null) lines.push(`header  ${header.field}: ${json(header.one)} and ${json(header.other)}`);
  if (call !== null) lines.push(`call    ${call.at + 1}: ${callText(call.one)} and ${callText(call.other)}`);
  if (state !== null)
    lines.push(`state   from tick ${state.tick} on, ${state.field}: ${json(state.one)} and ${json(state.other)}`);
  else if (lines.length > 0) lines.push('state   the same at every tick that both have');
  return lines.length === 0 ? 'The same match.' : lines.join('\n');
}

function callText(call: Call | undefined): string {
  if (call === undefined) return 'nothing';
  const { tick, op, time: _time, ...data } = call;
  return `at tick ${tick} ${op} ${json(data)}`;
}
