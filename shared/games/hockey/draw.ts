/** A picture of hockey: the table from above, the goals in the colours of who has to keep them. */
import { frame, line, type Scene, type Shape } from '../scene.ts';
import { BOTH, SEATS, sideOf } from './state.ts';
import { HEIGHT_PX, MALLET_PX, PUCK_PX, WIDTH_PX, type HockeyParameters } from './table.ts';
import { readHockeyView, type HockeyView } from './view.ts';

/** Above the table: points and time. */
const TOP = 56;
const LINE = 3;
const GOAL = 8;

/** @throws RangeError not a view of this game */
export function drawHockey(bytes: Uint8Array, { goal, roundMs }: HockeyParameters): Scene {
  const view = readHockeyView(bytes);
  if (view === null) throw new RangeError('not a view of hockey');
  const shapes = [...rink(), ...goals(view, goal), ...head(view, roundMs), ...mallets(view)];
  const [x, y] = view.puck;
  // A puck that waits has been put there: it has no name, so it does not glide.
  shapes.push({ kind: 'disc', paint: 'accent', ...(view.waitMs === 0 && { name: 'puck' }), x, y: y + TOP, r: PUCK_PX });
  return { width: WIDTH_PX, height: HEIGHT_PX + TOP, shapes };
}

const rink = (): Shape[] => [
  ...frame('faint', 0, TOP, WIDTH_PX, HEIGHT_PX, LINE),
  line('faint', WIDTH_PX / 2, TOP, WIDTH_PX / 2, TOP + HEIGHT_PX, LINE),
];

const goals = ({ round }: HockeyView, goal: number): Shape[] =>
  BOTH.map((seat) => ({
    kind: 'box',
    paint: seat,
    x: sideOf(round, seat) === 0 ? 0 : WIDTH_PX - GOAL,
    y: TOP + (HEIGHT_PX - goal) / 2,
    w: GOAL,
    h: goal,
  }));

function head({ round, rounds, scores, leftMs }: HockeyView, roundMs: number): Shape[] {
  const left = Math.min(1, leftMs / roundMs);
  const points = BOTH.map((seat): Shape => {
    const x = sideOf(round, seat) === 0 ? WIDTH_PX / 4 : (WIDTH_PX * 3) / 4;
    // On the half that it plays on: its colour is not the only sign of it.
    return { kind: 'text', paint: seat, x, y: TOP / 2, size: 30, text: `${SEATS[seat]}: ${scores[seat]}` };
  });
  return [
    { kind: 'box', paint: 'faint', x: 0, y: 0, w: WIDTH_PX, h: 6 },
    { kind: 'box', paint: 'accent', name: 'time', x: 0, y: 0, w: WIDTH_PX * left, h: 6 },
    { kind: 'text', paint: 'ink', x: WIDTH_PX / 2, y: TOP / 2 + 3, size: 22, text: `${round} / ${rounds}` },
    ...points,
  ];
}

const mallets = ({ seated, mallets: places, waitMs }: HockeyView): Shape[] =>
  BOTH.flatMap((seat): Shape[] => {
    const [x, y] = places[seat];
    if (!seated[seat]) return [];
    const at = { x, y: y + TOP };
    return [
      { kind: 'disc', paint: seat, ...(waitMs === 0 && { name: `mallet ${seat}` }), ...at, r: MALLET_PX },
      { kind: 'disc', paint: 'ink', ...(waitMs === 0 && { name: `knob ${seat}` }), ...at, r: MALLET_PX / 3 },
    ];
  });
