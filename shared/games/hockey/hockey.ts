/** Air hockey for two: the rules' parts put together as a Game (docs/games.md). */
import { nextBelow, seedPrng } from '../../sim/prng.ts';
import type { Game, Outcome } from '../game.ts';
import { fromAgent, fromSensed, type HockeyCommand } from './command.ts';
import { drawHockey } from './draw.ts';
import { observe } from './observe.ts';
import { SEATS, sideOf, toSeat, type HockeySeat, type HockeyState, type Mallet } from './state.ts';
import { atHome, kickOff, step } from './step.ts';
import { makeTable, parameters, type HockeyParameters } from './table.ts';
import { writeHockeyView } from './view.ts';

const ABSENT: Mallet = { seated: 0, at: [0, 0], velocity: [0, 0], cool: 0, hits: 0, shots: 0 };

export const hockey: Game<HockeyState, HockeyCommand, typeof parameters> = {
  name: 'hockey',
  version: 1,
  about: 'Air hockey for two: push or shoot the puck into the other goal; sides change after each round.',
  seats: SEATS,
  minSeats: 2,
  parameters,
  controls: {
    up: 'move up',
    down: 'move down',
    left: 'move left',
    right: 'move right',
    action: 'shoot',
    axis: 'place between top and bottom',
  },
  late: 'repeat',
  fixed: ['table'],
  initial,
  join: (state, index) => reseated(state, toSeat(index), 1),
  leave: (state, index) => reseated(state, toSeat(index), 0),
  step,
  command: fromSensed,
  validate: fromAgent,
  scores: ({ scores }) => scores,
  outcome,
  observe: (state, index) => observe(state, toSeat(index)),
  view: writeHockeyView,
  draw: drawHockey,
  stats: ({ mallets }, index) => {
    const { hits, shots } = mallets[toSeat(index)];
    return { hits, shots };
  },
};

function initial(values: HockeyParameters, seed: number, rate: number): HockeyState {
  const table = makeTable(values, rate);
  const [server] = nextBelow(seedPrng(seed), 2);
  const empty: HockeyState = {
    table,
    puck: { at: [0, 0], velocity: [0, 0] },
    mallets: [ABSENT, ABSENT],
    round: 1,
    left: table.roundTicks,
    wait: 0,
    server: 0,
    half: 0,
    stay: 0,
    scores: [0, 0],
    over: 0,
    begun: 0,
  };
  return kickOff(empty, server as HockeySeat);
}

/** A mallet that comes is before its goal. */
function reseated(state: HockeyState, seat: HockeySeat, seated: 0 | 1): HockeyState {
  const { mallets, round, table } = state;
  if (state.over === 1 || mallets[seat].seated === seated) return state;
  const mallet = { ...atHome(table, mallets[seat], sideOf(round, seat)), seated };
  return { ...state, mallets: seat === 0 ? [mallet, mallets[1]] : [mallets[0], mallet], begun: 1 };
}

function outcome({ over, scores, mallets, begun }: HockeyState): Outcome | null {
  if (over === 0) return begun === 1 && mallets.every(({ seated }) => seated === 0) ? { kind: 'void' } : null;
  if (scores[0] === scores[1]) return { kind: 'draw' };
  return { kind: 'win', winner: scores[0] > scores[1] ? 0 : 1 };
}
