/** One tick of hockey, and what follows when the puck is in a goal, the time is over, or a half keeps the puck. */
import type { GameEvent } from '../game.ts';
import { STILL, wishOf, type HockeyCommand } from './command.ts';
import { begin, move, shoot, steer, type Motion, type MovingMallet } from './motion.ts';
import { otherThan, sideOf, type HockeySeat, type HockeyState, type Mallet, type Pair } from './state.ts';
import type { Table } from './table.ts';

/** The next state. A match that is over stays as it is. */
export function step(
  state: HockeyState,
  commands: readonly (HockeyCommand | null)[],
  events: GameEvent[],
): HockeyState {
  if (state.over === 1 || state.mallets.every(({ seated }) => seated === 0)) return state;
  if (state.wait > 0) {
    if (state.wait === 1) events.push({ kind: 'serve', seat: state.server });
    return { ...state, wait: state.wait - 1 };
  }
  const motion = begin(state, events);
  for (const mallet of motion.mallets) {
    if (!mallet.there) continue;
    const wish = wishOf(commands[mallet.seat] ?? STILL);
    if (mallet.cool > 0) mallet.cool--;
    steer(motion, mallet, wish);
    if (wish.shot) shoot(motion, mallet);
  }
  move(motion);
  const next = landed(state, motion);
  if (motion.goal !== -1) return goalIn(next, motion.goal, events);
  if (next.left <= 0) return nextRound(next, otherThan(next.server));
  // The puck stays where it cannot be reached, or somebody will not give it away: the other one gets it.
  return next.stay < next.table.holdTicks ? next : kickOff(next, next.half === sideOf(next.round, 0) ? 1 : 0);
}

function landed(state: HockeyState, { puck, mallets, table }: Motion): HockeyState {
  const half = puck.at[0] < table.width >> 1 ? 0 : 1;
  return {
    ...state,
    puck,
    mallets: [malletOf(state.mallets[0], mallets[0]), malletOf(state.mallets[1], mallets[1])],
    left: state.left - 1,
    half,
    stay: half === state.half ? state.stay + 1 : 0,
  };
}

const malletOf = (before: Mallet, { at, velocity, cool, hits, shots }: MovingMallet): Mallet => ({
  seated: before.seated,
  at,
  velocity,
  cool,
  hits,
  shots,
});

function goalIn(state: HockeyState, side: 0 | 1, events: GameEvent[]): HockeyState {
  const loser: HockeySeat = sideOf(state.round, 0) === side ? 0 : 1;
  const winner = otherThan(loser);
  events.push({ kind: 'point', seat: winner, against: loser });
  const [first, second] = state.scores;
  const scores: Pair = winner === 0 ? [first + 1, second] : [first, second + 1];
  return nextRound({ ...state, scores }, loser);
}

/** The sides change, and the puck is put into the half of `server`. */
function nextRound(state: HockeyState, server: HockeySeat): HockeyState {
  if (state.round >= state.table.rounds) return { ...state, over: 1 };
  return kickOff({ ...state, round: state.round + 1, left: state.table.roundTicks }, server);
}

/** The puck at rest in the half of a seat, the mallets before their goals. */
export function kickOff(state: HockeyState, server: HockeySeat): HockeyState {
  const { table, round, mallets } = state;
  const half = sideOf(round, server);
  const middle = table.width >> 1;
  const x = half === 0 ? middle - (table.width >> 3) : middle + (table.width >> 3);
  return {
    ...state,
    puck: { at: [x, table.height >> 1], velocity: [0, 0] },
    mallets: [atHome(table, mallets[0], sideOf(round, 0)), atHome(table, mallets[1], sideOf(round, 1))],
    wait: table.serveTicks,
    server,
    half,
    stay: 0,
  };
}

export function atHome(table: Table, mallet: Mallet, side: 0 | 1): Mallet {
  const x = side === 0 ? table.width >> 3 : table.width - (table.width >> 3);
  return { ...mallet, at: [x, table.height >> 1], velocity: [0, 0], cool: 0 };
}
