/**
 * Reaction: a random wait, a light, and the first press wins. Presses count by the moment they were made, not by their
 * arrival; who cannot be told apart has tied. A press before the light, or too soon after it to be an answer, is a false
 * start (docs/games.md).
 */
import { nextBelow, seedPrng, type PrngState } from '../../sim/prng.ts';
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
  rounds: { kind: 'integer', min: 1, max: 50, default: 5, unit: 'rounds', doc: 'Rounds of a match.' },
  waitMinMs: { ...MS, min: 200, max: 20_000, default: 1500, doc: 'Shortest wait before the light.' },
  waitMaxMs: { ...MS, min: 200, max: 30_000, default: 5000, doc: 'Longest wait before the light.' },
  limitMs: { ...MS, min: 200, max: 30_000, default: 2000, doc: 'How long the light waits for a press.' },
  soonestMs: { ...MS, min: 0, max: 500, default: 100, doc: 'A faster press was no answer (World Athletics: 100 ms).' },
  holdMs: { ...MS, min: 0, max: 2000, default: 200, doc: 'How long earlier presses may still be on their way.' },
  showMs: { ...MS, min: 200, max: 20_000, default: 3000, doc: 'How long a result is shown.' },
} as const satisfies Parameters;

type ReactionParameters = ParameterValues<typeof parameters>;

export interface ReactionState {
  readonly rate: number;
  readonly values: ReactionParameters;
  readonly random: PrngState;
  readonly tick: number;
  readonly phase: PressPhase;
  /** The tick at which the phase ends by itself. */
  readonly until: number;
  /** When the phase began and when the light went on, in µs of the match. */
  readonly since: number;
  readonly lightAt: number;
  readonly round: number;
  readonly players: readonly Player[];
  /** Seats that won the round shown; more than one have tied. */
  readonly winners: readonly number[];
  /** 1 once anybody was seated. */
  readonly begun: 0 | 1;
}

const OUT_TONE = { hertz: 220, ms: 300 };
const GO_TONE = { hertz: 1760, ms: 80 };

export const reaction: Game<ReactionState, PressCommand, typeof parameters> = {
  name: 'reaction',
  version: 1,
  about: 'Press as soon as the light is on, and not before.',
  seats: PRESS_SEATS,
  minSeats: 2,
  parameters,
  controls: ANY_BUTTON,
  late: 'repeat',
  waitsForLost: false,
  initial,
  join,
  leave,
  step,
  command: pressOf,
  validate: (value, _seat, stamp) => pressOfAgent(value, stamp),
  merge: mergePresses,
  scores: (state) => state.players.map(({ score }) => score),
  outcome,
  observe,
  view: (state) =>
    writePressView({
      phase: state.phase,
      round: state.round,
      of: state.values.rounds,
      tie: state.winners.length > 1,
      seats: state.players.map((player, index) => viewOf(player, state.winners.includes(index), state.lightAt)),
    }),
  draw: drawPresses,
};

function initial(values: ReactionParameters, seed: number, rate: number): ReactionState {
  return {
    rate,
    values,
    random: seedPrng(seed),
    tick: 0,
    phase: 'idle',
    until: 1,
    since: 0,
    lightAt: 0,
    round: 0,
    players: nobody(),
    winners: [],
    begun: 0,
  };
}

function step(state: ReactionState, commands: readonly (PressCommand | null)[], events: GameEvent[]): ReactionState {
  if (state.phase === 'over') return state;
  const tick = state.tick + 1;
  const players = takePresses(state.players, commands, (player, press, index) =>
    pressed(state, player, press, index, events),
  );
  return proceed({ ...state, tick, players }, events);
}

/** What a press means to the round; one of an earlier phase means nothing. */
function pressed(state: ReactionState, player: Player, press: Stamp, index: number, events: GameEvent[]): Player {
  if (player.out === 1 || player.press !== null || !['wait', 'lit', 'hold'].includes(state.phase)) return player;
  const latest = press.at + press.bound;
  // Surely too early, by all that is known of its moment; a doubt is the player's.
  if (state.phase === 'wait') return latest < state.since ? player : falseStart(player, index, events);
  if (latest < state.lightAt - microsOfMs(state.values.waitMinMs)) return player;
  return latest < state.lightAt + microsOfMs(state.values.soonestMs)
    ? falseStart(player, index, events)
    : { ...player, press };
}

