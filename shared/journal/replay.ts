/**
 * Plays a journal again: one call at a time, with the whole state between any two. The rules are the real ones, or `no-op`
 * ones that only take over what was recorded (key frames); both tell the same calls.
 */
import type { GameEvent, ParameterValues, Parameters } from '../games/game.ts';
import type { AnyGame } from '../games/registry.ts';
import type { Plain } from './byte-writer.ts';
import type { Call, CallOf, JournalHeader } from './calls.ts';

export type Rules = 'real' | 'no-op';

export class Replay {
  readonly #game: AnyGame;
  readonly #rules: Rules;
  readonly rate: number;
  #state: unknown;
  #commands: Plain[];
  /** Ticks played. */
  #tick = 0;
  /** Nothing was applied yet. */
  #fresh = true;
  /** What has happened since it was asked for. */
  #events: GameEvent[] = [];

  constructor(game: AnyGame, { parameters, seed, rate, seats }: JournalHeader, rules: Rules = 'real') {
    this.#game = game;
    this.#rules = rules;
    this.rate = rate;
    this.#state = game.initial(parameters as ParameterValues<Parameters>, seed, rate);
    this.#commands = seats.map(() => null);
  }

  get tick(): number {
    return this.#tick;
  }

  get state(): unknown {
    return this.#state;
  }

  get game(): AnyGame {
    return this.#game;
  }

  /** The commands in force, by seat. */
  get commands(): readonly Plain[] {
    return this.#commands;
  }

  /** What happened since the last call of this. */
  takeEvents(): GameEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Does what a call says, after playing up to its tick. What the journal only notes changes nothing. */
  apply(call: Call): void {
    // A journal that goes on with a match begins with its key frame: what the header would make was before it.
    if (call.op === 'key' && this.#fresh) return this.seek(call);
    this.#fresh = false;
    this.playTo(call.tick);
    if (call.op === 'key') {
      if (this.#rules === 'no-op') this.#begin(call);
      return;
    }
    if (call.op === 'input') this.#commands[call.seat] = call.command;
    else if (this.#rules === 'real') this.#change(call);
  }

  /** Begins at a key frame, whatever was before. */
  seek(key: CallOf<'key'>): void {
    this.#fresh = false;
    this.#begin(key);
    this.#tick = key.tick;
    this.#events = [];
  }

  /** Plays until so many ticks are played. */
  playTo(tick: number): void {
    if (this.#rules === 'no-op') {
      this.#tick = Math.max(this.#tick, tick);
      return;
    }
    while (this.#tick < tick) {
      this.#state = this.#game.step(this.#state, this.#commands, this.#events);
      this.#tick++;
    }
  }

  #begin({ state, commands }: CallOf<'key'>): void {
    this.#state = state;
    this.#commands = [...commands];
  }

  #change(call: Call): void {
    if (call.op === 'seat') {
      if (call.event === 'join') this.#state = this.#game.join(this.#state, call.seat);
      else if (call.event === 'leave') this.#state = this.#game.leave(this.#state, call.seat);
    } else if (call.op === 'host') {
      this.#state = this.#game.host?.(this.#state, call.word, this.#events) ?? this.#state;
    }
  }
}
