/** A picture of rock-paper-scissors: a field for each player, and the time that is left. */
import { frame, type Paint, type Scene, type Shape } from '../scene.ts';
import type { Choice } from './choice.ts';
import type { RpsParameters } from './state.ts';
import { SEATS } from './state.ts';
import { readRpsView, type RpsSeatView, type RpsView } from './view.ts';

const WIDTH = 160;
const HEIGHT = 100;
/** Above the fields: the bar of time. */
const TOP = 8;

/** @throws RangeError not a view of this game */
export function drawRps(bytes: Uint8Array, { chooseMs }: RpsParameters): Scene {
  const view = readRpsView(bytes);
  if (view === null) throw new RangeError('not a view of rock-paper-scissors');
  const taken = view.seats.flatMap((seat, index) => (seat.seated ? [{ seat, index }] : []));
  const shapes = taken.flatMap(({ seat, index }, place) => field(seat, index, view, cell(place, taken.length)));
  return { width: WIDTH, height: HEIGHT, shapes: [...timeBar(view, chooseMs), ...shapes] };
}

function timeBar({ phase, leftMs }: RpsView, chooseMs: number): Shape[] {
  const rail: Shape = { kind: 'box', paint: 'faint', x: 0, y: 0, w: WIDTH, h: 2 };
  if (phase !== 'choose') return [rail];
  const part = Math.min(1, leftMs / chooseMs);
  return [rail, { kind: 'box', paint: 'accent', name: 'time', x: 0, y: 0, w: WIDTH * part, h: 2 }];
}

interface Cell {
  readonly x: number;
  readonly y: number;
  /** Side of the square that the sign has. */
  readonly size: number;
}

/** The middle of the field of a player; as many columns as make the signs largest. */
function cell(place: number, count: number): Cell {
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const size = Math.min(WIDTH / columns, (HEIGHT - TOP) / Math.ceil(count / columns));
    if (size > best.size) best = { columns, size };
  }
  const rows = Math.ceil(count / best.columns);
  const column = place % best.columns;
  const row = Math.floor(place / best.columns);
  return {
    x: ((column + 0.5) * WIDTH) / best.columns,
    y: TOP + ((row + 0.5) * (HEIGHT - TOP)) / rows,
    size: best.size,
  };
}

function field(seat: RpsSeatView, index: number, { phase }: RpsView, { x, y, size }: Cell): Shape[] {
  const label = `${SEATS[index]}: ${seat.score}`;
  const above = y - size * 0.1;
  const shapes: Shape[] = [{ kind: 'text', paint: 'ink', x, y: y + size * 0.38, size: size * 0.13, text: label }];
  if (seat.won)
    shapes.push(...frame('accent', x - size * 0.46, y - size * 0.46, size * 0.92, size * 0.92, size * 0.03));
  if (phase !== 'choose') return [...shapes, ...sign(seat.choice, index, x, above, size * 0.2)];
  const text = seat.ready ? '✓' : '…';
  return [...shapes, { kind: 'text', paint: seat.ready ? index : 'faint', x, y: above, size: size * 0.4, text }];
}

/** A stone, a sheet, a pair of blades; a stroke for nothing. `r` is half of what a sign is wide. */
function sign(choice: Choice, paint: Paint, x: number, y: number, r: number): Shape[] {
  const line = (x2: number, y2: number, dx: number, dy: number): Shape => ({
    kind: 'line',
    paint,
    x: x + dx * r,
    y: y + dy * r,
    x2: x + x2 * r,
    y2: y + y2 * r,
    width: r * 0.22,
  });
  switch (choice) {
    case 0:
      return [{ ...line(0.6, 0, -0.6, 0), paint: 'faint' }];
    case 1:
      return [{ kind: 'disc', paint, x, y, r: r * 0.95 }];
    case 2:
      return [{ kind: 'box', paint, x: x - r * 0.75, y: y - r, w: r * 1.5, h: r * 2 }];
    case 3:
      return [
        line(0.8, -1, -0.45, 0.6),
        line(-0.8, -1, 0.45, 0.6),
        { kind: 'disc', paint, x: x - r * 0.55, y: y + r * 0.75, r: r * 0.3 },
        { kind: 'disc', paint, x: x + r * 0.55, y: y + r * 0.75, r: r * 0.3 },
      ];
  }
}
