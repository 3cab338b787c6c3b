/** A court that is drawn turned, so that the own side is at the bottom. */
import type { Geometry } from './geometry.ts';

/** Lets a canvas that is scaled and moved to the court's top left corner take the court's own coordinates, turned. */
export function turnCourt(context: CanvasRenderingContext2D, { layout, turn }: Geometry): void {
  if (turn === 1) context.translate(layout.height, 0);
  else if (turn === 2) context.translate(layout.width, layout.height);
  else if (turn === 3) context.translate(0, layout.width);
  context.rotate((turn * Math.PI) / 2);
}
