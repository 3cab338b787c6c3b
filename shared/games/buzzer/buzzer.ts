/**
 * Buzzer: the quiz master asks, arms, and the first press may answer. Presses count by the moment they were made; who
 * cannot be told apart has tied, and the master decides. Whoever presses before the buzzers are armed is locked out for
 * a while (docs/games.md).
 */
import type { Game, GameEvent, Outcome, ParameterValues, Parameters, Stamp } from '../game.ts';
import { drawPresses } from '../presses/draw.ts';
import { firstOf } from '../presses/first.ts';
import {
  afresh,
  join,
  leave,
  light,
  microsOf,
  nobody,
  takePresses,
  tone,
  viewOf,
  type Player,
} from '../presses/player.ts';
import { mergePresses, pressOf, pressOfAgent, ANY_BUTTON, PRESS_SEATS, type PressCommand } from '../presses/press.ts';
import { writePressView, type PressPhase } from '../presses/view.ts';
import { ticksOf } from '../ticks.ts';

const MS = { kind: 'integer', unit: 'ms' } as const;

export const parameters = {
  target: { kind: 'integer', min: 1, max: 99, default: 10, unit: 'points', doc: 'Right answers that win.' },
  holdMs: { ...MS, min: 0, max: 2000, default: 200, doc: 'How long earlier presses may still be on their way.' },
  lockoutMs: { ...MS, min: 0, max: 20_000, default: 1000, doc: 'How long who pressed too early has to wait.' },
} as const satisfies Parameters;

type BuzzerParameters = ParameterValues<typeof parameters>;

export interface BuzzerState {
  readonly rate: number;
  readonly values: BuzzerParameters;
  readonly tick: number;
  /** `lit`: armed; `shown`: somebody may answer. */
  readonly phase: PressPhase;
  /** The tick at which `hold` ends. */
  readonly until: number;
  /** When the buzzers were armed, in µs of the match. */
  readonly armedAt: number;
  readonly question: number;
  readonly players: readonly Player[];
  /** The seat that may answer first, then those that tied with it. */
  readonly winners: readonly number[];
  readonly begun: 0 | 1;
}

export const buzzer: Game<BuzzerState, PressCommand, typeof parameters> = {
  name: 'buzzer',
  version: 1,
  about: 'A quiz: who presses first may answer.',
  seats: PRESS_SEATS,
  minSeats: 2,
  parameters,
  controls: ANY_BUTTON,
  late: 'repeat',
  waitsForLost: false,
  initial: (values, _seed, rate) => ({
    rate,
    values,
    tick: 0,
    phase: 'idle',
    until: 0,
    armedAt: 0,
    question: 0,
    players: nobody(),
    winners: [],
    begun: 0,
  }),
  join,
  leave,
  step,
  command: pressOf,
  validate: (value, _seat, stamp) => pressOfAgent(value, stamp),
  merge: mergePresses,
  host,
  hostWords: ['arm', 'right', 'wrong', 'next'],
  scores: (state) => state.players.map(({ score }) => score),
  outcome,
  observe,
  view: (state) =>
    writePressView({
      phase: state.phase,
      round: state.question,
      of: state.values.target,
      tie: state.winners.length > 1,
      seats: state.players.map((player, index) => viewOf(player, state.winners.includes(index), state.armedAt)),
    }),
  draw: drawPresses,
};

function step(state: BuzzerState, commands: readonly (PressCommand | null)[], events: GameEvent[]): BuzzerState {
  if (state.phase === 'over') return state;
  const players = takePresses(state.players, commands, (player, press, index) =>
    pressed(state, player, press, index, events),
  );
  const next = { ...state, tick: state.tick + 1, players };
  const waiting = players.some(({ press }) => press !== null);
  if (next.phase === 'lit' && waiting) {
    return { ...next, phase: 'hold', until: next.tick + ticksOf(next.values.holdMs, next.rate) };
  }
  return next.phase === 'hold' && next.tick >= next.until ? decide(next, events) : next;
}

