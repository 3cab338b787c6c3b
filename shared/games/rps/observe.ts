/** What one seat is told of rock-paper-scissors: never what others have chosen before it is shown. */
import { msOf } from '../ticks.ts';
import { LETTERS } from './choice.ts';
import { SEATS, type RpsPhase, type RpsState } from './state.ts';

export interface RpsObservation {
  readonly you: string;
  readonly phase: RpsPhase;
  readonly round: number;
  readonly target: number;
  /** ms until the phase ends by itself. */
  readonly left: number;
  /** R, P, S or -: what you have chosen in this round. */
  readonly chosen: string;
  /** What each taken seat chose in the round that is shown, or was shown last, by seat. */
  readonly last: Readonly<Record<string, string>>;
  readonly scores: Readonly<Record<string, number>>;
}

export function observe(state: RpsState, index: number): RpsObservation | null {
  const player = state.players[index];
  if (player === undefined || player.seated === 0) return null;
  const { phase, players, round, values, until, tick, rate } = state;
  const last: Record<string, string> = {};
  const scores: Record<string, number> = {};
  for (const [seat, { seated, choice, last: before, score }] of players.entries()) {
    if (seated === 0) continue;
    const name = SEATS[seat] as string;
    last[name] = LETTERS[phase === 'choose' ? before : choice];
    scores[name] = score;
  }
  return {
    you: SEATS[index] as string,
    phase,
    round,
    target: values.target,
    left: phase === 'over' ? 0 : msOf(until - tick, rate),
    chosen: LETTERS[player.choice],
    last,
    scores,
  };
}
