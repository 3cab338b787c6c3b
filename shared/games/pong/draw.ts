/** A plain picture of Pong; the pages of this project have a finer one of their own. */
import type { Scene, Shape } from '../scene.ts';
import { pongLayout } from './layout.ts';
import type { PongParameters } from './parameters.ts';
import { ALL_SEATS, ALONG, SEATS } from './sides.ts';
import { readPongView } from './view.ts';

/** @throws RangeError not a view of this game */
export function drawPong(bytes: Uint8Array, parameters: PongParameters): Scene {
  const view = readPongView(bytes);
  if (view === null) throw new RangeError('not a view of Pong');
  const { width, height, ball, paddles } = pongLayout(parameters);
  const size = height / 12;
  const shapes: Shape[] = [
    { kind: 'line', paint: 'faint', x: width / 2, y: 0, x2: width / 2, y2: height, width: width / 300 },
  ];
  for (const seat of ALL_SEATS) {
    const at = view.paddles[seat];
    if (at === null) continue;
    const { width: w, height: h, fixed } = paddles[seat];
    const [x, y] = ALONG[seat] === 1 ? [fixed, at] : [at, fixed];
    shapes.push({ kind: 'box', paint: seat, name: SEATS[seat], x: x - w / 2, y: y - h / 2, w, h });
    const [sx, sy] = ALONG[seat] === 1 ? [(x + width / 2) / 2, size] : [width / 2, (y + height / 2) / 2];
    shapes.push({ kind: 'text', paint: 'ink', x: sx, y: sy, size, text: String(view.scores[seat]) });
  }
  // A ball that waits has jumped there: it has no name, so it does not glide.
  const box = { x: view.ball.x - ball / 2, y: view.ball.y - ball / 2, w: ball, h: ball };
  shapes.push({ kind: 'box', paint: 'accent', ...(view.server === null && { name: 'ball' }), ...box });
  return { width, height, shapes };
}
