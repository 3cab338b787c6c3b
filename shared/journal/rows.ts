/** A journal as rows for programs that learn: per tick and seat what it saw, what it did and what it got. */
import type { Plain } from './byte-writer.ts';
import type { JournalReader } from './journal-reader.ts';
import { rulesOf } from './open.ts';
import { timeline } from './timeline.ts';

export interface Row {
  readonly tick: number;
  /** ms since the match began. */
  readonly time: number;
  /** Name of the seat. */
  readonly seat: string;
  /** What the seat is told before this tick: `observe` of the game. */
  readonly observation: Plain;
  /** In force for this tick; null: none. */
  readonly command: Plain;
  /** Points gained since the tick before. */
  readonly reward: number;
  /** Points after the tick. */
  readonly score: number;
  /** For this seat, from the tick that decides on; null: not decided. */
  readonly outcome: 'win' | 'loss' | 'draw' | 'void' | null;
}

/** A row for each tick and taken seat, in this order, and one for each at the end, without a command. Holds one tick at a time. */
export function* rows(reader: JournalReader): Generator<Row> {
  const game = rulesOf(reader.header);
  for (const { tick, time, state, commands, gained, scores, outcome } of timeline(reader)) {
    for (const [seat, name] of game.seats.entries()) {
      const observation = game.observe(state, seat) as Plain;
      if (observation === null) continue;
      yield {
        tick,
        time,
        seat: name,
        observation,
        command: commands?.[seat] ?? null,
        reward: gained[seat] ?? 0,
        score: scores[seat] ?? 0,
        outcome:
          outcome === null ? null : outcome.kind !== 'win' ? outcome.kind : outcome.winner === seat ? 'win' : 'loss',
      };
    }
  }
}

/** One JSON object a line. */
export function* jsonLines(reader: JournalReader): Generator<string> {
  for (const row of rows(reader)) yield `${JSON.stringify(row)}\n`;
}

/**
 * CSV (RFC 4180) with a line of names; lists and maps get a column for each of their values: `observation.ball.0`.
 * Reads the journal twice: only then it is known which columns there are.
 */
export function* csvLines(reader: JournalReader): Generator<string> {
  const columns = new Set<string>();
  for (const row of rows(reader)) for (const name of flat(row).keys()) columns.add(name);
  yield csvLine([...columns]);
  for (const row of rows(reader)) {
    const cells = flat(row);
    yield csvLine([...columns].map((name) => cells.get(name) ?? ''));
  }
}

const csvLine = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The values that are neither list nor map, by their path; null is an empty cell, true and false are 1 and 0. */
function flat(row: Row): Map<string, string> {
  const cells = new Map<string, string>();
  const take = (name: string, value: Plain): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, entry] of Object.entries(value)) take(`${name}.${key}`, entry);
    } else cells.set(name, cellOf(value));
  };
  for (const [name, value] of Object.entries(row)) take(name, value as Plain);
  return cells;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front. */
function cellOf(value: null | boolean | number | string): string {
  if (typeof value === 'string') return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return value === null ? '' : String(Number(value));
}
