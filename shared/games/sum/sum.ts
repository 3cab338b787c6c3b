/** Sum: two players add numbers in turns, and who brings the sum to ten wins the round (docs/games.md). */
import { BUTTON } from '../../contract/messages.ts';
import { nextBelow, seedPrng } from '../../sim/prng.ts';
import type { Game, Outcome } from '../game.ts';
import { msOf, ticksOf } from '../ticks.ts';
import { drawSum } from './draw.ts';
import {
  parameters,
  SEATS,
  withPlayer,
  type SumParameters,
  type SumPlayer,
  type SumSeat,
  type SumState,
} from './state.ts';
import { step, type Addend } from './turn.ts';
import { writeSumView } from './view.ts';

const MOST = 9;
const NOBODY: SumPlayer = { seated: 0, score: 0, missed: 0 };
const BUTTONS: ReadonlyMap<number, Addend> = new Map([
  [BUTTON.left, 1],
  [BUTTON.up, 2],
  [BUTTON.right, 3],
]);

export const sum: Game<SumState, Addend, typeof parameters> = {
  name: 'sum',
  version: 1,
  about: 'Add 1, 2 or 3 in turns: who brings the sum to ten has the round.',
  seats: SEATS,
  minSeats: 2,
  parameters,
  controls: { left: 'add 1', up: 'add 2', right: 'add 3' },
  late: 'null',
  words: ['1', '2', '3'],
  initial,
  join: (state, index) => {
    const seat = toSeat(index);
    if (state.phase === 'over' || state.players[seat].seated === 1) return state;
    return { ...withPlayer(state, seat, { ...state.players[seat], seated: 1 }), begun: 1 };
  },
  leave: (state, index) => {
    const seat = toSeat(index);
    if (state.phase === 'over' || state.players[seat].seated === 0) return state;
    return withPlayer(state, seat, { ...state.players[seat], seated: 0 });
  },
  step,
  command: ({ buttons }) => BUTTONS.get(buttons) ?? 0,
  validate: (value) => addendOf(value),
  // A button that is pressed and let go within one tick has been pressed.
  merge: (first, next) => (next === 0 ? first : next),
  scores: ({ players }) => players.map(({ score }) => score),
  outcome,
  observe,
  view: writeSumView,
  draw: drawSum,
  stats: ({ players }, seat) => ({ missed: players[toSeat(seat)].missed }),
  awaits: ({ phase, turn, players }) => (phase === 'think' && players[turn].seated === 1 ? [turn] : []),
  thinkMs: ({ thinkMs }) => thinkMs,
};

/** @throws RangeError for an index that the game has not: a bug of the caller */
function toSeat(index: number): SumSeat {
  if (index !== 0 && index !== 1) throw new RangeError(`Sum has no seat ${index}.`);
  return index;
}

/** An integer from 1 to 9, also as a text of one digit. */
function addendOf(value: unknown): Addend | null {
  const number = typeof value === 'string' && value.length === 1 ? Number(value) : value;
  const fits = typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= MOST;
  return fits ? number : null;
}

function initial(values: SumParameters, seed: number, rate: number): SumState {
  const beginner = nextBelow(seedPrng(seed), 2)[0] as SumSeat;
  return {
    rate,
    values,
    tick: 0,
    phase: 'think',
    until: ticksOf(values.thinkMs, rate),
    round: 1,
    sum: 0,
    turn: beginner,
    beginner,
    added: 0,
    players: [NOBODY, NOBODY],
    begun: 0,
  };
}

function outcome({ phase, players, begun }: SumState): Outcome | null {
  const [first, second] = players;
  if (phase !== 'over') return begun === 1 && first.seated === 0 && second.seated === 0 ? { kind: 'void' } : null;
  if (first.score === second.score) return { kind: 'draw' };
  return { kind: 'win', winner: first.score > second.score ? 0 : 1 };
}

export interface SumObservation {
  readonly you: string;
  readonly phase: SumState['phase'];
  /** Whether your number is awaited. */
  readonly yours: boolean;
  readonly sum: number;
  readonly target: number;
  readonly largest: number;
  /** What was added last in this round; 0: nothing yet. */
  readonly added: number;
  readonly round: number;
  readonly rounds: number;
  /** ms until the turn ends by itself. */
  readonly left: number;
  readonly scores: Readonly<Record<string, number>>;
}

function observe(state: SumState, index: number): SumObservation | null {
  const seat = toSeat(index);
  const { phase, players, turn, values, round, added, until, tick, rate } = state;
  if (players[seat].seated === 0) return null;
  return {
    you: SEATS[seat],
    phase,
    yours: phase === 'think' && turn === seat,
    sum: state.sum,
    target: values.target,
    largest: values.largest,
    added,
    round,
    rounds: values.rounds,
    left: phase === 'over' ? 0 : msOf(until - tick, rate),
    scores: { [SEATS[0]]: players[0].score, [SEATS[1]]: players[1].score },
  };
}
