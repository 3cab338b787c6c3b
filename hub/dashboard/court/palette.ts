/** The colours of the style sheet, for the canvas. They change with the reader's light or dark scheme. */

const NAMES = ['court', 'rule', 'ink', 'ink-soft', 'edge', 'accent', 'left', 'right', 'up', 'down'] as const;
export type Palette = Readonly<Record<(typeof NAMES)[number], string>>;

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const entries = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(entries) as Palette;
}

/** The colour of a seat; of one that no style knows, that of the text. */
export const seatColour = (palette: Palette, seat: string): string =>
  seat in palette ? palette[seat as keyof Palette] : palette.ink;
