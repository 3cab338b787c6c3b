/** What spectators of snake get: at most 139 bytes; docs/games.md has the table. Little endian. */
import { msOf } from '../ticks.ts';
import type { Way } from './command.ts';
import { SEATS, type Snake, type SnakeState } from './state.ts';

const HEAD_BYTES = 5;
const SNAKE_BYTES = 4;
const SEATED = 1;
const WAY_SHIFT = 1;
const LIVES_SHIFT = 4;
const SECOND_MS = 1000;

export interface SnakeSeatView {
  readonly seated: boolean;
  readonly way: Way;
  readonly lives: number;
  readonly score: number;
  /** Fields, the head first; empty: it is not there. */
  readonly body: readonly number[];
}

export interface SnakeView {
  readonly width: number;
  readonly height: number;
  readonly over: boolean;
  /** Seconds until the match is over. */
  readonly left: number;
  readonly food: readonly number[];
  readonly snakes: readonly SnakeSeatView[];
}

export function writeSnakeView({ values, over, left, rate, food, snakes }: SnakeState): Uint8Array {
  const size = snakes.reduce((sum, { body }) => sum + bodyBytes(body.length), HEAD_BYTES + 2 * food.length);
  const bytes = new Uint8Array(size);
  const data = new DataView(bytes.buffer);
  bytes.set([values.width, values.height, over, Math.ceil(msOf(left, rate) / SECOND_MS), food.length]);
  let at = HEAD_BYTES;
  for (const field of food) {
    data.setUint16(at, field, true);
    at += 2;
  }
  for (const snake of snakes) at = writeSnake(data, at, snake, values.width);
  return bytes;
}

/** Length, head, and two bits for the way from each field of a body to the next. */
const bodyBytes = (length: number): number => SNAKE_BYTES + (length === 0 ? 0 : 2 + ((length + 2) >> 2));

function writeSnake(data: DataView, from: number, { seated, way, lives, score, body }: Snake, width: number): number {
  data.setUint8(from, seated | (way << WAY_SHIFT) | (lives << LIVES_SHIFT));
  data.setUint8(from + 1, Math.min(255, score));
  data.setUint16(from + 2, body.length, true);
  const [head] = body;
  if (head === undefined) return from + SNAKE_BYTES;
  data.setUint16(from + SNAKE_BYTES, head, true);
  const ways = from + SNAKE_BYTES + 2;
  for (let at = 1; at < body.length; at++) {
    const step = wayOf((body[at] as number) - (body[at - 1] as number), width);
    const place = ways + ((at - 1) >> 2);
    data.setUint8(place, data.getUint8(place) | (step << (2 * ((at - 1) & 3))));
  }
  return from + bodyBytes(body.length);
}

/** The way that leads so many fields on. */
const wayOf = (by: number, width: number): Way => (by === -width ? 0 : by === width ? 1 : by === -1 ? 2 : 3);
const stepBy = (way: number, width: number): number => [-width, width, -1, 1][way] as number;

/** Reads a view; null if the bytes are not one. */
export function readSnakeView(bytes: Uint8Array): SnakeView | null {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const width = data.getUint8(0);
    const count = data.getUint8(4);
    const food = Array.from({ length: count }, (_, index) => data.getUint16(HEAD_BYTES + 2 * index, true));
    let at = HEAD_BYTES + 2 * count;
    const snakes: SnakeSeatView[] = [];
    while (snakes.length < SEATS.length) {
      const snake = readSnake(data, at, width);
      snakes.push(snake);
      at += bodyBytes(snake.body.length);
    }
    if (at !== bytes.length) return null;
    return { width, height: data.getUint8(1), over: data.getUint8(2) === 1, left: data.getUint8(3), food, snakes };
  } catch (error) {
    // Beyond the end of the bytes.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readSnake(data: DataView, at: number, width: number): SnakeSeatView {
  const flags = data.getUint8(at);
  const length = data.getUint16(at + 2, true);
  const body: number[] = length === 0 ? [] : [data.getUint16(at + SNAKE_BYTES, true)];
  for (let index = 1; index < length; index++) {
    const packed = data.getUint8(at + SNAKE_BYTES + 2 + ((index - 1) >> 2));
    body.push((body[index - 1] as number) + stepBy((packed >> (2 * ((index - 1) & 3))) & 3, width));
  }
  return {
    seated: (flags & SEATED) !== 0,
    way: ((flags >> WAY_SHIFT) & 3) as Way,
    lives: flags >> LIVES_SHIFT,
    score: data.getUint8(at + 1),
    body,
  };
}
