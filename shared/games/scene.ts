/**
 * A picture as a list of shapes, for games whose view is drawn by whoever shows it: a page, a replay, an exported film.
 * Lengths are in the scene's own units, from its top left corner; later shapes lie over earlier ones.
 */

/** `ink` and `faint` are the page's own, `accent` is what all look at (a ball); a number is the colour of that seat. */
export type Paint = 'ink' | 'faint' | 'accent' | number;

interface Shown {
  readonly paint: Paint;
  /** The same thing in two scenes has the same name: then it glides from one to the other. Without one it jumps. */
  readonly name?: string;
}

export type Shape =
  /** A filled rectangle; x and y are its top left corner. */
  | (Shown & { readonly kind: 'box'; readonly x: number; readonly y: number; readonly w: number; readonly h: number })
  /** A filled circle; x and y are its centre. */
  | (Shown & { readonly kind: 'disc'; readonly x: number; readonly y: number; readonly r: number })
  | (Shown & {
      readonly kind: 'line';
      readonly x: number;
      readonly y: number;
      readonly x2: number;
      readonly y2: number;
      readonly width: number;
    })
  /** x and y are the middle of the text, `size` is its height. */
  | (Shown & {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly text: string;
    });

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export const line = (paint: Paint, x: number, y: number, x2: number, y2: number, width: number): Shape => ({
  kind: 'line',
  paint,
  x,
  y,
  x2,
  y2,
  width,
});

/** The edge of a rectangle, within it. */
export function frame(paint: Paint, x: number, y: number, w: number, h: number, width: number): Shape[] {
  const half = width / 2;
  return [
    line(paint, x, y + half, x + w, y + half, width),
    line(paint, x, y + h - half, x + w, y + h - half, width),
    line(paint, x + half, y, x + half, y + h, width),
    line(paint, x + w - half, y, x + w - half, y + h, width),
  ];
}
