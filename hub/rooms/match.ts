/** One play of a game: the state of its rules, its tick, the books of who scored, and its journal. */
import type { Lab } from '../../shared/contract/api.ts';
import type { DeviceKind } from '../../shared/contract/messages.ts';
import type { Game, GameEvent, Outcome, ParameterValues, Parameters } from '../../shared/games/game.ts';
import type { MatchBook } from './match-book.ts';
import type { MatchLog } from './match-log.ts';
import type { Seat } from './seats.ts';

/** The rules that a room plays by. */
export interface Rules<S, C, P extends Parameters> {
  readonly game: Game<S, C, P>;
  readonly parameters: ParameterValues<P>;
  /** Ticks a second. */
  readonly rate: number;
}

export interface MatchParts<S, C, P extends Parameters> {
  readonly game: Game<S, C, P>;
  readonly book: MatchBook;
  /** null: no journal is kept. */
  readonly log: MatchLog | null;
  /** Where it begins, or goes on. */
  readonly state: S;
  readonly tick: number;
}

export class Match<S, C, P extends Parameters> {
  readonly #game: Game<S, C, P>;
  readonly #book: MatchBook;
  readonly #log: MatchLog | null;
  #state: S;
  #commands: readonly (C | null)[];
  /** Ticks played. */
  tick: number;

  constructor({ game, book, log, state, tick }: MatchParts<S, C, P>) {
    this.#game = game;
    this.#book = book;
    this.#log = log;
    this.#state = state;
    this.#commands = game.seats.map(() => null);
    this.tick = tick;
  }

  get id(): string {
    return this.#book.id;
  }

  /** A taken seat takes part. */
  enter(seat: Seat<C>, kind: DeviceKind | ''): void {
    this.#state = this.#game.join(this.#state, seat.index);
    if (seat.device === null) return;
    this.#book.enter(seat.name, seat.device);
    this.#log?.enter(this.tick, seat.index, seat.device, kind);
  }

  leave(index: number): void {
    this.#state = this.#game.leave(this.#state, index);
    this.#log?.leave(this.tick, index);
  }

  /** The device on a seat vanished, or is there again. */
  link(index: number, there: boolean): void {
    this.#log?.link(index, there);
  }

  /** What the lab does to a seat from now on. */
  lab(index: number, lab: Lab): void {
    this.#log?.lab(index, lab);
  }

  /** Play stops, for a reason, or goes on. */
  paused(reason: string | null): void {
    this.#log?.paused(reason);
  }

  /** The next tick, with the newest command of each seat. Points are in the books when it returns. */
  step(seats: readonly Seat<C>[]): GameEvent[] {
    const events: GameEvent[] = [];
    const commands = seats.map((seat) => {
      const said = seat.fresh || this.#game.late === 'repeat';
      seat.fresh = false;
      return said ? seat.command : null;
    });
    this.#state = this.#game.step(this.#state, commands, events);
    this.#commands = commands;
    this.tick++;
    this.#log?.played(commands, this.#state, events);
    this.#count(events, seats);
    return events;
  }

  /** A word of who leads the game. @returns what followed; null: not a word of this game, or not now */
  host(word: string, seats: readonly Seat<C>[]): GameEvent[] | null {
    const events: GameEvent[] = [];
    const state = this.#game.host?.(this.#state, word, events) ?? null;
    if (state === null) return null;
    this.#log?.host(word);
    this.#log?.points(events);
    this.#state = state;
    this.#count(events, seats);
    return events;
  }

  /** null while it goes on. */
  get outcome(): Outcome | null {
    return this.#game.outcome(this.#state);
  }

  get scores(): readonly number[] {
    return this.#game.scores(this.#state);
  }

  /** Of all seats: what the game tells beside points. */
  get stats(): (Readonly<Record<string, number>> | null)[] {
    return this.#game.seats.map((_, index) => this.#game.stats?.(this.#state, index) ?? null);
  }

  get view(): Uint8Array {
    return this.#game.view(this.#state);
  }

  /** What a terminal needs to play ahead by the same rules; null: the game is not made for that. */
  get sync(): { readonly commands: readonly unknown[]; readonly state: unknown } | null {
    const { fixed } = this.#game;
    if (fixed === undefined) return null;
    const moving = Object.entries(this.#state as Record<string, unknown>).filter(([name]) => !fixed.includes(name));
    return { commands: this.#commands, state: Object.fromEntries(moving) };
  }

  observe(index: number): unknown {
    return this.#game.observe(this.#state, index);
  }

  /** Ends it; resolves when the result is on disk. */
  close(outcome: Outcome, winner: Seat<C> | undefined, endedAt: number): Promise<void> {
    this.#log?.finish(outcome, this.scores, this.#state);
    return this.#book.close(outcome.kind, winner?.name ?? null, winner?.device ?? null, endedAt);
  }

  #count(events: readonly GameEvent[], seats: readonly Seat<C>[]): void {
    for (const event of events) {
      if (event.kind !== 'point') continue;
      const seat = seats[event.seat];
      if (seat !== undefined && seat.device !== null) this.#book.point(seat.name, seat.device);
    }
  }
}
