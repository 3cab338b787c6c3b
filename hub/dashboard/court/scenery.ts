/** What stands still: the ruled court, and the board along each side with the name of who plays there, or a wall. */
import type { SeatInfo as WholeSeat } from '../live/model.ts';
import { texts } from '../texts/common.ts';
import type { Geometry } from './geometry.ts';
import { seatColour, type Palette } from './palette.ts';
import { turnCourt } from './turn.ts';

type Context = CanvasRenderingContext2D;
type SeatInfo = Pick<WholeSeat, 'seat' | 'device' | 'name' | 'present'>;

/** Smallest lettering on a board, in canvas px of a screen with ratio 1; below it the names stand beside the court only. */
const MIN_LETTER_PX = 10;
const FONT = 'system-ui, sans-serif';

/** Turns of the canvas that bring a side's board to the top, its lettering upright on left and right. */
const QUARTER_TURNS: Readonly<Record<string, number>> = { up: 0, right: 1, down: 2, left: 3 };

/** `ratio`: canvas px to a CSS px. */
export function drawScenery(
  context: Context,
  geometry: Geometry,
  palette: Palette,
  seats: readonly SeatInfo[],
  ratio: number,
): void {
  const { layout, scale, left, top, board } = geometry;
  context.save();
  context.translate(left, top);
  context.scale(scale, scale);
  turnCourt(context, geometry);
  context.fillStyle = palette.court;
  context.fillRect(-board, -board, layout.width + 2 * board, layout.height + 2 * board);
  drawRuling(context, geometry, palette);
  drawCorners(context, geometry, palette);
  for (const seat of seats) {
    if (seat.seat in QUARTER_TURNS) drawBoard(context, geometry, palette, seat, ratio);
  }
  context.lineWidth = 2 / scale + 1;
  context.strokeStyle = palette.ink;
  context.strokeRect(0, 0, layout.width, layout.height);
  context.restore();
}

/** Where the boards meet, held by a screw. */
function drawCorners(context: Context, { layout, board }: Geometry, palette: Palette): void {
  for (const x of [-board, layout.width]) {
    for (const y of [-board, layout.height]) {
      context.fillStyle = palette.edge;
      context.fillRect(x, y, board, board);
      context.fillStyle = palette.ink;
      context.beginPath();
      context.arc(x + board / 2, y + board / 2, board * 0.17, 0, 2 * Math.PI);
      context.fill();
    }
  }
}

function drawRuling(context: Context, { layout, square, scale }: Geometry, palette: Palette): void {
  context.strokeStyle = palette.rule;
  context.lineWidth = Math.max(0.6, 1 / scale);
  context.beginPath();
  for (let x = square; x < layout.width; x += square) {
    context.moveTo(x, 0);
    context.lineTo(x, layout.height);
  }
  for (let y = square; y < layout.height; y += square) {
    context.moveTo(0, y);
    context.lineTo(layout.width, y);
  }
  context.stroke();
}

/** Draws one board as if it lay along the top, after turning the canvas. */
function drawBoard(context: Context, geometry: Geometry, palette: Palette, seat: SeatInfo, ratio: number): void {
  const { layout, board } = geometry;
  const turns = QUARTER_TURNS[seat.seat] ?? 0;
  const length = turns % 2 === 0 ? layout.width : layout.height;
  context.save();
  context.translate(layout.width / 2, layout.height / 2);
  context.rotate((turns * Math.PI) / 2);
  context.translate(-length / 2, -(turns % 2 === 0 ? layout.height : layout.width) / 2);
  if (seat.device === null) drawWall(context, length, board, palette);
  else {
    context.fillStyle = seatColour(palette, seat.seat);
    context.fillRect(0, -board, length, board);
  }
  drawLettering(context, geometry, palette, seat, length, turns, ratio);
  context.restore();
}

/** A side without a player: hatched, as on a plan. */
function drawWall(context: Context, length: number, board: number, palette: Palette): void {
  context.save();
  context.beginPath();
  context.rect(0, -board, length, board);
  context.clip();
  context.strokeStyle = palette.rule;
  context.lineWidth = 2;
  context.beginPath();
  for (let x = -board; x < length; x += board / 2) {
    context.moveTo(x, 0);
    context.lineTo(x + board, -board);
  }
  context.stroke();
  context.restore();
}

function drawLettering(
  context: Context,
  { board, scale, turn }: Geometry,
  palette: Palette,
  seat: SeatInfo,
  length: number,
  turns: number,
  ratio: number,
): void {
  const size = board * 0.6;
  if ((size * scale) / ratio < MIN_LETTER_PX) return;
  const taken = seat.device !== null;
  context.font = `${taken ? 700 : 500} ${size}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const name = seat.name ?? seat.device ?? texts.freeSeat;
  const label = shortened(context, taken && !seat.present ? `${name} (${texts.linkLost})` : name, length * 0.7);
  context.translate(length / 2, -board / 2);
  // Along the bottom the board is upside down; its lettering is not.
  if ((turns + turn) % 4 === 2) context.rotate(Math.PI);
  if (!taken) {
    const width = context.measureText(label).width + board;
    context.fillStyle = palette.court;
    context.fillRect(-width / 2, -board / 2, width, board);
  }
  context.fillStyle = taken ? palette.court : palette['ink-soft'];
  context.fillText(label, 0, size * 0.06);
}

function shortened(context: Context, text: string, width: number): string {
  let letters = Array.from(text);
  if (context.measureText(text).width <= width) return text;
  while (letters.length > 1 && context.measureText(`${letters.join('')}…`).width > width)
    letters = letters.slice(0, -1);
  return `${letters.join('')}…`;
}
