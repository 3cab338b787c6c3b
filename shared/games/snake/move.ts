/** All snakes go on by one field at once: who eats, who dies, who comes back, and new food. */
import { nextBelow } from '../../sim/prng.ts';
import type { GameEvent } from '../game.ts';
import { held, isTurn, type Way } from './command.ts';
import { SEATS, type Snake, type SnakeParameters, type SnakeState } from './state.ts';

const START_LENGTH = 3;
/** How long a snake that died is away, in ms. */
const REST_MS = 1500;
const WALL = -1;
/** The row of each seat, in fifths of the height. */
const ROWS = [1, 4, 2, 3];

/** The field beyond, or WALL. */
function ahead(field: number, way: Way, { width, height }: SnakeParameters): number {
  const x = (field % width) + (way === 3 ? 1 : way === 2 ? -1 : 0);
  const y = Math.floor(field / width) + (way === 1 ? 1 : way === 0 ? -1 : 0);
  return x < 0 || y < 0 || x >= width || y >= height ? WALL : y * width + x;
}

/** The turn that is asked for, else a direction that is held alone and leads aside, else straight on. */
function turned(snake: Snake): Snake {
  const [turn, ...turns] = snake.turns;
  if (turn !== undefined) return { ...snake, way: isTurn(snake.way, turn) ? turn : snake.way, turns };
  const [way, ...others] = held(snake.said);
  return way !== undefined && others.length === 0 && isTurn(snake.way, way) ? { ...snake, way } : snake;
}

interface Next {
  readonly snake: Snake;
  /** Where its head is now; WALL: nowhere. null: it did not move. */
  readonly head: number | null;
  readonly eats: boolean;
}

export function moveAll(state: SnakeState, events: GameEvent[]): SnakeState {
  const { values, food } = state;
  const next = state.snakes.map((snake): Next => {
    const [head] = snake.body;
    if (head === undefined) return { snake, head: null, eats: false };
    const going = turned(snake);
    const field = ahead(head, going.way, values);
    const eats = food.includes(field);
    // Who eats grows: its tail stays.
    const rest = eats ? snake.body : snake.body.slice(0, -1);
    return { snake: { ...going, body: field === WALL ? rest : [field, ...rest] }, head: field, eats };
  });
  const dead = next.map((one) => one.head !== null && isDead(one, next));
  const survivors = next.map(({ snake }, seat) => snake.body.length > 0 && dead[seat] === false);
  const deaths = dead.filter(Boolean).length;
  const snakes = next.map((one, seat) => {
    if (dead[seat] === true) return died(one.snake, state, seat, events);
    return survivors[seat] === true ? scored(one, deaths, seat, events) : one.snake;
  });
  const eaten = new Set(next.map(({ head, eats }, seat) => (eats && dead[seat] === false ? head : null)));
  return withFood(back({ ...state, snakes, food: food.filter((field) => !eaten.has(field)) }));
}

/** Against a wall, into a body, or head against head. */
function isDead({ snake, head }: Next, all: readonly Next[]): boolean {
  if (head === WALL) return true;
  return all.some((other) => other.snake.body.some((field, at) => field === head && (other.snake !== snake || at > 0)));
}

function died(snake: Snake, { rate, values }: SnakeState, seat: number, events: GameEvent[]): Snake {
  events.push({ kind: 'effect', seat, effect: 'tone', value: 220, ms: 300 });
  const rest = Math.ceil((REST_MS * Math.min(values.speed, rate)) / 1000);
  return { ...snake, body: [], turns: [], lives: snake.lives - 1, rest, deaths: snake.deaths + 1 };
}

/** A point for what it eats, and one for each other that it survives. */
function scored({ snake, eats }: Next, deaths: number, seat: number, events: GameEvent[]): Snake {
  const points = deaths + (eats ? 1 : 0);
  for (let point = 0; point < points; point++) events.push({ kind: 'point', seat, against: null });
  return points === 0 ? snake : { ...snake, score: snake.score + points, eaten: snake.eaten + (eats ? 1 : 0) };
}

/** Snakes that have lives left begin again, when their place is free. */
export function back(state: SnakeState): SnakeState {
  let { snakes } = state;
  for (const seat of SEATS.keys()) {
    const snake = snakes[seat] as Snake;
    if (snake.seated === 0 || snake.lives === 0 || snake.body.length > 0) continue;
    const { body, way } = start(seat, state.values);
    const mayBegin = snake.rest <= 1 && !snakes.some((other) => other.body.some((field) => body.includes(field)));
    const now = mayBegin
      ? { ...snake, body, way, turns: [], rest: 0 }
      : { ...snake, rest: Math.max(0, snake.rest - 1) };
    snakes = snakes.map((one, index) => (index === seat ? now : one));
  }
  return { ...state, snakes };
}

/** Each seat has a row of its own, from one side and from the other in turn. */
function start(seat: number, { width, height }: SnakeParameters): { body: number[]; way: Way } {
  const row = Math.floor((height * (ROWS[seat] as number)) / 5);
  const fromLeft = seat % 2 === 0;
  const body = Array.from({ length: START_LENGTH }, (_, at) => {
    const x = START_LENGTH - at;
    return row * width + (fromLeft ? x : width - 1 - x);
  });
  return { body, way: fromLeft ? 3 : 2 };
}

/** As much food as there is to be, on fields that are free. */
export function withFood(state: SnakeState): SnakeState {
  const { values, snakes } = state;
  let { random } = state;
  const food = [...state.food];
  while (food.length < values.food) {
    const taken = new Set([...food, ...snakes.flatMap(({ body }) => body)]);
    const free = values.width * values.height - taken.size;
    if (free === 0) break;
    const [drawn, next] = nextBelow(random, free);
    random = next;
    food.push(freeField(taken, drawn));
  }
  return { ...state, random, food };
}

/** The free field of that number, counted from the first. */
function freeField(taken: ReadonlySet<number>, number: number): number {
  let field = -1;
  for (let left = number; left >= 0;) if (!taken.has(++field)) left--;
  return field;
}
