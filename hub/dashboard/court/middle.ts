/** The middle of the court: the line between two opponents, the wait for a serve, the length of a rally. */
import type { PongView } from '../../../shared/games/pong/view.ts';
import { SEATS, type Seat } from '../../../shared/games/pong/sides.ts';
import { dotWidth, eachDot, GLYPH_HEIGHT } from '../dot-font.ts';
import type { Geometry } from './geometry.ts';
import type { Picture, Scene } from './painter.ts';
import { seatColour } from './palette.ts';

type Context = CanvasRenderingContext2D;

/** Shorter rallies are nothing to count. */
const MIN_HITS = 3;
/** Free place around the middle, in squares to each side. */
const CLEARING = 4;

export function drawMiddle(picture: Picture, scene: Scene): void {
  drawLine(picture, scene);
  const { view, serveMs, ended } = scene;
  if (view === null || ended) return;
  if (view.server !== null) drawServe(picture, view, view.server, serveMs);
  else if (view.hits >= MIN_HITS) drawHits(picture, view.hits);
}

/** Only between two who sit across from each other and have nobody beside them: a score would lie on it otherwise. */
function drawLine({ context, geometry, palette }: Picture, { points }: Scene): void {
  const taken = points.map((scored) => scored !== null);
  const upright = taken[2] !== true && taken[3] !== true;
  if (!upright && (taken[0] === true || taken[1] === true)) return;
  const { layout, square } = geometry;
  const [x, y] = [layout.width / 2, layout.height / 2];
  const [length, gap] = [upright ? y : x, square * CLEARING];
  context.save();
  context.translate(x, y);
  if (!upright) context.rotate(Math.PI / 2);
  context.strokeStyle = palette.edge;
  context.lineWidth = square / 3;
  context.setLineDash([square, square]);
  context.beginPath();
  context.moveTo(0, -gap);
  context.lineTo(0, -length);
  context.moveTo(0, gap);
  context.lineTo(0, length);
  context.stroke();
  context.restore();
}

/** Around a waiting ball a ring that runs out, with an arrow to where the ball will go. */
function drawServe({ context, geometry, palette }: Picture, view: PongView, server: Seat, serveMs: number): void {
  const { layout, square } = geometry;
  const left = serveMs === 0 ? 0 : Math.min(1, view.serveMs / serveMs);
  context.save();
  context.translate(layout.width / 2, layout.height / 2);
  context.strokeStyle = seatColour(palette, SEATS[server]);
  context.fillStyle = context.strokeStyle;
  context.lineWidth = square / 2;
  context.beginPath();
  context.arc(0, 0, square * 2.6, -Math.PI / 2, -Math.PI / 2 + left * 2 * Math.PI);
  context.stroke();
  drawArrow(context, square, server);
  context.restore();
}

function drawArrow(context: Context, square: number, server: Seat): void {
  context.rotate([Math.PI, 0, -Math.PI / 2, Math.PI / 2][server] ?? 0);
  context.beginPath();
  context.moveTo(square * 3.4, -square);
  context.lineTo(square * 4.8, 0);
  context.lineTo(square * 3.4, square);
  context.fill();
}

/** How often the ball has been hit in this rally, small and in grey: for those who look for it. */
function drawHits({ context, geometry, palette }: Picture, hits: number): void {
  const { layout, square } = geometry;
  const size = square / 2;
  context.fillStyle = palette.edge;
  context.save();
  context.translate(layout.width / 2, layout.height / 2);
  context.rotate((-geometry.turn * Math.PI) / 2);
  const [left, top] = [(-dotWidth(String(hits)) * size) / 2, (-GLYPH_HEIGHT * size) / 2];
  fillDots(context, String(hits), left, top, size, 0);
  context.restore();
}

/** Fills a text into squares of the given size. `swell`: how much larger each is drawn, as a part of it. */
export function fillDots(
  context: Context,
  text: string,
  left: number,
  top: number,
  square: Geometry['square'],
  swell: number,
): void {
  const inset = square * (0.05 - swell);
  eachDot(text, (column, row) => {
    context.fillRect(
      left + column * square + inset,
      top + row * square + inset,
      square - 2 * inset,
      square - 2 * inset,
    );
  });
}
