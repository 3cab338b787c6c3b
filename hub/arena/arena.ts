/**
 * Plays matches without a clock: each tick as soon as all who are asked have answered, so as fast as the players are.
 * Players that answer at once are played in one go; those that need time get what the game gives them, and no more.
 */
import { PaddlewireError, type ErrorCode } from '../../shared/errors.ts';
import type { Ending, GameEvent, ParameterValues, Parameters } from '../../shared/games/game.ts';
import type { AnyGame } from '../../shared/games/registry.ts';
import { wants } from '../../shared/games/wants.ts';
import type { InvalidPolicy } from '../rooms/invalid-policy.ts';
import { isBadMove, placesOf, whyGone, type Gone, type Place } from './places.ts';
import { ARENA_LIMITS, type Limits, type Player } from './player.ts';
import { Record, type Sink } from './record.ts';
import { Table, whyFailed } from './table.ts';

export interface MatchSetup {
  readonly game: AnyGame;
  readonly parameters: ParameterValues<Parameters>;
  /** By the index of the seat; null: nobody sits there. */
  readonly players: readonly (Player | null)[];
  readonly seed: number;
  /** Ticks a second, as the game counts them: the arena itself is as fast as it can. */
  readonly rate: number;
  readonly id?: string;
  readonly invalid?: InvalidPolicy;
  readonly limits?: Partial<Limits>;
  /** Gets the bytes of the journal. */
  readonly record?: Sink;
  /** When it was played, in ms since 1970, for the journal. */
  readonly startedAt?: number;
}

export interface MatchReport {
  readonly id: string;
  /** null: it could not be played to its end; `failure` says why. */
  readonly ending: Ending | null;
  readonly failure: { readonly code: ErrorCode; readonly text: string } | null;
  readonly scores: readonly number[];
  readonly stats: readonly (Readonly<globalThis.Record<string, number>> | null)[];
  readonly ticks: number;
  /** Of each seat: moves that it owed and did not make in time, and those that the game could not take. */
  readonly late: readonly number[];
  readonly invalid: readonly number[];
  /** Who could not go on, if anybody. */
  readonly gone: Gone | null;
}

/** @throws PaddlewireError players-wrong; whatever goes wrong later is in the report */
export async function playMatch(setup: MatchSetup): Promise<MatchReport> {
  const match = new ArenaMatch(setup);
  const report = await match.play();
  await match.tellEnd(report);
  return report;
}

/**
 * As `playMatch`, of players that all answer at once: nothing is awaited.
 * @throws PaddlewireError players-wrong; RangeError a player answered with a promise: a bug of the caller
 */
export function playMatchAtOnce(setup: MatchSetup): MatchReport {
  const match = new ArenaMatch(setup);
  const report = match.playAtOnce();
  if (report === null) throw new RangeError('A player answered with a promise.');
  void match.tellEnd(report);
  return report;
}

class ArenaMatch {
  readonly #setup: MatchSetup;
  readonly #limits: Limits;
  readonly #places: readonly Place[];
  readonly #bySeat: readonly (Place | undefined)[];
  readonly #budgetMs: number;
  readonly #id: string;
  #table: Table<unknown, unknown, Parameters> | null = null;
  #record: Record | null = null;
  #events: GameEvent[] = [];
  #failure: PaddlewireError | null = null;
  /** Settles the wait of the present tick, if one is on. */
  #answered: () => void = () => {};
  #open = 0;

