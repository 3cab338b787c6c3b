/** A match in the arena: the state of its rules, and what each seat has said. It knows no time and no players. */
import { PaddlewireError } from '../../shared/errors.ts';
import type { Game, GameEvent, Outcome, ParameterValues, Parameters } from '../../shared/games/game.ts';

/** How often the whole state is looked at for what no state may hold, in ticks. */
const CHECK_TICKS = 600;

export interface TableParts<S, C, P extends Parameters> {
  readonly game: Game<S, C, P>;
  readonly parameters: ParameterValues<P>;
  readonly seed: number;
  readonly rate: number;
  /** Which seats are taken, by index. */
  readonly taken: readonly boolean[];
}

export class Table<S, C, P extends Parameters> {
  readonly game: Game<S, C, P>;
  readonly #everybody: readonly number[];
  /** The newest command of each seat: of a game in which it counts until the next. */
  readonly #held: (C | null)[];
  #commands: (C | null)[];
  readonly #nobody: readonly null[];
  state: S;
  tick = 0;

  /** @throws PaddlewireError game-failed */
  constructor({ game, parameters, seed, rate, taken }: TableParts<S, C, P>) {
    this.game = game;
    this.#everybody = taken.flatMap((is, index) => (is ? [index] : []));
    this.#nobody = game.seats.map(() => null);
    this.#held = [...this.#nobody];
    this.#commands = [...this.#nobody];
    this.state = this.#rules(() => {
      let state = game.initial(parameters, seed, rate);
      for (const index of this.#everybody) state = game.join(state, index);
      return state;
    });
  }

  /** The seats whose command the next step counts. */
  get awaited(): readonly number[] {
    return this.game.awaits === undefined ? this.#everybody : this.#rules(() => this.game.awaits?.(this.state) ?? []);
  }

  /** The commands of the next step. */
  get commands(): readonly (C | null)[] {
    return this.#commands;
  }

  get outcome(): Outcome | null {
    return this.#rules(() => this.game.outcome(this.state));
  }

  get scores(): readonly number[] {
    return this.game.scores(this.state);
  }

  stats(seat: number): Readonly<Record<string, number>> | null {
    return this.game.stats?.(this.state, seat) ?? null;
  }

  observe(seat: number): unknown {
    return this.game.observe(this.state, seat);
  }

  /**
   * What a seat says for the next step; null or nothing: nothing new.
   * @returns whether the game knows such a command
   */
  say(seat: number, value: unknown): boolean {
    if (value === null || value === undefined) return true;
    const command = this.#rules(() => this.game.validate(value, seat));
    if (command === null) return false;
    this.#commands[seat] = command;
    return true;
  }

  /** The next step, with what was said. @throws PaddlewireError game-failed */
  step(events: GameEvent[]): void {
    const commands = this.#commands;
    // A seat that said nothing says what it said before, or nothing, as the game has it.
    if (this.game.late === 'repeat')
      for (const seat of this.#everybody) this.#held[seat] = commands[seat] ??= this.#held[seat] as C | null;
    try {
      this.state = this.game.step(this.state, commands, events);
    } catch (error) {
      throw whyFailed(error);
    }
    this.tick++;
    this.#commands = [...this.#nobody];
    if (this.tick % CHECK_TICKS === 0) this.check();
  }

  /** @throws PaddlewireError game-failed, if the state could be neither kept nor compared */
  check(): void {
    const bad = this.#rules(() => badPlace(this.scores, 'scores') ?? badPlace(this.state, 'state'));
    if (bad !== null) throw new PaddlewireError('game-failed', `${this.game.name} has what is no integer in ${bad}.`);
  }

  #rules<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw whyFailed(error);
    }
  }
}

/** Of the rules: whatever they throw. */
export const whyFailed = (error: unknown): PaddlewireError =>
  error instanceof PaddlewireError
    ? error
    : new PaddlewireError('game-failed', `The rules threw: ${error instanceof Error ? error.message : String(error)}`);

/** Where a state holds a number that is none, or a fraction; null: nowhere. */
function badPlace(value: unknown, at: string): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? null : at;
  if (typeof value !== 'object' || value === null) return null;
  for (const name of Object.keys(value)) {
    const inner = (value as Readonly<Record<string, unknown>>)[name];
    // Most of a state are integers: their place is not even named.
    if (Number.isSafeInteger(inner)) continue;
    const bad = badPlace(inner, `${at}.${name}`);
    if (bad !== null) return bad;
  }
  return null;
}
