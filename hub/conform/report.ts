/** The report: a line for each assertion, and under a failed one what came and what to change. */
import type { Result } from './assertion.ts';

const WORDS = { ok: 'ok', failed: 'FAILED', 'not tried': 'not tried' } as const;

export function reportLines(results: readonly Result[]): string[] {
  return [...results.flatMap((result) => lineOf(result)), '', summary(results)];
}

function lineOf({ number, says, clause, change, verdict }: Result): string[] {
  const line = `${String(number).padStart(3)}  ${WORDS[verdict.outcome].padEnd(9)}  ${says}  [${clause}]`;
  if (verdict.outcome === 'failed') return [line, `${INDENT}came:   ${verdict.came}`, `${INDENT}change: ${change}`];
  return verdict.outcome === 'ok' ? [line] : [line, `${INDENT}${verdict.why}`];
}

const INDENT = ' '.repeat(16);

function summary(results: readonly Result[]): string {
  const count = (outcome: Result['verdict']['outcome']): number =>
    results.filter(({ verdict }) => verdict.outcome === outcome).length;
  const failed = count('failed');
  const end = failed === 0 ? 'Nothing failed.' : failed === 1 ? 'One failed.' : `${failed} failed.`;
  return `${count('ok')} ok, ${failed} failed, ${count('not tried')} not tried. ${end}`;
}
