/** One tick of sum: a turn that waits for its number, or a result that is shown. */
import type { GameEvent } from '../game.ts';
import { ticksOf } from '../ticks.ts';
import { otherThan, withPlayer, type SumPhase, type SumState } from './state.ts';

/** What a seat adds: 1 to 9; 0: it says nothing. */
export type Addend = number;

export function step(state: SumState, commands: readonly (Addend | null)[], events: GameEvent[]): SumState {
  if (state.phase === 'over' || state.players.every(({ seated }) => seated === 0)) return state;
  const next = { ...state, tick: state.tick + 1 };
  if (next.phase === 'shown') return next.tick < next.until ? next : nextRound(next);
  const said = commands[next.turn] ?? 0;
  if (said > 0) return add(next, said, events);
  return next.tick < next.until ? next : add(missed(next), 1, events);
}

function missed(state: SumState): SumState {
  const player = state.players[state.turn];
  return withPlayer(state, state.turn, { ...player, missed: player.missed + 1 });
}

/** More than may be added counts as the most that may. */
function add(state: SumState, said: Addend, events: GameEvent[]): SumState {
  const { largest, target, thinkMs } = state.values;
  const added = Math.min(said, largest, target - state.sum);
  const next = { ...state, sum: state.sum + added, added };
  if (next.sum >= target) return endRound(next, events);
  const turn = otherThan(next.turn);
  events.push({ kind: 'serve', seat: turn });
  return enter({ ...next, turn }, 'think', thinkMs);
}

function endRound(state: SumState, events: GameEvent[]): SumState {
  const { turn, players, round, values } = state;
  events.push({ kind: 'point', seat: turn, against: otherThan(turn) });
  const won = withPlayer(state, turn, { ...players[turn], score: players[turn].score + 1 });
  if (round >= values.rounds) return { ...won, phase: 'over' };
  return values.showMs === 0 ? nextRound(won) : enter(won, 'shown', values.showMs);
}

/** Who begins has an advantage, so they take turns in that too. */
function nextRound(state: SumState): SumState {
  const beginner = otherThan(state.beginner);
  const fresh = { ...state, round: state.round + 1, sum: 0, added: 0, beginner, turn: beginner };
  return enter(fresh, 'think', state.values.thinkMs);
}

const enter = (state: SumState, phase: SumPhase, ms: number): SumState => ({
  ...state,
  phase,
  until: state.tick + ticksOf(ms, state.rate),
});
