/** A player of snake: the shortest way to food, and where there is none, where most room is. */
import { nextBelow, seedPrng } from '../../sim/prng.ts';
import { WAYS } from './command.ts';
import type { SnakeObservation } from './observe.ts';

type Place = readonly [x: number, y: number];
const STEPS: readonly Place[] = [
  [0, -1],
  [0, 1],
  [-1, 0],
  [1, 0],
];
/** One time in so many it does not look for food, so that no two bots go in circles behind each other. */
const DREAMY = 20;

export function snakeBot(seed: number): (seen: unknown) => string | null {
  let random = seedPrng(seed);
  let before = '';
  return (seen) => {
    const { head, rows, way } = seen as SnakeObservation;
    const now = head === null ? '' : head.join();
    if (head === null || now === before) return null;
    before = now;
    const [drawn, next] = nextBelow(random, DREAMY);
    random = next;
    const best = chosen(head, rows, drawn !== 0);
    return best === null || WAYS[best] === way ? null : (WAYS[best] as string);
  };
}

/** The index of the best direction; null: each is death. */
function chosen(head: Place, rows: readonly string[], hungry: boolean): number | null {
  const options = STEPS.map((step, way) => {
    const place: Place = [head[0] + step[0], head[1] + step[1]];
    return isFree(rows, place) ? { way, ...explored(rows, place) } : null;
  }).filter((option) => option !== null);
  if (options.length === 0) return null;
  const most = Math.max(...options.map(({ room }) => room));
  // A way into a dead end is none, however near the food is.
  const open = options.filter(({ room }) => room > most / 2);
  const value = ({ food, room }: (typeof open)[number]): number => (hungry ? -food : room);
  return open.reduce((best, option) => (value(option) > value(best) ? option : best)).way;
}

const isFree = (rows: readonly string[], [x, y]: Place): boolean => {
  const field = rows[y]?.[x];
  return field === '.' || field === '*';
};

/** How far the nearest food is from here, and how many fields can be reached. */
function explored(rows: readonly string[], from: Place): { food: number; room: number } {
  const width = rows[0]?.length ?? 0;
  const seen = new Set([from[1] * width + from[0]]);
  let food = Infinity;
  let edge: Place[] = [from];
  for (let far = 0; edge.length > 0; far++) {
    const next: Place[] = [];
    for (const place of edge) {
      if (food === Infinity && rows[place[1]]?.[place[0]] === '*') food = far;
      for (const [dx, dy] of STEPS) {
        const beside: Place = [place[0] + dx, place[1] + dy];
        const field = beside[1] * width + beside[0];
        if (seen.has(field) || !isFree(rows, beside)) continue;
        seen.add(field);
        next.push(beside);
      }
    }
    edge = next;
  }
  return { food, room: seen.size };
}
