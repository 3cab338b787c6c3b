/** What one seat is told of snake: the garden as rows of text, so that a first program only has to look. */
import { msOf } from '../ticks.ts';
import { WAYS } from './command.ts';
import { SEATS, type SnakeState } from './state.ts';

export interface SnakeObservation {
  readonly you: string;
  /** Whether your snake is there. */
  readonly alive: boolean;
  /** x and y of your head; null if it is not there. */
  readonly head: readonly [number, number] | null;
  /** Where you are going. */
  readonly way: (typeof WAYS)[number];
  readonly lives: number;
  /** A row each, from the top: `.` free, `*` food, else the seat whose snake is there. */
  readonly rows: readonly string[];
  /** Heads of all that are there, by seat. */
  readonly heads: Readonly<Record<string, readonly [number, number]>>;
  readonly scores: Readonly<Record<string, number>>;
  /** ms until the match is over. */
  readonly left: number;
}

export function observe({ values, snakes, food, left, rate }: SnakeState, seat: number): SnakeObservation | null {
  const own = snakes[seat];
  if (own === undefined || own.seated === 0) return null;
  const { width, height } = values;
  const place = (field: number): [number, number] => [field % width, Math.floor(field / width)];
  const fields = Array.from({ length: width * height }, () => '.');
  for (const field of food) fields[field] = '*';
  const heads: Record<string, [number, number]> = {};
  const scores: Record<string, number> = {};
  for (const [index, { body, seated, score }] of snakes.entries()) {
    const name = SEATS[index] as string;
    for (const field of body) fields[field] = name;
    if (body[0] !== undefined) heads[name] = place(body[0]);
    if (seated === 1) scores[name] = score;
  }
  const [head] = own.body;
  return {
    you: SEATS[seat] as string,
    alive: head !== undefined,
    head: head === undefined ? null : place(head),
    way: WAYS[own.way],
    lives: own.lives,
    rows: Array.from({ length: height }, (_, y) => fields.slice(y * width, (y + 1) * width).join('')),
    heads,
    scores,
    left: msOf(left, rate),
  };
}
