/**
 * Plays a match ahead of its hub, by the same rules (docs/prediction.md). The newest SYNC is the truth; on top of it
 * the inputs made here that the hub has not yet counted are played again, and the other seats go on with the commands
 * they gave last. It never waits for the hub.
 */
import type { MessageOf } from '../contract/messages.ts';
import type { Game, ParameterValues, Parameters, Sensed } from '../games/game.ts';
import { TickEstimate } from './tick-estimate.ts';

/** After so long without a SYNC the hub is silent, and a SYNC of an older tick is one of a match that began anew. */
const SILENT_MS = 1000;
/** A terminal that hears nothing plays on for so many ticks, and no longer: that much can be replayed in a frame. */
const MAX_AHEAD = 600;
/** So many ticks after an input of a neighbour the hub has counted it, or never will. */
const BESIDE_TICKS = 6;
/** Inputs that are remembered. */
const MAX_INPUTS = 256;

export interface PredictorOptions<S, C, P extends Parameters> {
  readonly game: Game<S, C, P>;
  readonly parameters: ParameterValues<P>;
  /** Ticks a second. */
  readonly rate: number;
  /** The own seat; null for who only watches. */
  readonly seat: number | null;
}

/** A tick as it is believed, and the next. */
export interface Pair<S> {
  readonly tick: number;
  readonly before: S;
  readonly after: S;
}

/** What to draw at a moment: `part` of the way from one tick to the next. */
export interface Frame<S> extends Pair<S> {
  readonly part: number;
  /** What would have been drawn, had no SYNC come since the last frame; null if none has. */
  readonly expected: Pair<S> | null;
}

interface Truth<S, C> {
  readonly tick: number;
  readonly seq: number;
  readonly commands: readonly (C | null)[];
  readonly state: S;
}

interface KnownInput<C> {
  readonly seat: number;
  /** Of the own seat; null: of a neighbour, whose numbers are told to that one alone. */
  readonly seq: number | null;
  /** The first tick in which it is shown. */
  readonly tick: number;
  readonly command: C;
}

export class Predictor<S, C, P extends Parameters = Parameters> {
  readonly #options: PredictorOptions<S, C, P>;
  readonly #fixed: Readonly<Record<string, unknown>>;
  readonly #estimate: TickEstimate;
  #truth: Truth<S, C> | null = null;
  #fresh = false;
  #inputs: KnownInput<C>[] = [];
  #shown: Pair<S> | null = null;

  constructor(options: PredictorOptions<S, C, P>) {
    const { game, parameters, rate } = options;
    this.#options = options;
    this.#estimate = new TickEstimate(rate);
    const initial = game.initial(parameters, 0, rate) as Readonly<Record<string, unknown>>;
    this.#fixed = Object.fromEntries((game.fixed ?? []).map((name) => [name, initial[name]]));
  }

  /** What the hub last told; null before it has. */
  get truth(): { readonly tick: number; readonly state: S } | null {
    return this.#truth;
  }

  /** How far it plays ahead of the ticks that arrive by the shortest way, in ticks. */
  get lead(): number {
    return this.#estimate.lead;
  }

  /** Whether the hub has not been heard for so long that a player should know. */
  silent(now: number): boolean {
    return this.#truth !== null && now - this.#estimate.heardAt > SILENT_MS;
  }

  /** Takes a SYNC that arrived at `now` (ms); the same tick is told again when play stops. @returns false for one that is older than the newest, which is ignored */
  take(sync: MessageOf<'SYNC'>, now: number): boolean {
    const { tick, seq } = sync;
    const before = this.#truth;
    if (before !== null && tick < before.tick && !this.silent(now)) return false;
    this.#estimate.arrive(tick, now);
    if (before !== null && tick > before.tick && ((seq - before.seq) | 0) > 0) {
      this.#estimate.count(seq, tick, tick - before.tick);
    }
    const state = { ...this.#fixed, ...(sync.state as object) } as S;
    this.#truth = { tick, seq, commands: sync.commands as readonly (C | null)[], state };
    this.#inputs = this.#inputs.filter((input) =>
      input.seq === null ? input.tick + BESIDE_TICKS > tick : ((input.seq - seq) | 0) > 0,
    );
    this.#fresh = true;
    return true;
  }

  /** An INPUT of the own seat, made and sent at `now`. */
  input(seq: number, sensed: Sensed, now: number): void {
    const { seat } = this.#options;
    if (seat === null) return;
    this.#estimate.send(seq, now);
    this.#know(seat, seq, sensed, now);
  }

  /** What another seat senses from `now` on, whose player sits at the same keyboard. */
  beside(seat: number, sensed: Sensed, now: number): void {
    this.#know(seat, null, sensed, now);
  }

  #know(seat: number, seq: number | null, sensed: Sensed, now: number): void {
    const tick = Math.floor(this.#estimate.at(now)) + 1;
    const command = this.#options.game.command(sensed, seat);
    this.#inputs = [...this.#inputs, { seat, seq, tick, command }].slice(-MAX_INPUTS);
    if (this.#shown === null || this.#shown.tick + 1 < tick) return;
    // It counts in the tick that is being drawn.
    this.#shown = { ...this.#shown, after: this.#step(this.#shown.before, this.#shown.tick + 1) };
  }

  /** What to draw at `now`; null before the first SYNC. */
  frame(now: number): Frame<S> | null {
    const truth = this.#truth;
    if (truth === null) return null;
    const local = this.#estimate.at(now);
    const tick = Math.max(truth.tick, Math.min(Math.floor(local), truth.tick + MAX_AHEAD));
    const part = Math.max(0, Math.min(1, local - tick));
    const expected = this.#shown === null ? null : this.#walk(this.#shown, tick);
    if (!this.#fresh && expected?.tick === tick) {
      this.#shown = expected;
      return { ...expected, part, expected: null };
    }
    this.#fresh = false;
    this.#shown = this.#walk(this.#pair(truth.state, truth.tick), tick);
    return { ...this.#shown, part, expected };
  }

  /** The same play at a later tick; as it is, if local time was set back or by more than can be played. */
  #walk(from: Pair<S>, tick: number): Pair<S> {
    if (tick - from.tick > MAX_AHEAD) return from;
    let pair = from;
    while (pair.tick < tick) pair = this.#pair(pair.after, pair.tick + 1);
    return pair;
  }

  #pair(before: S, tick: number): Pair<S> {
    return { tick, before, after: this.#step(before, tick + 1) };
  }

  /** The tick `tick` of the rules, with the commands known here as made and those of the others as they were last. */
  #step(state: S, tick: number): S {
    const { game } = this.#options;
    const told = this.#truth?.commands ?? [];
    if (this.#inputs.length === 0) return game.step(state, told, []);
    const known = (seat: number): KnownInput<C> | undefined =>
      this.#inputs.findLast((input) => input.seat === seat && input.tick <= tick);
    const commands = game.seats.map((_name, seat) => known(seat)?.command ?? told[seat] ?? null);
    return game.step(state, commands, []);
  }
}
