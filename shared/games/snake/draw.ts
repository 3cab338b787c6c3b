/** A picture of snake: the garden, the food, the snakes in the colours of their seats, points and time above. */
import { frame, type Scene, type Shape } from '../scene.ts';
import { SEATS, type SnakeParameters } from './state.ts';
import { readSnakeView, type SnakeSeatView, type SnakeView } from './view.ts';

/** Length of a field. */
const FIELD = 10;
/** Above the garden: points and time. */
const TOP = 16;
const GAP = 0.6;

/** @throws RangeError not a view of this game */
export function drawSnake(bytes: Uint8Array, { matchMs }: SnakeParameters): Scene {
  const view = readSnakeView(bytes);
  if (view === null) throw new RangeError('not a view of snake');
  const { width, height, food, snakes } = view;
  const place = (field: number): { x: number; y: number } => ({
    x: (field % width) * FIELD,
    y: TOP + Math.floor(field / width) * FIELD,
  });
  const pieces = food.map((field): Shape => {
    const { x, y } = place(field);
    return { kind: 'disc', paint: 'accent', x: x + FIELD / 2, y: y + FIELD / 2, r: FIELD * 0.36 };
  });
  const bodies = snakes.flatMap((snake, seat) => body(snake, seat, place));
  const size = { width: width * FIELD, height: TOP + height * FIELD };
  return {
    ...size,
    shapes: [...frame('faint', 0, TOP, size.width, height * FIELD, 1), ...head(view, matchMs), ...pieces, ...bodies],
  };
}

/** Points of each seat: its colour is not the only sign of it. */
function head({ width, left, snakes }: SnakeView, matchMs: number): Shape[] {
  const all = width * FIELD;
  const part = Math.min(1, (left * 1000) / matchMs);
  const taken = snakes.flatMap((snake, seat) => (snake.seated ? [{ snake, seat }] : []));
  const points = taken.flatMap(({ snake, seat }, place) => pointsOf(snake, seat, ((place + 0.5) * all) / taken.length));
  return [
    { kind: 'box', paint: 'faint', x: 0, y: 0, w: all, h: 2 },
    { kind: 'box', paint: 'accent', name: 'time', x: 0, y: 0, w: all * part, h: 2 },
    ...points,
  ];
}

function pointsOf({ score, lives }: SnakeSeatView, seat: number, x: number): Shape[] {
  const shapes: Shape[] = [{ kind: 'text', paint: seat, x, y: 8.5, size: 9, text: `${SEATS[seat]}: ${score}` }];
  for (let life = 0; life < lives; life++)
    shapes.push({ kind: 'disc', paint: seat, x: x + 14 + life * 4.5, y: 8.5, r: 1.6 });
  return shapes;
}

function body(
  { body: fields, way }: SnakeSeatView,
  seat: number,
  place: (field: number) => { x: number; y: number },
): Shape[] {
  const shapes = fields.map((field, at): Shape => {
    const { x, y } = place(field);
    const gap = at === 0 ? 0 : GAP;
    return { kind: 'box', paint: seat, x: x + gap, y: y + gap, w: FIELD - 2 * gap, h: FIELD - 2 * gap };
  });
  const [first] = fields;
  if (first === undefined) return shapes;
  // Two eyes, and its number: colour is never the only sign.
  const { x, y } = place(first);
  const along = way >> 1 === 0;
  const front = way % 2 === 0 ? FIELD * 0.3 : FIELD * 0.7;
  const eye = (side: number): Shape => ({
    kind: 'disc',
    paint: 'ink',
    x: x + (along ? FIELD * side : front),
    y: y + (along ? front : FIELD * side),
    r: FIELD * 0.12,
  });
  return [...shapes, eye(0.28), eye(0.72)];
}
