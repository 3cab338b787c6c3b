/** The court as text for a terminal, from what a seat is told each tick. */
import type { PongObservation } from '../../../shared/games/pong/observe.ts';

const BALL = '●';
const VERTICAL = '█';
const HORIZONTAL = '▀';

/** Lines of the court, `columns` × `rows` characters inside a frame. */
export function courtText(seen: PongObservation, columns: number, rows: number): string[] {
  const cells = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ' '));
  const [width, height] = seen.court;
  const column = (x: number): number => Math.max(0, Math.min(columns - 1, Math.floor((x / width) * columns)));
  const row = (y: number): number => Math.max(0, Math.min(rows - 1, Math.floor((y / height) * rows)));
  const put = (x: number, y: number, character: string): void => {
    (cells[y] as string[])[x] = character;
  };
  for (const [side, centre] of Object.entries(seen.paddles)) {
    const upright = side === 'left' || side === 'right';
    const half = upright === (seen.you === 'left' || seen.you === 'right') ? seen.length / 2 : lengthAcross(seen) / 2;
    if (upright) {
      const x = side === 'left' ? column(width * 0.055) : column(width * 0.945);
      for (let y = row(centre - half); y <= row(centre + half - 1); y++) put(x, y, VERTICAL);
    } else {
      const y = side === 'up' ? row(height * 0.055) : row(height * 0.945);
      for (let x = column(centre - half); x <= column(centre + half - 1); x++) put(x, y, HORIZONTAL);
    }
  }
  put(column(seen.ball[0]), row(seen.ball[1]), BALL);
  const edge = '─'.repeat(columns);
  return [`┌${edge}┐`, ...cells.map((line) => `│${line.join('')}│`), `└${edge}┘`];
}

/** The observation tells the own paddle's length; one on the other axis is as long in proportion to its side. */
function lengthAcross({ court: [width, height], you, length }: PongObservation): number {
  return you === 'left' || you === 'right' ? (length * width) / height : (length * height) / width;
}
