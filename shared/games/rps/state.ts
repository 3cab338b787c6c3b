/** The state of a match of rock-paper-scissors, and its parameters. */
import type { ParameterValues, Parameters } from '../game.ts';
import type { Choice } from './choice.ts';

const MS = { kind: 'integer', unit: 'ms' } as const;

export const parameters = {
  target: { kind: 'integer', min: 1, max: 99, default: 3, unit: 'points', doc: 'Points that win the match.' },
  rounds: { kind: 'integer', min: 1, max: 999, default: 50, unit: 'rounds', doc: 'The match ends after so many.' },
  chooseMs: { ...MS, min: 200, max: 60_000, default: 6000, doc: 'How long a choice may take.' },
  showMs: { ...MS, min: 0, max: 20_000, default: 2500, doc: 'How long a result is shown.' },
} as const satisfies Parameters;

export type RpsParameters = ParameterValues<typeof parameters>;

/** Seats for a class. */
export const SEATS: readonly string[] = Array.from({ length: 30 }, (_, index) => String(index + 1));

export interface RpsPlayer {
  readonly seated: 0 | 1;
  /** In the phase `choose` known to nobody else. */
  readonly choice: Choice;
  /** Of the round before this one. */
  readonly last: Choice;
  readonly score: number;
  /** How often it chose rock, paper, scissors in rounds that counted. */
  readonly chosen: readonly [number, number, number];
  /** Others beaten and others lost to, one by one. */
  readonly beaten: number;
  readonly lost: number;
}

export const RPS_PHASES = ['choose', 'shown', 'over'] as const;
export type RpsPhase = (typeof RPS_PHASES)[number];

export interface RpsState {
  readonly rate: number;
  readonly values: RpsParameters;
  readonly tick: number;
  readonly phase: RpsPhase;
  /** The tick at which the phase ends by itself. */
  readonly until: number;
  /** From 1. */
  readonly round: number;
  readonly players: readonly RpsPlayer[];
  /** Seats that won the round that is shown. */
  readonly winners: readonly number[];
  /** 1 once anybody has been seated. */
  readonly begun: 0 | 1;
}

export const AWAY: RpsPlayer = { seated: 0, choice: 0, last: 0, score: 0, chosen: [0, 0, 0], beaten: 0, lost: 0 };
