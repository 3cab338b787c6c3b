/** One play of a game: the state of its rules, its tick, and the books of who scored. */
import type { Game, GameEvent, Outcome, ParameterValues, Parameters } from '../../shared/games/game.ts';
import { MatchBook, type MatchHead, type ScoreBook } from './match-book.ts';
import type { Seat } from './seats.ts';

/** The rules that a room plays by. */
export interface Rules<S, C, P extends Parameters> {
  readonly game: Game<S, C, P>;
  readonly parameters: ParameterValues<P>;
  /** Ticks a second. */
  readonly rate: number;
}

export class Match<S, C, P extends Parameters> {
  readonly #game: Game<S, C, P>;
  readonly #book: MatchBook;
  #state: S;
  /** Ticks played. */
  tick = 0;

  constructor({ game, parameters, rate }: Rules<S, C, P>, head: MatchHead, book: ScoreBook) {
    this.#game = game;
    this.#state = game.initial(parameters, head.seed, rate);
    this.#book = new MatchBook(head, book);
  }

  get id(): string {
    return this.#book.id;
  }

  /** A taken seat takes part. */
  enter(seat: Seat<C>): void {
    this.#state = this.#game.join(this.#state, seat.index);
    if (seat.device !== null) this.#book.enter(seat.name, seat.device);
  }

  leave(index: number): void {
    this.#state = this.#game.leave(this.#state, index);
  }

  /** The next tick, with the newest command of each seat. Points are in the books when it returns. */
  step(seats: readonly Seat<C>[]): GameEvent[] {
    const events: GameEvent[] = [];
    const commands = seats.map((seat) => {
      seat.fresh = false;
      return seat.command;
    });
    this.#state = this.#game.step(this.#state, commands, events);
    this.tick++;
    for (const event of events) if (event.kind === 'point') this.#point(seats[event.seat]);
    return events;
  }

  /** A word of who leads the game. @returns what followed; null: not a word of this game, or not now */
  host(word: string, seats: readonly Seat<C>[]): GameEvent[] | null {
    const events: GameEvent[] = [];
    const state = this.#game.host?.(this.#state, word, events) ?? null;
    if (state === null) return null;
    this.#state = state;
    for (const event of events) if (event.kind === 'point') this.#point(seats[event.seat]);
    return events;
  }

  /** null while it goes on. */
  get outcome(): Outcome | null {
    return this.#game.outcome(this.#state);
  }

  get scores(): readonly number[] {
    return this.#game.scores(this.#state);
  }

  get view(): Uint8Array {
    return this.#game.view(this.#state);
  }

  observe(index: number): unknown {
    return this.#game.observe(this.#state, index);
  }

  /** Ends it; resolves when the result is on disk. */
  close(outcome: Outcome, winner: Seat<C> | undefined, endedAt: number): Promise<void> {
    return this.#book.close(outcome.kind, winner?.name ?? null, winner?.device ?? null, endedAt);
  }

  #point(seat: Seat<C> | undefined): void {
    if (seat !== undefined && seat.device !== null) this.#book.point(seat.name, seat.device);
  }
}
