/** A plain picture of a game of presses; the pages of this project have a finer one of their own. */
import type { Scene, Shape } from '../scene.ts';
import { readPressView, type PressSeatView } from './view.ts';

const WIDTH = 160;
const HEIGHT = 100;
const LAMP = { x: 40, y: 50, r: 26 } as const;
/** So many presses there is room for; the first are the ones that count. */
const LINES = 10;

/** A lamp, and who pressed, the first above. @throws RangeError not a view of this game */
export function drawPresses(bytes: Uint8Array): Scene {
  const view = readPressView(bytes);
  if (view === null) throw new RangeError('not a view of a game of presses');
  const lit = view.phase === 'lit' || view.phase === 'hold';
  const round = view.round > 0 ? [`${view.round}${view.of > 0 ? ` / ${view.of}` : ''}`] : [];
  const pressed = view.seats
    .map((seat, index) => ({ seat, index }))
    .filter(({ seat }) => seat.press !== null)
    .toSorted((one, other) => (one.seat.press?.ms ?? 0) - (other.seat.press?.ms ?? 0));
  return {
    width: WIDTH,
    height: HEIGHT,
    shapes: [
      { kind: 'disc', paint: lit ? 'accent' : 'faint', ...LAMP },
      ...round.map((text): Shape => ({ kind: 'text', paint: 'ink', x: LAMP.x, y: 90, size: 7, text })),
      ...pressed.slice(0, LINES).map(({ seat, index }, place) => line(seat, index, place)),
    ],
  };
}

function line({ winner, press, score }: PressSeatView, index: number, place: number): Shape {
  const text = `${winner ? '★ ' : ''}${index + 1}: ${(press?.ms ?? 0).toFixed(1)} ms · ${score}`;
  return { kind: 'text', paint: winner ? index : 'ink', x: 115, y: 8 + place * 9, size: 6, text };
}
