/** Matches of chance, twice at once: with joins, leaves and everything that can be said. Both must stay the same. */
import { ByteReader } from '../../journal/byte-reader.ts';
import { isEqual } from '../../journal/difference.ts';
import { ByteWriter, type Plain } from '../../journal/byte-writer.ts';
import { withDefaults, type GameEvent, type Outcome } from '../game.ts';
import type { AnyGame } from '../registry.ts';
import { checkTick, checkTold } from './at-tick.ts';
import { Stopped, type Findings } from './findings.ts';
import { freezeDeep, notPlain } from './plain.ts';
import { Dice, RandomPlayers } from './players.ts';

const RATE = 60;
/** What takes long is looked at this often, in ticks. */
const LOOK_TICKS = 16;
/** How often somebody comes or goes, in ticks, and how often who leads says a word. */
const RESEAT_TICKS = 300;
const HOST_TICKS = 40;
/** So long a match that is decided is watched. */
const AFTER_TICKS = 20;

/** Plays `ticks` ticks, one match after another. */
export function checkRandomPlay(game: AnyGame, ticks: number, seed: number, findings: Findings): void {
  let played = 0;
  for (let match = 0; played < ticks; match++)
    played += new RandomMatch(game, seed + match, findings).play(ticks - played);
}

class RandomMatch {
  readonly #game: AnyGame;
  readonly #seed: number;
  readonly #findings: Findings;
  readonly #dice: Dice;
  readonly #values;
  readonly #taken = new Set<number>();
  /** The match, and the same one again: from bytes, now and then, as after a crash. */
  #state: unknown;
  #again: unknown;

  constructor(game: AnyGame, seed: number, findings: Findings) {
    this.#game = game;
    this.#seed = seed;
    this.#findings = findings;
    this.#dice = new Dice(seed);
    this.#values = withDefaults(game.parameters);
    this.#state = this.#initial();
    this.#again = this.#initial();
  }

  #initial(): unknown {
    return this.#findings.call('initial', () => this.#game.initial(this.#values, this.#seed, RATE));
  }

  /** @returns ticks played */
  play(most: number): number {
    const players = new RandomPlayers(this.#game, this.#seed, this.#findings);
    for (let seats = this.#dice.below(this.#game.seats.length) + 1; seats > 0; seats--)
      this.#reseat('join', this.#dice);
    for (const seat of this.#game.seats.keys()) if (this.#taken.size < this.#game.minSeats) this.#seat('join', seat);
    for (let tick = 1; tick <= most; tick++) {
      if (this.#dice.below(RESEAT_TICKS) === 0) this.#reseat(this.#dice.pick(['join', 'leave']), this.#dice);
      if (this.#dice.below(HOST_TICKS) === 0) this.#host();
      this.#step(players.commands(tick, RATE), tick);
      if (tick % LOOK_TICKS === 1) this.#look(tick);
      const outcome = this.#checked(tick);
      if (outcome === null) continue;
      this.#look(tick);
      this.#stays(outcome, tick, players);
      return tick;
    }
    return most;
  }

  #reseat(how: 'join' | 'leave', dice: Dice): void {
    const seat = dice.below(this.#game.seats.length);
    // The last ones stay: a room ends such a match itself.
    if (how === 'leave' && this.#taken.size <= this.#game.minSeats) return;
    this.#seat(how, seat);
  }

  #seat(how: 'join' | 'leave', seat: number): void {
    if (how === 'join') this.#taken.add(seat);
    else this.#taken.delete(seat);
    this.#both(how, (state) => this.#game[how](state, seat));
  }

  #host(): void {
    const words = this.#game.hostWords ?? [];
    if (this.#game.host === undefined || words.length === 0) return;
    const word = this.#dice.pick(words);
    this.#both('host', (state) => this.#game.host?.(state, word, []) ?? state);
  }

  #step(commands: readonly unknown[], tick: number): void {
    const events: GameEvent[][] = [[], []];
    this.#both('step', (state, copy) => this.#game.step(state, commands, events[copy] as GameEvent[]));
    if (isEqual(this.#state, this.#again) && isEqual(events[0], events[1])) return;
    this.#findings.add(
      'not-deterministic',
      `Two matches with the same seed and the same commands differ at tick ${tick}: chance comes only from the generator in the state.`,
    );
    throw new Stopped();
  }

  #both(what: string, change: (state: unknown, copy: 0 | 1) => unknown): void {
    this.#state = this.#findings.call(what, () => change(freezeDeep(this.#state), 0));
    this.#again = this.#findings.call(what, () => change(freezeDeep(this.#again), 1));
  }

  #look(tick: number): void {
    const fault = notPlain(this.#state);
    if (fault !== null) {
      this.#findings.add(
        'not-plain',
        `The state at tick ${tick} cannot be kept: ${fault}. Integers, short texts, null.`,
      );
      throw new Stopped();
    }
    const bytes = new ByteWriter().value(this.#again as Plain).take();
    this.#again =
      tick % (2 * LOOK_TICKS) === 1 ? new ByteReader(bytes).value() : JSON.parse(JSON.stringify(this.#again));
    checkTold(this.#moment(tick), this.#findings);
  }

  #checked(tick: number): Outcome | null {
    return checkTick(this.#moment(tick), this.#findings);
  }

  #moment(tick: number) {
    return { game: this.#game, values: this.#values, state: this.#state, tick, taken: this.#taken };
  }

  /** What is decided is decided, whatever is said afterwards. */
  #stays(outcome: Outcome, tick: number, players: RandomPlayers): void {
    const scores = JSON.stringify(this.#game.scores(this.#state));
    for (let after = 1; after <= AFTER_TICKS; after++) {
      this.#step(players.commands(tick + after, RATE), tick + after);
      const now = this.#findings.call('outcome', () => this.#game.outcome(this.#state));
      const same = JSON.stringify(now) === JSON.stringify(outcome);
      if (same && JSON.stringify(this.#game.scores(this.#state)) === scores) continue;
      this.#findings.add(
        'outcome-changes',
        `The match was decided at tick ${tick} (${outcome.kind}), and at tick ${tick + after} outcome or points are others: a step must leave a match alone that is over.`,
      );
      return;
    }
  }
}
