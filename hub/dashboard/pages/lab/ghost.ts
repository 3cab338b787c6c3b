/** The shadow paddle: outlines of what the hub believes, laid over what a player sees. */
import { ALL_SEATS, NORMAL, SEATS } from '../../../../shared/games/pong/sides.ts';
import type { PongView } from '../../../../shared/games/pong/view.ts';
import { fit, layoutOf } from '../../court/geometry.ts';
import { readPalette, seatColour } from '../../court/palette.ts';

const DASH = [6, 5];

/** Draws the outlines on a canvas of their own, which lies over the court. */
export function drawGhost(
  canvas: HTMLCanvasElement,
  view: PongView | null,
  parameters: Readonly<Record<string, unknown>>,
): void {
  const ratio = window.devicePixelRatio;
  const [width, height] = [canvas.clientWidth * ratio, canvas.clientHeight * ratio].map((px) => Math.round(px));
  const context = canvas.getContext('2d');
  if (context === null || width === undefined || height === undefined || width * height === 0) return;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.clearRect(0, 0, width, height);
  if (view === null) return;
  const palette = readPalette(canvas);
  const { layout, left, top, scale } = fit(layoutOf(parameters), width, height);
  context.save();
  context.translate(left, top);
  context.scale(scale, scale);
  context.lineWidth = 2.5;
  context.setLineDash(DASH);
  for (const seat of ALL_SEATS) {
    const at = view.paddles[seat];
    if (at === null) continue;
    const paddle = layout.paddles[seat];
    const [x, y] = NORMAL[seat] === 0 ? [paddle.fixed, at] : [at, paddle.fixed];
    context.strokeStyle = seatColour(palette, SEATS[seat]);
    const [wide, high] = [paddle.width + 8, paddle.height + 8];
    context.strokeRect(x - wide / 2, y - high / 2, wide, high);
  }
  context.strokeStyle = palette.ink;
  const side = layout.ball + 6;
  context.strokeRect(view.ball.x - side / 2, view.ball.y - side / 2, side, side);
  context.restore();
}