function pressed(state: BuzzerState, player: Player, press: Stamp, index: number, events: GameEvent[]): Player {
  const latest = press.at + press.bound;
  const armed = state.phase === 'lit' || state.phase === 'hold';
  if (state.phase === 'shown') return player;
  if (!armed || latest < state.armedAt) {
    // Who presses on and on is told once.
    if (press.at >= player.lockedUntil) events.push({ kind: 'false-start', seat: index });
    return { ...player, lockedUntil: press.at + state.values.lockoutMs * 1000 };
  }
  if (player.out === 1 || player.press !== null || latest < player.lockedUntil) return player;
  return { ...player, press };
}

function decide(state: BuzzerState, events: GameEvent[]): BuzzerState {
  const winners = firstOf(state.players.map(({ press }) => press));
  const [first] = winners;
  if (first === undefined) return { ...state, phase: 'lit' };
  events.push(light(0), light(2, first), tone(1320, 300, first), { kind: 'buzz', seat: first });
  if (winners.length > 1) for (const tied of winners) events.push({ kind: 'tie', seat: tied });
  return { ...state, phase: 'shown', winners };
}

/** The master's words: arm, right, wrong, next. */
function host(state: BuzzerState, word: string, events: GameEvent[]): BuzzerState | null {
  const answering = state.phase === 'shown';
  if (state.phase === 'over') return null;
  if (word === 'arm') return state.phase === 'idle' || answering ? arm(state, afresh(state.players), 1, events) : null;
  if (word === 'next') return idle(state, events);
  const [first] = state.winners;
  if (!answering || first === undefined) return null;
  if (word === 'right') return right(state, first, events);
  return word === 'wrong' ? wrong(state, first, events) : null;
}

function arm(state: BuzzerState, players: readonly Player[], questions: 0 | 1, events: GameEvent[]): BuzzerState {
  events.push({ kind: 'go', seat: null }, light(1));
  const question = state.question + questions;
  return { ...state, phase: 'lit', armedAt: microsOf(state.tick, state.rate), question, players, winners: [] };
}

function idle(state: BuzzerState, events: GameEvent[]): BuzzerState {
  events.push(light(0));
  return { ...state, phase: 'idle', players: afresh(state.players), winners: [] };
}

function right(state: BuzzerState, first: number, events: GameEvent[]): BuzzerState {
  events.push({ kind: 'point', seat: first, against: null });
  const players = state.players.map((player, index) =>
    index === first ? { ...player, score: player.score + 1 } : player,
  );
  const won = (players[first]?.score ?? 0) >= state.values.target;
  return won ? { ...state, players, phase: 'over' } : idle({ ...state, players }, events);
}

/** The same question again, for the others. */
function wrong(state: BuzzerState, first: number, events: GameEvent[]): BuzzerState {
  const players = state.players.map((player, index) => ({
    ...player,
    press: null,
    out: index === first ? (1 as const) : player.out,
  }));
  events.push(tone(220, 400, first));
  return arm(state, players, 0, events);
}

function outcome({ phase, players, begun, values }: BuzzerState): Outcome | null {
  if (begun === 1 && players.every(({ seated }) => seated === 0)) return { kind: 'void' };
  if (phase !== 'over') return null;
  return { kind: 'win', winner: players.findIndex(({ score }) => score >= values.target) };
}

function observe(state: BuzzerState, index: number): unknown {
  const player = state.players[index];
  if (player === undefined || player.seated === 0) return null;
  return {
    you: PRESS_SEATS[index],
    phase: state.phase,
    question: state.question,
    out: player.out === 1,
    ms: player.press === null ? null : (player.press.at - state.armedAt) / 1000,
    winners: state.winners.map((winner) => PRESS_SEATS[winner]),
    score: player.score,
  };
}
