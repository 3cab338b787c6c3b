/** Prints what was measured as an aligned table. */

/** @param rows the first is the head; numbers are rounded to three digits */
export function printTable(title: string, rows: readonly (readonly (string | number)[])[]): void {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? String(round(cell)) : cell)));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  console.log(`\n${title}\n${lines.join('\n')}\n`);
}

const round = (value: number): number => (Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3)));

/** The middle of three runs of a measurement. */
export async function median(measure: () => number | Promise<number>): Promise<number> {
  const runs = [await measure(), await measure(), await measure()].toSorted((a, b) => a - b);
  return runs[1] ?? 0;
}