function falseStart(player: Player, index: number, events: GameEvent[]): Player {
  events.push({ kind: 'false-start', seat: index }, tone(OUT_TONE.hertz, OUT_TONE.ms, index));
  return { ...player, out: 1 };
}

function proceed(state: ReactionState, events: GameEvent[]): ReactionState {
  const over = state.tick >= state.until;
  const open = state.players.filter((player) => player.seated === 1 && player.out === 0);
  switch (state.phase) {
    case 'idle':
    case 'shown':
      return over ? nextRound(state, events) : state;
    case 'wait':
      if (open.length === 0) return decide(state, events);
      return over ? goLit(state, events) : state;
    case 'lit':
      if (open.some(({ press }) => press !== null)) return enter(state, 'hold', state.values.holdMs);
      return over || open.length === 0 ? decide(state, events) : state;
    case 'hold':
      // Who has pressed or is out changes nothing any more.
      return over || open.every(({ press }) => press !== null) ? decide(state, events) : state;
    case 'over':
      return state;
  }
}

const microsOfMs = (ms: number): number => ms * 1000;

const enter = (state: ReactionState, phase: PressPhase, ms: number): ReactionState => ({
  ...state,
  phase,
  until: state.tick + ticksOf(ms, state.rate),
  since: microsOf(state.tick, state.rate),
});

function nextRound(state: ReactionState, events: GameEvent[]): ReactionState {
  const { rounds, waitMinMs, waitMaxMs } = state.values;
  if (state.round === rounds) return { ...state, phase: 'over' };
  const spread = Math.max(0, waitMaxMs - waitMinMs);
  const [more, random] = nextBelow(state.random, spread + 1);
  events.push(light(0));
  const fresh = { ...state, random, round: state.round + 1, players: afresh(state.players), winners: [] };
  return enter(fresh, 'wait', waitMinMs + more);
}

function goLit(state: ReactionState, events: GameEvent[]): ReactionState {
  events.push({ kind: 'go', seat: null }, light(1), tone(GO_TONE.hertz, GO_TONE.ms));
  return { ...enter(state, 'lit', state.values.limitMs), lightAt: microsOf(state.tick, state.rate) };
}

function decide(state: ReactionState, events: GameEvent[]): ReactionState {
  const winners = firstOf(state.players.map(({ press }) => press));
  events.push(light(1));
  if (winners.length === 0) events.push({ kind: 'nobody', seat: null });
  for (const winner of winners) {
    if (winners.length > 1) events.push({ kind: 'tie', seat: winner });
    events.push({ kind: 'point', seat: winner, against: null });
  }
  const players = state.players.map((player, index) =>
    winners.includes(index) ? { ...player, score: player.score + 1 } : player,
  );
  return enter({ ...state, players, winners }, 'shown', state.values.showMs);
}

/** The best score wins; if several have it, nobody does. */
function outcome({ phase, players, begun }: ReactionState): Outcome | null {
  if (begun === 1 && players.every(({ seated }) => seated === 0)) return { kind: 'void' };
  if (phase !== 'over') return null;
  const best = Math.max(...players.map(({ score }) => score));
  const leaders = players.flatMap(({ score }, index) => (score === best ? [index] : []));
  const [winner] = leaders;
  return best > 0 && leaders.length === 1 && winner !== undefined ? { kind: 'win', winner } : { kind: 'draw' };
}

function observe(state: ReactionState, index: number): unknown {
  const player = state.players[index];
  if (player === undefined || player.seated === 0) return null;
  return {
    you: PRESS_SEATS[index],
    phase: state.phase,
    round: state.round,
    rounds: state.values.rounds,
    out: player.out === 1,
    ms: player.press === null ? null : (player.press.at - state.lightAt) / 1000,
    winners: state.winners.map((winner) => PRESS_SEATS[winner]),
    score: player.score,
  };
}
