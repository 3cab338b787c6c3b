/** The shadow paddle: outlines of what the hub believes, laid over what a player sees. */
import { ALL_SEATS, NORMAL, SEATS } from '../../../../shared/games/pong/sides.ts';
import type { PongView } from '../../../../shared/games/pong/view.ts';
import { fit, layoutOf, type Geometry } from '../../court/geometry.ts';
import { readPalette, seatColour, type Palette } from '../../court/palette.ts';

const DASH = [6, 5];

type Parameters = Readonly<Record<string, unknown>>;

/** The outlines on a canvas of their own, which lies over the court; drawn anew when they are others. */
export class Ghost {
  readonly #canvas: HTMLCanvasElement;
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  /** By what it was drawn. */
  #shown: readonly unknown[] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  show(view: PongView | null, parameters: Parameters): void {
    const canvas = this.#canvas;
    const ratio = window.devicePixelRatio;
    const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    const shown = [view, parameters, width, height, this.#scheme.matches];
    if (width * height === 0 || shown.every((one, index) => one === this.#shown[index])) return;
    const context = canvas.getContext('2d');
    if (context === null) return;
    this.#shown = shown;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.clearRect(0, 0, width, height);
    if (view !== null) drawOutlines(context, view, fit(layoutOf(parameters), width, height), readPalette(canvas));
  }
}

function drawOutlines(
  context: CanvasRenderingContext2D,
  view: PongView,
  { layout, left, top, scale }: Geometry,
  palette: Palette,
): void {
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
