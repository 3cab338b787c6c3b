/** The state of a match of sum, and its parameters. */
import type { ParameterValues, Parameters } from '../game.ts';

const MS = { kind: 'integer', unit: 'ms' } as const;

export const parameters = {
  target: {
    kind: 'integer',
    min: 4,
    max: 1000,
    default: 10,
    unit: '',
    doc: 'Who brings the sum to it wins the round.',
  },
  largest: { kind: 'integer', min: 3, max: 9, default: 3, unit: '', doc: 'The most that may be added at a time.' },
  rounds: { kind: 'integer', min: 1, max: 99, default: 4, unit: 'rounds', doc: 'Rounds; the beginner changes.' },
  thinkMs: { ...MS, min: 200, max: 60_000, default: 8000, doc: 'How long a turn may take; then 1 is added.' },
  showMs: { ...MS, min: 0, max: 20_000, default: 2500, doc: 'How long the end of a round is shown.' },
} as const satisfies Parameters;

export type SumParameters = ParameterValues<typeof parameters>;

export const SEATS = ['1', '2'] as const;
export type SumSeat = 0 | 1;

export interface SumPlayer {
  readonly seated: 0 | 1;
  readonly score: number;
  /** Turns in which nothing was said in time. */
  readonly missed: number;
}

export const SUM_PHASES = ['think', 'shown', 'over'] as const;
export type SumPhase = (typeof SUM_PHASES)[number];

export interface SumState {
  readonly rate: number;
  readonly values: SumParameters;
  readonly tick: number;
  readonly phase: SumPhase;
  /** The tick at which the turn, or the showing, ends by itself. */
  readonly until: number;
  /** From 1. */
  readonly round: number;
  readonly sum: number;
  /** Whose turn it is; in the phases after a round: who has ended it, and won. */
  readonly turn: SumSeat;
  /** Who began this round. */
  readonly beginner: SumSeat;
  /** What was added last in this round; 0: nothing yet. */
  readonly added: number;
  readonly players: readonly [SumPlayer, SumPlayer];
  /** 1 once anybody has been seated. */
  readonly begun: 0 | 1;
}

export const otherThan = (seat: SumSeat): SumSeat => (seat === 0 ? 1 : 0);

export function withPlayer(state: SumState, seat: SumSeat, player: SumPlayer): SumState {
  const [first, second] = state.players;
  return { ...state, players: seat === 0 ? [player, second] : [first, player] };
}
