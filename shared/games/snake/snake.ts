/** Snake for one to four (docs/games.md). */
import { seedPrng } from '../../sim/prng.ts';
import type { Game, GameEvent, Outcome } from '../game.ts';
import { ticksOf } from '../ticks.ts';
import { fromAgent, fromSensed, isTurn, merge, pressed, type SnakeCommand, type Way } from './command.ts';
import { drawSnake } from './draw.ts';
import { back, moveAll, withFood } from './move.ts';
import { observe } from './observe.ts';
import { ABSENT, parameters, SEATS, ticksPerMove, type Snake, type SnakeParameters, type SnakeState } from './state.ts';
import { writeSnakeView } from './view.ts';

/** Turns that are kept for the next fields. */
const MOST_TURNS = 2;

export const snake: Game<SnakeState, SnakeCommand, typeof parameters> = {
  name: 'snake',
  version: 1,
  about: 'Eat and grow, and keep clear of walls and snakes: one to four in a garden.',
  seats: SEATS,
  minSeats: 1,
  parameters,
  controls: { up: 'turn up', down: 'turn down', left: 'turn left', right: 'turn right' },
  late: 'repeat',
  initial,
  join: (state, seat) => {
    if (state.over === 1 || state.snakes[seat]?.seated === 1) return state;
    // Who sits there next has won nothing.
    return back({ ...replaced(state, seat, { ...ABSENT, seated: 1, lives: state.values.lives }), begun: 1 });
  },
  leave: (state, seat) => {
    const left = state.snakes[seat];
    if (state.over === 1 || left === undefined || left.seated === 0) return state;
    return replaced(state, seat, { ...left, seated: 0, body: [], turns: [], lives: 0 });
  },
  step,
  command: fromSensed,
  validate: fromAgent,
  merge,
  scores: ({ snakes }) => snakes.map(({ score }) => score),
  outcome,
  observe,
  view: writeSnakeView,
  draw: drawSnake,
  stats: ({ snakes }, seat) => {
    const { eaten, deaths, body } = snakes[seat] ?? ABSENT;
    return { eaten, deaths, length: body.length };
  },
};

function initial(values: SnakeParameters, seed: number, rate: number): SnakeState {
  const empty: SnakeState = {
    rate,
    values,
    random: seedPrng(seed),
    wait: 0,
    left: ticksOf(values.matchMs, rate),
    snakes: SEATS.map(() => ABSENT),
    food: [],
    over: 0,
    begun: 0,
  };
  return withFood({ ...empty, wait: ticksPerMove(empty) });
}

const replaced = (state: SnakeState, seat: number, player: Snake): SnakeState => ({
  ...state,
  snakes: state.snakes.map((one, index) => (index === seat ? player : one)),
});

/** The next tick: what is said counts at once, and all move together when it is time. */
function step(state: SnakeState, commands: readonly (SnakeCommand | null)[], events: GameEvent[]): SnakeState {
  if (state.over === 1 || state.snakes.every(({ seated }) => seated === 0)) return state;
  const snakes = state.snakes.map((one, seat) => told(one, commands[seat] ?? 0));
  const next = { ...state, snakes, wait: state.wait - 1, left: state.left - 1 };
  const moved = next.wait > 0 ? next : moveAll({ ...next, wait: ticksPerMove(next) }, events);
  return isOver(moved) ? { ...moved, over: 1 } : moved;
}

/** Each press is a turn to be made, up to two ahead: who taps twice within one field turns back in two. */
function told(one: Snake, command: SnakeCommand): Snake {
  if (one.seated === 0 || command === one.said) return one;
  const turns = [...one.turns];
  for (const way of pressed(command, one.said)) {
    const from: Way = turns.at(-1) ?? one.way;
    if (one.body.length > 0 && turns.length < MOST_TURNS && isTurn(from, way)) turns.push(way);
  }
  return { ...one, turns, said: command };
}

/** Time is up, nobody has a life left, or of several only one has. */
function isOver({ left, snakes }: SnakeState): boolean {
  const seated = snakes.filter((one) => one.seated === 1);
  const playing = seated.filter(({ lives }) => lives > 0).length;
  return left <= 0 || playing === 0 || (seated.length > 1 && playing === 1);
}

/** The most points win, alone; if several have them, or nobody has any, nobody does. */
function outcome({ over, begun, snakes }: SnakeState): Outcome | null {
  if (over === 0) return begun === 1 && snakes.every(({ seated }) => seated === 0) ? { kind: 'void' } : null;
  const best = Math.max(...snakes.map(({ score }) => score));
  const leaders = snakes.flatMap(({ score }, seat) => (score === best ? [seat] : []));
  const [winner] = leaders;
  return best > 0 && leaders.length === 1 && winner !== undefined ? { kind: 'win', winner } : { kind: 'draw' };
}
