/** Whether two pictures of a court would be the same: then the second need not be drawn. */
import type { PongView } from '../../../shared/games/pong/view.ts';
import type { Scene } from './painter.ts';

type Spot = PongView['ball'];

export const sameScene = (one: Scene, other: Scene): boolean =>
  one.serveMs === other.serveMs &&
  one.ended === other.ended &&
  sameList(one.points, other.points) &&
  sameView(one.view, other.view) &&
  sameList(one.trail, other.trail, sameSpot);

/** By what is drawn of them: neither how fast the ball is, nor who touched it. */
function sameView(one: PongView | null, other: PongView | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    sameSpot(one.ball, other.ball) &&
    sameList(one.paddles, other.paddles) &&
    one.server === other.server &&
    one.serveMs === other.serveMs &&
    one.hits === other.hits
  );
}

const sameSpot = (one: Spot, other: Spot): boolean => one.x === other.x && one.y === other.y;

function sameList<T>(one: readonly T[], other: readonly T[], same: (a: T, b: T) => boolean = Object.is): boolean {
  return one.length === other.length && one.every((value, index) => same(value, other[index] as T));
}