  constructor(setup: MatchSetup) {
    const { game, parameters, players, rate, seed } = setup;
    this.#setup = setup;
    this.#id = setup.id ?? `arena-${seed.toString(36)}`;
    this.#limits = { ...ARENA_LIMITS, ...setup.limits };
    this.#places = placesOf(game, players);
    const bySeat: (Place | undefined)[] = [];
    for (const place of this.#places) bySeat[place.index] = place;
    this.#bySeat = bySeat;
    this.#budgetMs = this.#limits.moveMs ?? game.thinkMs?.(parameters) ?? 1000 / rate;
  }

  async play(): Promise<MatchReport> {
    if (!this.#begin()) return this.#report();
    while (this.#goesOn()) {
      const pending = this.#askAll();
      if (pending > 0) await this.#wait();
      this.#step();
    }
    return this.#report();
  }

  /** @returns null: somebody needs time to think */
  playAtOnce(): MatchReport | null {
    if (!this.#begin()) return this.#report();
    while (this.#goesOn()) {
      if (this.#askAll() > 0) return null;
      this.#step();
    }
    return this.#report();
  }

  async tellEnd({ ending, scores, stats }: MatchReport): Promise<void> {
    const told = this.#places.map(async ({ player, index, gone }) => {
      if (gone === null) await player.end?.({ ending, scores, stats: stats[index] ?? null });
    });
    await Promise.allSettled(told);
  }

  #begin(): boolean {
    const { game, parameters, seed, rate, players, record, startedAt = 0 } = this.#setup;
    try {
      const taken = game.seats.map((_, index) => (players[index] ?? null) !== null);
      this.#table = new Table({ game, parameters, seed, rate, taken });
      this.#table.check();
    } catch (error) {
      this.#failure = whyFailed(error);
      return false;
    }
    if (record !== undefined) {
      const about = { room: 'arena', match: this.#id };
      const head = {
        game: game.name,
        rules: game.version,
        parameters,
        seed,
        rate,
        seats: [...game.seats],
        startedAt,
        about,
      };
      this.#record = new Record(
        head,
        record,
        this.#places.map(({ index }) => index),
      );
    }
    for (const { player, seat, index } of this.#places) player.begin?.({ match: this.#id, seat, index, rate });
    return true;
  }

  #goesOn(): boolean {
    const table = this.#table;
    if (table === null || this.#broken) return false;
    try {
      if (table.outcome !== null) return false;
    } catch (error) {
      this.#failure = whyFailed(error);
      return false;
    }
    if (table.tick < this.#limits.maxTicks) return true;
    this.#failure = new PaddlewireError('game-endless', `${table.game.name} did not end within ${table.tick} ticks.`);
    return false;
  }

  /** The rules have failed, or somebody cannot go on. A loop and no closure: it is asked twice a tick. */
  get #broken(): boolean {
    if (this.#failure !== null) return true;
    for (const { gone } of this.#places) if (gone !== null) return true;
    return false;
  }

  /** @returns how many have not answered at once */
  #askAll(): number {
    const table = this.#table as Table<unknown, unknown, Parameters>;
    this.#open = 0;
    try {
      for (const seat of table.awaited) {
        const place = this.#bySeat[seat];
        if (place !== undefined) this.#ask(table, place);
      }
    } catch (error) {
      this.#failure = whyFailed(error);
      return 0;
    }
    return this.#open;
  }

  #ask(table: Table<unknown, unknown, Parameters>, place: Place): void {
    // It still thinks about an earlier tick: this one it misses.
    if (place.askedAt !== null) {
      place.late++;
      this.#open++;
      return;
    }
    const seen = table.observe(place.index);
    let answer: unknown;
    try {
      answer = place.player.act(table.tick, seen);
    } catch (error) {
      this.#refused(place, error);
      return;
    }
    if (answer instanceof Promise) this.#await(place, table.tick, answer);
    else this.#take(place, answer);
  }

  #await(place: Place, tick: number, answer: Promise<unknown>): void {
    place.askedAt = performance.now();
    place.askedTick = tick;
    this.#open++;
    const settled = (take: () => void): void => {
      place.askedAt = null;
      // A late answer is nobody's any more: it was about a court that is gone.
      if (this.#table?.tick !== tick) return;
      take();
      if (--this.#open === 0) this.#answered();
    };
    answer.then(
      (value) => settled(() => this.#take(place, value)),
      (error: unknown) => {
        // Whoever is gone is gone, late or not.
        if (this.#table?.tick !== tick && !isBadMove(error)) place.gone ??= whyGone(error);
        settled(() => this.#refused(place, error));
      },
    );
  }

  #take(place: Place, value: unknown): void {
    place.moves++;
    try {
      if (this.#table?.say(place.index, value) !== false) return;
    } catch (error) {
      this.#failure ??= whyFailed(error);
      return;
    }
    this.#refused(place, new PaddlewireError('command-invalid', wants(this.#setup.game)));
  }

  /** A bad command is told and counts as none; by policy, or if it is worse, its player goes. */
  #refused(place: Place, error: unknown): void {
    if (!isBadMove(error)) {
      place.gone ??= whyGone(error);
      return;
    }
    place.invalid++;
    place.player.told?.(error.code, error.message);
    if (this.#setup.invalid === 'disconnect') place.gone ??= error;
  }

  /** Until all have answered, or the time of whoever has not is over. */
  async #wait(): Promise<void> {
    const budget = (place: Place): number => (place.moves === 0 && place.late === 0 ? this.#limits.firstMoveMs : 0);
    const longest = Math.max(this.#budgetMs, ...this.#thinking.map(budget));
    if (this.#open > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, longest);
        this.#answered = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    const now = performance.now();
    const hungMs = Math.max(this.#limits.hungMs, this.#limits.hungBudgets * this.#budgetMs);
    for (const place of this.#thinking) {
      if (place.askedTick === this.#table?.tick) place.late++;
      if (now - (place.askedAt as number) < hungMs) continue;
      place.gone = new PaddlewireError('agent-hung', `It has not answered for ${hungMs / 1000} s.`);
      place.player.fail?.(place.gone);
    }
  }

  get #thinking(): Place[] {
    return this.#places.filter(({ askedAt }) => askedAt !== null);
  }

  #step(): void {
    const table = this.#table as Table<unknown, unknown, Parameters>;
    if (this.#broken) return;
    const { commands } = table;
    this.#events.length = 0;
    try {
      table.step(this.#events);
    } catch (error) {
      this.#failure = whyFailed(error);
      return;
    }
    this.#record?.played(commands, table.state, this.#events);
  }

  #report(): MatchReport {
    const { game } = this.#setup;
    const table = this.#table;
    const place = this.#places.find(({ gone }) => gone !== null);
    const gone = place?.gone == null ? null : { seat: place.index, code: place.gone.code, text: place.gone.message };
    const count = (what: 'late' | 'invalid'): number[] =>
      game.seats.map((_, index) => this.#bySeat[index]?.[what] ?? 0);
    const scores = this.#safely(() => table?.scores) ?? game.seats.map(() => 0);
    const ending: Ending | null =
      this.#failure !== null
        ? null
        : gone === null
          ? (table?.outcome ?? null)
          : { kind: 'disconnected', seat: gone.seat };
    if (this.#failure === null) this.#safely(() => table?.check());
    if (this.#failure === null) this.#record?.finish(ending, scores, table?.state);
    return {
      id: this.#id,
      ending: this.#failure === null ? ending : null,
      failure: this.#failure === null ? null : { code: this.#failure.code, text: this.#failure.message },
      scores,
      stats: game.seats.map((_, index) =>
        this.#bySeat[index] === undefined ? null : (this.#safely(() => table?.stats(index)) ?? null),
      ),
      ticks: table?.tick ?? 0,
      late: count('late'),
      invalid: count('invalid'),
      gone,
    };
  }

  /** What a game is asked at the end: it may fail there too. */
  #safely<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      this.#failure ??= whyFailed(error);
      return undefined;
    }
  }
}
