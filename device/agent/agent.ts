/**
 * What an agent looks like: the program of a student that plays. There are two shapes, and either will do
 * (docs/agents.md). All methods may be async. A file exports a class named `MLPlay` or `Agent`, or a default export.
 */
export type { PongObservation } from '../../shared/games/pong/observe.ts';

/** What an agent wants to do, in the words of its game (docs/games.md); null or nothing: nothing new in this tick. */
export type Action = string | number | boolean | readonly Action[] | { readonly [name: string]: Action } | null | void;

type Maybe<T> = T | Promise<T>;

/** A scene is what the seat is told, with `frame` and `status` where the game has no fields of these names. */
export type Scene<O = unknown> = O & { readonly frame: number; readonly status: 'GAME_ALIVE' | 'GAME_OVER' };

/** The first shape: told a scene, it gives a command. `"RESET"` says that it saw the end: then `reset` is called. */
export interface SceneAgent<O = unknown> {
  update(scene: Scene<O>): Maybe<Action>;
  /** Before the next match. */
  reset?(): Maybe<void>;
}

/** How a match ended, for `onEndGame`. */
export interface EndStats {
  readonly result: 'win' | 'loss' | 'draw' | 'void';
  /** Of all seats, in the order of the game; and which of them was the agent's. */
  readonly scores: readonly number[];
  readonly seat: number;
  /** Numbers of the game's own, by name. */
  readonly [name: string]: unknown;
}

/** The second shape: asked for each step. */
export interface StepAgent<O = unknown> {
  getStep(observation: O): Maybe<Action>;
  /** @param id of the match: its journal has that name */
  onStartGame?(id: string): Maybe<void>;
  onEndGame?(won: boolean, stats: EndStats): Maybe<void>;
  /** Whether it wants another match; true where it is missing. */
  isReady?(): Maybe<boolean>;
  /** Something that it did was not taken; printed where it is missing. */
  onError?(message: string): Maybe<void>;
  /** A sentence of the hub; printed where it is missing. */
  onMessage?(message: string): Maybe<void>;
  /** The hub went away, or the agent is about to be ended. */
  onDisconnect?(): Maybe<void>;
}

/** A class of either shape. What stands after `--` on the command line comes as arguments, as texts. */
export type AgentClass = new (...args: string[]) => SceneAgent | StepAgent;
