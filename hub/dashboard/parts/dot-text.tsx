/** A short text in the arcade's squares. What the font lacks is set in plain letters. */
import type { VNode } from 'preact';
import { dotWidth, eachDot, GLYPH_HEIGHT, hasDots } from '../dot-font.ts';

/** Between two squares, as a part of one. */
const GAP = 0.05;

/** `quiet`: the same is said elsewhere, so readers of the screen need not hear it again. */
export function DotText({ text, quiet = false }: { readonly text: string; readonly quiet?: boolean }): VNode {
  if (!hasDots(text)) return <span class="dot-text plain">{text}</span>;
  const squares: string[] = [];
  const side = 1 - 2 * GAP;
  eachDot(text, (column, row) => squares.push(`M${column + GAP} ${row + GAP}h${side}v${side}h${-side}z`));
  const box = `0 0 ${dotWidth(text)} ${GLYPH_HEIGHT}`;
  const said = quiet ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': text };
  return (
    <svg class="dot-text" viewBox={box} {...said}>
      <path d={squares.join('')} fill="currentColor" />
    </svg>
  );
}
