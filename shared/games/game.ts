/** What a game is: pure rules on plain data. It knows no clock, no network, no device (docs/games.md). */
import type { BUTTON } from '../contract/messages.ts';
import type { Scene } from './scene.ts';

/** A parameter of a game, for forms, command lines and checks. Integers and choices only: they travel and hash exactly. */
export type Parameter =
  | {
      readonly kind: 'integer';
      readonly min: number;
      readonly max: number;
      readonly default: number;
      readonly unit: string;
      readonly doc: string;
    }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly default: string; readonly doc: string };

export type Parameters = Readonly<Record<string, Parameter>>;
export type ParameterValues<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends { kind: 'integer' } ? number : string;
};

/** What a device senses, as the seat's key map gets it. */
export interface Sensed {
  /** Bits of BUTTON in shared/contract/messages.ts. */
  readonly buttons: number;
  /** 0..4095, or null for a device without an axis. */
  readonly axis: number | null;
  /** When a button went down; absent where none did. For games in which that counts. */
  readonly stamp?: Stamp;
}

/** A moment of a match in µs, 0 being its first tick: integers, so that they travel and hash exactly. */
export interface Stamp {
  readonly at: number;
  /** The true moment is at most this far away, in µs. */
  readonly bound: number;
}

/** Something that happened in a step: for lights, tones, statistics and the journal. `seat` is an index. */
export type GameEvent =
  | { readonly kind: 'bounce'; readonly seat: number | null }
  | { readonly kind: 'serve'; readonly seat: number }
  | { readonly kind: 'point'; readonly seat: number; readonly against: number | null }
  /** In games of presses: the light is on; a press came before it; the first press; several at once; nobody pressed. */
  | { readonly kind: 'go' | 'nobody'; readonly seat: null }
  | { readonly kind: 'false-start' | 'buzz' | 'tie'; readonly seat: number }
  /** To be seen or heard on one seat's device, or on all: the fields are those of EFFECT. */
  | {
      readonly kind: 'effect';
      readonly seat: number | null;
      readonly effect: 'light' | 'tone';
      readonly value: number;
      readonly ms: number;
    };

export type Outcome =
  | { readonly kind: 'win'; readonly winner: number }
  | { readonly kind: 'draw' }
  /** Nobody is left to play. */
  | { readonly kind: 'void' };

/**
 * The rules of one game. S is its state: plain data of integers and short texts, never changed in place.
 * C is a checked command. Seats are indices into `seats`.
 */
export interface Game<S, C, P extends Parameters = Parameters> {
  readonly name: string;
  /** Version of the rules: a journal of another version is not replayed with these. */
  readonly version: number;
  /** In one sentence, what one does in it: for lists, forms and command lines. */
  readonly about: string;
  readonly seats: readonly string[];
  /** How many seats must be taken before a match can begin. Fewer than there are: the number of players is dynamic. */
  readonly minSeats: number;
  /** In the order in which a command line takes them. */
  readonly parameters: P;
  /** What the buttons and the axis mean to who plays by hand; what is missing means nothing. */
  readonly controls: Controls;
  /** What a seat that says nothing new in a tick is taken to say: its last command again, or nothing (null). */
  readonly late: 'repeat' | 'null';
  /** false: play never waits for a device that vanished, whatever the room does for others (a class of thirty). */
  readonly waitsForLost?: false;
  /** Fields of the state that stay as `initial` made them: SYNC leaves them out. Without it the game sends no SYNC. */
  readonly fixed?: readonly string[];
  /** The words of a game in which a player says one of a few: a page makes a button of each. */
  readonly words?: readonly string[];
  /** The state before the first tick, with nobody seated. `seed` is a uint32, `rate` in ticks a second. */
  initial(parameters: ParameterValues<P>, seed: number, rate: number): S;
  /** A seat is taken. Taking a taken seat changes nothing. */
  join(state: S, seat: number): S;
  /** A seat is given up. Its points stay. */
  leave(state: S, seat: number): S;
  /** The next tick. `commands[seat]` is null where the seat sent nothing. Events are appended to `events`. */
  step(state: S, commands: readonly (C | null)[], events: GameEvent[]): S;
  /** The command that buttons and axis mean on this seat. */
  command(sensed: Sensed, seat: number): C;
  /** Checks and normalises a value that an agent sent; null: not a command of this game. */
  validate(value: unknown, seat: number, stamp?: Stamp): C | null;
  /** What two commands that came within one tick mean together. Without it the newer one counts. */
  merge?(first: C, next: C): C;
  /** A word of whoever leads the game (a quiz master), between two ticks; null: no such word, or not now. */
  host?(state: S, word: string, events: GameEvent[]): S | null;
  /** The words that `host` knows, some at some times only. */
  readonly hostWords?: readonly string[];
  /** Points of every seat, by index. */
  scores(state: S): readonly number[];
  /** null while the match goes on. */
  outcome(state: S): Outcome | null;
  /** What one seat is told; null for a seat that nobody has. */
  observe(state: S, seat: number): unknown;
  /** The view of a SNAPSHOT: at most 240 bytes; 23 if the whole is to stay at 32 (docs/games.md gives the layout). */
  view(state: S): Uint8Array;
  /** The picture of a view, for pages that have no better one of this game. @throws RangeError not a view of this game */
  draw?(view: Uint8Array, parameters: ParameterValues<P>): Scene;
  /** Numbers that tell more of a seat's play than its points, by name: integers. */
  stats?(state: S, seat: number): Readonly<Record<string, number>>;
  /** Of a game in turns: the seats whose commands the next step counts. Without it: every taken seat, each tick. */
  awaits?(state: S): readonly number[];
  /** Of a game in turns: how long a seat may think about a command, in ms. Without it: one tick. */
  thinkMs?(parameters: ParameterValues<P>): number;
}

export type Controls = Readonly<Partial<Record<keyof typeof BUTTON | 'axis', string>>>;

/** How a match ended for those who keep the books: as its game says, or because a seat's device went away. */
export type Ending = Outcome | { readonly kind: 'disconnected'; readonly seat: number };

/** What the end of a match is for a seat. Where somebody went away it is nothing for anybody. */
export function resultFor(ending: Ending, seat: number): 'win' | 'loss' | 'draw' | 'void' {
  if (ending.kind === 'win') return won(ending, seat) ? 'win' : 'loss';
  return ending.kind === 'draw' ? 'draw' : 'void';
}

/** Whether a seat has won. In a draw nobody has. */
export const won = (ending: Ending, seat: number): boolean => ending.kind === 'win' && ending.winner === seat;

/** The values of a game's parameters: what is given where it is valid, the default elsewhere. */
export function withDefaults<P extends Parameters>(
  parameters: P,
  given: Readonly<Record<string, unknown>> = {},
): ParameterValues<P> {
  const values = Object.entries(parameters).map(([name, parameter]) => {
    const value = given[name];
    return [name, isValid(parameter, value) ? value : parameter.default];
  });
  return Object.fromEntries(values) as ParameterValues<P>;
}

/** Whether a parameter may have a value. */
export function isValid(parameter: Parameter, value: unknown): boolean {
  if (parameter.kind === 'choice') return parameter.choices.includes(value as string);
  return Number.isInteger(value) && (value as number) >= parameter.min && (value as number) <= parameter.max;
}
