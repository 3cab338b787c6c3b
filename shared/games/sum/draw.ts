/** A picture of sum: a bar that fills up to the target, and whose turn it is. */
import { frame, line, type Scene, type Shape } from '../scene.ts';
import type { SumParameters } from './state.ts';
import { readSumView, type SumView } from './view.ts';

const WIDTH = 160;
const HEIGHT = 100;
const BAR = { x: 12, y: 62, w: 136, h: 14 } as const;
/** With more steps than this the bar has no marks: they would be a grey. */
const MOST_MARKS = 40;

/** @throws RangeError not a view of this game */
export function drawSum(bytes: Uint8Array, { thinkMs }: SumParameters): Scene {
  const view = readSumView(bytes);
  if (view === null) throw new RangeError('not a view of sum');
  return { width: WIDTH, height: HEIGHT, shapes: [...head(view, thinkMs), ...bar(view), ...players(view)] };
}

function head({ phase, leftMs, sum, target }: SumView, thinkMs: number): Shape[] {
  const left = phase === 'think' ? Math.min(1, leftMs / thinkMs) : 0;
  return [
    { kind: 'box', paint: 'faint', x: 0, y: 0, w: WIDTH, h: 2 },
    { kind: 'box', paint: 'accent', name: 'time', x: 0, y: 0, w: WIDTH * left, h: 2 },
    { kind: 'text', paint: 'ink', x: WIDTH / 2, y: 32, size: 30, text: String(sum) },
    { kind: 'text', paint: 'ink', x: WIDTH / 2, y: 54, size: 8, text: `→ ${target}` },
  ];
}

function bar({ sum, target, added, phase, turn }: SumView): Shape[] {
  const place = (value: number): number => BAR.x + (BAR.w * value) / target;
  // The turn has passed on, unless the round is over.
  const adder = phase === 'think' ? 1 - turn : turn;
  const marks = target > MOST_MARKS ? [] : Array.from({ length: target - 1 }, (_, index) => place(index + 1));
  return [
    { kind: 'box', paint: 'faint', ...BAR },
    { kind: 'box', paint: 'ink', name: 'sum', x: BAR.x, y: BAR.y, w: place(sum - added) - BAR.x, h: BAR.h },
    { kind: 'box', paint: adder, x: place(sum - added), y: BAR.y, w: place(sum) - place(sum - added), h: BAR.h },
    ...marks.map((x): Shape => line('ink', x, BAR.y, x, BAR.y + BAR.h, 0.4)),
  ];
}

const players = (view: SumView): Shape[] => [...playerOf(view, 0), ...playerOf(view, 1)];

function playerOf({ seated, scores, turn, phase, added }: SumView, seat: 0 | 1): Shape[] {
  if (!seated[seat]) return [];
  const x = seat === 0 ? 22 : WIDTH - 22;
  const shapes: Shape[] = [];
  if (phase !== 'over' && seat === turn) shapes.push(...frame('accent', x - 15, 22, 30, 20, 1.5));
  shapes.push({ kind: 'text', paint: 'ink', x, y: 32, size: 9, text: `${seat + 1}: ${scores[seat]}` });
  // The turn has passed on, unless the round is over.
  const said = phase === 'think' ? seat !== turn : seat === turn;
  if (said && added > 0) shapes.push({ kind: 'text', paint: seat, x, y: 53, size: 9, text: `+${added}` });
  return shapes;
}
