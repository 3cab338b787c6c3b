/** A player of Pong good enough for a demo: goes where the ball will be, and rests in the middle. */
import { BUTTON } from '../../contract/messages.ts';
import type { PongObservation } from './observe.ts';

/** What it needs to know, in px and px per any fixed time. */
export interface PongSituation {
  readonly side: 'left' | 'right' | 'up' | 'down';
  readonly court: readonly [width: number, height: number];
  readonly ball: readonly [x: number, y: number];
  readonly velocity: readonly [x: number, y: number];
  /** Centre of its paddle along its side. */
  readonly paddle: number;
  /** Length of its paddle. */
  readonly length: number;
}

/** Pong's bot: it needs no dice. It speaks only when its paddle has to do something else. */
export function pongBot(): (seen: unknown) => unknown {
  let held: -1 | 0 | 1 | null = null;
  return (seen) => {
    const move = moveOfSeen(seen as PongObservation);
    if (move === held) return null;
    held = move;
    return { move };
  };
}

/** The buttons that a bot holds on its seat, by what the seat is told. */
export function botButtons(seen: PongObservation): number {
  const move = moveOfSeen(seen);
  if (move === 0) return 0;
  const { you } = seen;
  const upright = you === 'left' || you === 'right';
  if (move < 0) return upright ? BUTTON.up : BUTTON.left;
  return upright ? BUTTON.down : BUTTON.right;
}

const moveOfSeen = ({ you, court, ball, velocity, length, paddles }: PongObservation): -1 | 0 | 1 =>
  movePong({ side: you, court, ball, velocity, length, paddle: paddles[you] ?? 0 });

/** How much of the paddle's half length it may be off before it moves: less would tremble. */
const TOLERANCE = 0.5;

/** -1 backward (up, left), 1 forward (down, right), 0 stand still. */
export function movePong(situation: PongSituation): -1 | 0 | 1 {
  const off = target(situation) - situation.paddle;
  if (Math.abs(off) <= (situation.length / 2) * TOLERANCE) return 0;
  return off < 0 ? -1 : 1;
}

/** Where the ball will meet its side; the middle while the ball flies away. */
function target({ side, court, ball, velocity }: PongSituation): number {
  const along = side === 'left' || side === 'right' ? 1 : 0;
  const across = 1 - along;
  const goal = side === 'left' || side === 'up' ? 0 : (court[across] as number);
  const speed = velocity[across] as number;
  const way = goal - (ball[across] as number);
  if (speed === 0 || Math.sign(speed) !== Math.sign(way)) return court[along] / 2;
  return fold(ball[along] + velocity[along] * (way / speed), court[along]);
}

/** A path that bounces between 0 and `length`, folded back into it. */
function fold(place: number, length: number): number {
  const lap = ((place % (2 * length)) + 2 * length) % (2 * length);
  return lap > length ? 2 * length - lap : lap;
}
