/** Players for checks: of chance, who press, turn, speak and are silent; or the game's bots. */
import { BUTTON } from '../../contract/messages.ts';
import { nextBelow, seedPrng, type PrngState } from '../../sim/prng.ts';
import { botFor, type Bot } from '../bots.ts';
import type { Sensed } from '../game.ts';
import type { AnyGame } from '../registry.ts';
import type { Findings } from './findings.ts';

export class Dice {
  #state: PrngState;

  constructor(seed: number) {
    this.#state = seedPrng(seed);
  }

  below(sides: number): number {
    const [value, next] = nextBelow(this.#state, sides);
    this.#state = next;
    return value;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

const ALL_BUTTONS = BUTTON.up | BUTTON.down | BUTTON.left | BUTTON.right | BUTTON.action;
const AXIS_END = 4096;
const PRESS_BOUND_US = 1000;
/** So many ticks a player keeps to what it does, at most. */
const HOLD_TICKS = 24;

/** What a program might say: not all of it is of each game. */
const SAID: readonly unknown[] = [
  'up',
  'down',
  'left',
  'right',
  'none',
  'press',
  0,
  1,
  2,
  3,
  [1, 0, 0],
  [-0.5, 0.25, 1],
];

export class RandomPlayers {
  readonly #game: AnyGame;
  readonly #dice: Dice;
  readonly #findings: Findings;
  readonly #until: number[];
  readonly #commands: unknown[];
  readonly #said: readonly unknown[];

  constructor(game: AnyGame, seed: number, findings: Findings) {
    this.#game = game;
    this.#dice = new Dice(seed);
    this.#findings = findings;
    this.#until = game.seats.map(() => 0);
    this.#commands = game.seats.map(() => null);
    this.#said = [...SAID, ...(game.words ?? []), ...(game.words ?? [])];
  }

  /** The commands of a tick. A seat that is late says what its game takes it to say. */
  commands(tick: number, rate: number): unknown[] {
    return this.#game.seats.map((_, seat) => {
      if (tick < (this.#until[seat] as number)) return this.#game.late === 'repeat' ? this.#commands[seat] : null;
      this.#until[seat] = tick + 1 + this.#dice.below(HOLD_TICKS);
      this.#commands[seat] = this.#decide(seat, Math.round((tick * 1_000_000) / rate));
      return this.#commands[seat];
    });
  }

  #decide(seat: number, at: number): unknown {
    const stamp = { at, bound: PRESS_BOUND_US };
    const choice = this.#dice.below(8);
    if (choice === 0) return null;
    if (choice <= 3) {
      const value = this.#dice.pick(this.#said);
      return this.#findings.call('validate', () => this.#game.validate(value, seat, stamp));
    }
    const buttons = choice === 4 ? this.#dice.below(ALL_BUTTONS + 1) : 1 << this.#dice.below(5);
    const axis = this.#dice.below(4) === 0 ? this.#dice.below(AXIS_END) : null;
    const sensed: Sensed = { buttons, axis, stamp };
    return this.#findings.call('command', () => this.#game.command(sensed, seat));
  }
}

/** Bots on some seats, who answer what they are told; null: the game has none. */
export function botPlayers(
  game: AnyGame,
  seats: readonly number[],
  seed: number,
  findings: Findings,
): ((state: unknown, tick: number, rate: number) => unknown[]) | null {
  const make = botFor(game.name);
  if (make === undefined) return null;
  const bots = new Map<number, Bot>(seats.map((seat) => [seat, make(seed + seat)]));
  const last: unknown[] = game.seats.map(() => null);
  return (state, tick, rate) =>
    game.seats.map((name, seat) => {
      const seen = findings.call('observe', () => game.observe(state, seat));
      const value = seen === null ? null : (findings.call('The bot', () => bots.get(seat)?.(seen)) ?? null);
      if (value === null) return game.late === 'repeat' ? last[seat] : null;
      const stamp = { at: Math.round((tick * 1_000_000) / rate), bound: PRESS_BOUND_US };
      last[seat] = game.validate(value, seat, stamp);
      if (last[seat] === null) {
        const said = JSON.stringify(value);
        findings.add('takes-nonsense', `The bot on seat ${name} says ${said}, which the game does not understand.`);
      }
      return last[seat];
    });
}
