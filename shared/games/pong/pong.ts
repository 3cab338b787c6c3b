/** Pong for two to four: the rules' parts put together as a Game. */
import { seedPrng } from '../../sim/prng.ts';
import type { Game, Outcome } from '../game.ts';
import { fromAgent, fromSensed, type PongCommand } from './command.ts';
import { makeCourt } from './court.ts';
import { drawPong } from './draw.ts';
import { observe } from './observe.ts';
import { parameters, type PongParameters } from './parameters.ts';
import { awaitedRally, ballAtRest, restart } from './rally.ts';
import { NOBODY, perSeat, SEATS, toSeat, type Seat } from './sides.ts';
import { centredPaddle, isSeated, seatedSeats, withSeat, type PongState } from './state.ts';
import { step, winnerOf } from './step.ts';
import { writePongView } from './view.ts';

export const pong: Game<PongState, PongCommand, typeof parameters> = {
  name: 'pong',
  version: 1,
  about: 'Keep the ball out of your side: two to four paddles, one ball that gets faster.',
  seats: SEATS,
  minSeats: 2,
  parameters,
  controls: {
    up: 'move up, or left',
    down: 'move down, or right',
    left: 'move left',
    right: 'move right',
    action: 'serve',
    axis: 'place of the paddle',
  },
  late: 'repeat',
  fixed: ['court'],
  initial,
  join: (state, index) => {
    const seat = toSeat(index);
    return isSeated(state, seat) ? state : restart({ ...reseated(state, seat, 1), begun: 1 });
  },
  leave: (state, index) => {
    const seat = toSeat(index);
    return isSeated(state, seat) ? restart(reseated(state, seat, 0)) : state;
  },
  step,
  command: fromSensed,
  validate: fromAgent,
  scores: (state) => state.scores,
  outcome,
  observe,
  view: writePongView,
  draw: drawPong,
};

function initial(values: PongParameters, seed: number, rate: number): PongState {
  const court = makeCourt(values, rate);
  return {
    court,
    random: seedPrng(seed),
    ball: ballAtRest(court),
    paddles: perSeat((seat) => centredPaddle(court, seat, 0)),
    rally: awaitedRally(court, NOBODY),
    scores: [0, 0, 0, 0],
    begun: 0,
  };
}

/** A paddle that comes or goes is in the middle of its side. */
const reseated = (state: PongState, seat: Seat, seated: 0 | 1): PongState => ({
  ...state,
  paddles: withSeat(state.paddles, seat, centredPaddle(state.court, seat, seated)),
});

function outcome(state: PongState): Outcome | null {
  const winner = winnerOf(state);
  if (winner !== NOBODY) return { kind: 'win', winner };
  return state.begun === 1 && seatedSeats(state).length === 0 ? { kind: 'void' } : null;
}
