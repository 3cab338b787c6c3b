/** All rooms, each with its clock: they are opened, changed and closed while the hub runs. */
import type { Begins } from '../../shared/contract/api.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import { withDefaults, type Parameters } from '../../shared/games/game.ts';
import type { AnyGame } from '../../shared/games/registry.ts';
import type { Clock } from '../clock.ts';
import type { LostPolicy } from './lost-policy.ts';
import { rehearse } from './rehearsal.ts';
import type { RoomParts, RoomSettings } from './room-parts.ts';
import { Room } from './room.ts';
import { Ticker } from './ticker.ts';

/** What makes one room differ from another. */
export interface RoomSpec {
  readonly name: string;
  readonly game: AnyGame;
  /** Those that are not the game's own defaults. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly policy: LostPolicy;
  /** By itself, if left out. */
  readonly begins?: Begins;
  /** One match, and no other after it. */
  readonly once?: boolean;
  /** Where it differs from what all rooms have in common. */
  readonly timing?: Partial<Pick<RoomSettings, 'countdownMs' | 'graceMs'>>;
}

export interface RoomsParts {
  readonly clock: Clock;
  /** What all rooms have in common. */
  readonly settings: Omit<RoomSettings, 'name' | 'policy' | 'begins' | 'once'>;
  /** The rest of what a room of this name is given. */
  readonly parts: (
    name: string,
  ) => Pick<RoomParts<unknown, unknown, Parameters>, 'seed' | 'book' | 'journal' | 'kindOf' | 'out'>;
}

/** The most that can be opened over HTTP: each has a clock of its own, and all of them share a thread. */
export const MAX_ROOMS = 16;

/** Multiples of it, modulo 1, are spread evenly however many there are: rooms do not tick, nor do agents answer, all at once. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

export interface RunningRoom {
  readonly spec: RoomSpec;
  readonly room: Room;
  readonly ticker: Ticker;
}

export class Rooms {
  readonly #parts: RoomsParts;
  readonly #running = new Map<string, RunningRoom>();
  readonly #byName = new Map<string, Room>();
  readonly #rehearsed = new Set<AnyGame>();
  #started = false;
  #opened = 0;
  /** The teacher's hand is on all of them. */
  frozen = false;

  constructor(parts: RoomsParts) {
    this.#parts = parts;
  }

  get byName(): ReadonlyMap<string, Room> {
    return this.#byName;
  }

  get tickers(): Ticker[] {
    return [...this.#running.values()].map(({ ticker }) => ticker);
  }

  get all(): readonly RunningRoom[] {
    return [...this.#running.values()];
  }

  spec(name: string): RoomSpec | undefined {
    return this.#running.get(name)?.spec;
  }

  /** Plays each game unseen, so that the first match of it is as smooth as the last. */
  async rehearse(games: Iterable<AnyGame> = this.#games): Promise<void> {
    for (const game of games) {
      if (this.#rehearsed.has(game)) continue;
      this.#rehearsed.add(game);
      await rehearse(game, withDefaults(game.parameters));
    }
  }

  /** Starts the clocks. */
  start(): void {
    this.#started = true;
    for (const { ticker } of this.#running.values()) ticker.start();
  }

  stop(): void {
    this.#started = false;
    for (const { ticker } of this.#running.values()) ticker.stop();
  }

  /** Opens a room. @throws PaddlewireError room-exists */
  open(spec: RoomSpec): Room {
    if (this.#running.has(spec.name)) throw new PaddlewireError('room-exists');
    return this.#open(spec);
  }

  /** Ends its match as void, and takes the room away; `closed` settles when the match is on disk. */
  close(name: string): { readonly closed: Promise<void> } {
    const running = this.#running.get(name);
    this.#running.delete(name);
    this.#byName.delete(name);
    running?.ticker.stop();
    return { closed: running?.room.close() ?? Promise.resolve() };
  }

  /** Ends its match as void, and opens it anew in its place. @returns the new room, with nobody in it */
  replace(spec: RoomSpec): Room {
    const running = this.#running.get(spec.name);
    running?.ticker.stop();
    void running?.room.close();
    return this.#open(spec);
  }

  /** What becomes of play in a room when devices vanish. */
  setPolicy(name: string, policy: LostPolicy): void {
    const running = this.#running.get(name);
    if (running === undefined) return;
    this.#running.set(name, { ...running, spec: { ...running.spec, policy } });
    running.room.setPolicy(policyFor(running.spec.game, policy));
  }

  /** When matches begin in a room. */
  setBegins(name: string, begins: Begins): void {
    const running = this.#running.get(name);
    if (running === undefined) return;
    this.#running.set(name, { ...running, spec: { ...running.spec, begins } });
    running.room.setBegins(begins);
  }

  freeze(frozen: boolean): void {
    this.frozen = frozen;
    for (const room of this.#byName.values()) room.freeze(frozen);
  }

  get #games(): Set<AnyGame> {
    return new Set([...this.#running.values()].map(({ spec }) => spec.game));
  }

  #open(spec: RoomSpec): Room {
    const { name, game, parameters, policy, begins = 'itself', once = false, timing } = spec;
    const { clock, settings } = this.#parts;
    const parts = this.#parts.parts(name);
    const room: Room = new Room({
      game,
      parameters: withDefaults(game.parameters, parameters),
      settings: { ...settings, ...timing, name, policy: policyFor(game, policy), begins, once },
      clock,
      ...parts,
    });
    if (this.frozen) room.freeze(true);
    const ticker = new Ticker(clock, settings.rate, (due) => room.tick(due), (this.#opened++ * GOLDEN) % 1);
    this.#running.set(name, { spec, room, ticker });
    this.#byName.set(name, room);
    if (this.#started) {
      ticker.start();
      // Nothing has happened in it yet, but it is there.
      parts.out.changed();
    }
    return room;
  }
}

/** A class of thirty does not wait for one. */
const policyFor = ({ waitsForLost }: AnyGame, policy: LostPolicy): LostPolicy =>
  waitsForLost === false && policy === 'pause' ? 'freeze' : policy;
