/** What is drawn for joy: a ring when the ball is served, and squares that fly from the winner's side. */
import { NORMAL, SEATS, type Seat } from '../../../shared/games/pong/sides.ts';
import { LASTS_MS } from './lasting.ts';
import type { Picture } from './painter.ts';
import { seatColour } from './palette.ts';

const SQUARES_FLYING = 72;
/** Squares of the court in a second, and in a second squared towards the bottom. */
const SPEED = 26;
const GRAVITY = 14;

export function drawCelebration(picture: Picture): void {
  if (picture.calm) return;
  for (const seat of [0, 1, 2, 3] as const) {
    drawServed(picture, seat);
    drawWon(picture, seat);
  }
}

/** A ring that grows from the middle and fades. */
function drawServed({ context, geometry, palette, effects, now }: Picture, seat: Seat): void {
  const left = effects.freshness('serve', SEATS[seat], now, LASTS_MS.serve);
  if (left === 0) return;
  const { layout, square } = geometry;
  context.save();
  context.globalAlpha = left;
  context.strokeStyle = seatColour(palette, SEATS[seat]);
  context.lineWidth = square * 0.5 * left;
  context.beginPath();
  context.arc(layout.width / 2, layout.height / 2, square * (2.6 + 5 * (1 - left)), 0, 2 * Math.PI);
  context.stroke();
  context.restore();
}

function drawWon({ context, geometry, palette, effects, now }: Picture, seat: Seat): void {
  const left = effects.freshness('win', SEATS[seat], now, LASTS_MS.win);
  if (left === 0) return;
  const { layout, square } = geometry;
  const seconds = ((1 - left) * LASTS_MS.win) / 1000;
  const upright = NORMAL[seat] === 1;
  const [fromX, fromY] = upright
    ? [layout.width / 2, seat === 2 ? 0 : layout.height]
    : [seat === 0 ? 0 : layout.width, layout.height / 2];
  const inward = [0, Math.PI, Math.PI / 2, -Math.PI / 2][seat] ?? 0;
  const colours = [seatColour(palette, SEATS[seat]), palette.ink, palette.edge];
  context.save();
  context.globalAlpha = Math.min(1, left * 2);
  for (let index = 0; index < SQUARES_FLYING; index++) {
    // Spread evenly by the golden ratio: the same picture for the same moment, and nowhere a row.
    const [turn, pace] = [(index * 0.618) % 1, 0.35 + ((index * 0.382) % 1) * 0.65];
    const angle = inward + (turn - 0.5) * Math.PI * 0.9;
    const way = SPEED * pace * square * seconds;
    const x = fromX + Math.cos(angle) * way;
    const y = fromY + Math.sin(angle) * way + (GRAVITY * square * seconds * seconds) / 2;
    const side = square * (0.45 + turn * 0.5);
    context.fillStyle = colours[index % colours.length] ?? palette.ink;
    context.fillRect(Math.round(x / 4) * 4 - side / 2, Math.round(y / 4) * 4 - side / 2, side, side);
  }
  context.restore();
}
