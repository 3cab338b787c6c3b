/** What moves: scores, paddles, the ball with its trail, the serve, and the short glow of a point. */
import type { PongView } from '../../../shared/games/pong/view.ts';
import { NORMAL, SEATS, type Seat } from '../../../shared/games/pong/sides.ts';
import { dotWidth, GLYPH_HEIGHT } from '../dot-font.ts';
import type { Effects } from '../live/effects.ts';
import { drawCelebration } from './celebration.ts';
import type { Geometry } from './geometry.ts';
import { LASTS_MS } from './lasting.ts';
import { drawMiddle, fillDots } from './middle.ts';
import { seatColour, type Palette } from './palette.ts';
import { turnCourt } from './turn.ts';

type Context = CanvasRenderingContext2D;
type Spot = PongView['ball'];

const TRAIL_LENGTH = 7;

export interface Picture {
  readonly context: Context;
  readonly geometry: Geometry;
  readonly palette: Palette;
  readonly effects: Effects;
  /** No growing, no glowing, no trail: for readers who asked for less motion. */
  readonly calm: boolean;
  readonly now: number;
}

export interface Scene {
  /** null before the first snapshot of a match. */
  readonly view: PongView | null;
  /** Points by seat index; null where nobody sits. */
  readonly points: readonly (number | null)[];
  /** Wait of a serve when it begins, in ms. */
  readonly serveMs: number;
  /** No match is on: nothing will be served. */
  readonly ended: boolean;
  /** Where the ball was in the last frames, newest first. */
  readonly trail: readonly Spot[];
}

/** Whether it moves by time alone: something that has just happened fades. */
export const fades = ({ effects, calm, now }: Picture): boolean => !calm && effects.anyFresh(now, LASTS_MS);

export function drawScene(picture: Picture, scene: Scene): void {
  const { context, geometry } = picture;
  context.save();
  context.translate(geometry.left, geometry.top);
  context.scale(geometry.scale, geometry.scale);
  turnCourt(context, geometry);
  drawMiddle(picture, scene);
  SEATS.forEach((_name, seat) => drawPoints(picture, seat as Seat, scene.points[seat] ?? null));
  if (scene.view !== null) {
    for (const seat of [0, 1, 2, 3] as const) drawPaddle(picture, seat, scene.view.paddles[seat]);
    if (!picture.calm) drawTrail(picture, scene.trail);
    drawBall(picture, scene.view.ball, 1);
  }
  drawCelebration(picture);
  context.restore();
}

/** The trail for the next frame. It ends where the ball waits, because it jumped there. */
export function grownTrail(trail: readonly Spot[], view: PongView | null): readonly Spot[] {
  return view === null || view.server !== null ? [] : [view.ball, ...trail].slice(0, TRAIL_LENGTH);
}

/** A score filled into the squares of the court, before its seat's side. It swells at a point. */
function drawPoints(picture: Picture, seat: Seat, points: number | null): void {
  if (points === null) return;
  const { context, geometry, palette, effects, now, calm } = picture;
  const { layout, square } = geometry;
  const name = SEATS[seat];
  const label = String(points);
  const glow = effects.freshness('point', name, now, LASTS_MS.point);
  const [middleX, middleY] = [layout.width / 2, layout.height / 2];
  const away = NORMAL[seat] === 0 ? layout.width * 0.3 : layout.height * 0.3;
  const x = NORMAL[seat] === 1 ? middleX : seat === 0 ? middleX - away : middleX + away;
  const y = NORMAL[seat] === 0 ? middleY : seat === 2 ? middleY - away : middleY + away;
  const snap = (value: number, squares: number): number => Math.round(value / square - squares / 2) * square;
  context.fillStyle = seatColour(palette, name);
  const swell = calm ? 0 : glow * glow * 0.2;
  // Digits stand upright however the court is turned.
  const upright = geometry.turn % 2 === 0;
  const [wide, high] = [dotWidth(label), GLYPH_HEIGHT];
  context.save();
  context.translate(snap(x, upright ? wide : high), snap(y, upright ? high : wide));
  context.translate(((upright ? wide : high) * square) / 2, ((upright ? high : wide) * square) / 2);
  context.rotate((-geometry.turn * Math.PI) / 2);
  fillDots(context, label, (-wide * square) / 2, (-high * square) / 2, square, swell);
  context.restore();
}

function drawPaddle({ context, geometry, palette, effects, now, calm }: Picture, seat: Seat, at: number | null): void {
  if (at === null) return;
  const { width, height, fixed } = geometry.layout.paddles[seat];
  const [x, y] = NORMAL[seat] === 0 ? [fixed, at] : [at, fixed];
  const lit = calm ? 0 : effects.freshness('bounce', SEATS[seat], now, LASTS_MS.bounce);
  context.fillStyle = lit > 0.3 ? palette.ink : seatColour(palette, SEATS[seat]);
  context.beginPath();
  context.roundRect(x - width / 2, y - height / 2, width, height, Math.min(width, height) / 3);
  context.fill();
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  context.stroke();
}

function drawTrail(picture: Picture, trail: readonly Spot[]): void {
  for (let index = trail.length - 1; index > 0; index--) {
    const spot = trail[index];
    if (spot !== undefined) drawBall(picture, spot, 0.22 * (1 - index / TRAIL_LENGTH));
  }
}

/** The ball is as square as the rules say; a rim in the court's colour keeps it apart from digits beneath it. */
function drawBall({ context, geometry, palette }: Picture, { x, y }: Spot, strength: number): void {
  const side = geometry.layout.ball;
  context.globalAlpha = strength;
  context.beginPath();
  context.roundRect(x - side / 2, y - side / 2, side, side, side / 5);
  context.fillStyle = palette.ink;
  context.fill();
  if (strength === 1) {
    context.strokeStyle = palette.court;
    context.lineWidth = side / 8;
    context.stroke();
  }
  context.globalAlpha = 1;
}
