/** Rock-paper-scissors for two or for a class: each round all choose in secret, then all is shown (docs/games.md). */
import type { Game, Outcome } from '../game.ts';
import { ticksOf } from '../ticks.ts';
import { choiceOfAgent, choiceOfButtons, mergeChoices, WORDS, type Choice } from './choice.ts';
import { drawRps } from './draw.ts';
import { observe } from './observe.ts';
import { leadersOf, step } from './round.ts';
import { AWAY, parameters, SEATS, type RpsParameters, type RpsPlayer, type RpsState } from './state.ts';
import { writeRpsView } from './view.ts';

export const rps: Game<RpsState, Choice, typeof parameters> = {
  name: 'rps',
  version: 1,
  about: 'Rock-paper-scissors, for two or for a class: choose in secret, three points win.',
  seats: SEATS,
  minSeats: 2,
  parameters,
  controls: { left: 'rock', up: 'paper', right: 'scissors' },
  late: 'null',
  waitsForLost: false,
  words: WORDS,
  initial,
  // Who sits there next has won nothing.
  join: (state, seat) =>
    isFixed(state, seat, 1) ? state : { ...reseated(state, seat, { ...AWAY, seated: 1 }), begun: 1 },
  leave: (state, seat) =>
    isFixed(state, seat, 0)
      ? state
      : reseated(state, seat, { ...(state.players[seat] as RpsPlayer), seated: 0, choice: 0 }),
  step,
  command: choiceOfButtons,
  validate: choiceOfAgent,
  merge: mergeChoices,
  scores: ({ players }) => players.map(({ score }) => score),
  outcome,
  observe,
  view: writeRpsView,
  draw: drawRps,
  stats: ({ players }, seat) => {
    const { chosen, beaten, lost } = players[seat] ?? AWAY;
    return { rock: chosen[0], paper: chosen[1], scissors: chosen[2], beaten, lost };
  },
  awaits: ({ phase, players }) =>
    phase === 'choose'
      ? players.flatMap(({ seated, choice }, seat) => (seated === 1 && choice === 0 ? [seat] : []))
      : [],
  thinkMs: ({ chooseMs }) => chooseMs,
};

function initial(values: RpsParameters, _seed: number, rate: number): RpsState {
  return {
    rate,
    values,
    tick: 0,
    phase: 'choose',
    until: ticksOf(values.chooseMs, rate),
    round: 1,
    players: SEATS.map(() => AWAY),
    winners: [],
    begun: 0,
  };
}

/** The match is over, or the seat is so already. */
const isFixed = ({ phase, players }: RpsState, seat: number, seated: 0 | 1): boolean =>
  phase === 'over' || players[seat]?.seated === seated;

const reseated = (state: RpsState, seat: number, player: RpsPlayer): RpsState => ({
  ...state,
  players: state.players.map((one, index) => (index === seat ? player : one)),
});

/** The most points win, alone; if several have them, nobody does. */
function outcome({ phase, players, begun }: RpsState): Outcome | null {
  if (phase !== 'over') return begun === 1 && players.every(({ seated }) => seated === 0) ? { kind: 'void' } : null;
  const [winner, ...others] = leadersOf(players);
  return winner === undefined || others.length > 0 ? { kind: 'draw' } : { kind: 'win', winner };
}
