/**
 * The matches of the league that run: each in a room of its own, opened for it and closed after it. A result counts
 * once, by the id of its match, and only when it is on disk.
 */
import type { Ending } from '../../shared/games/game.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { MatchResult } from '../rooms/room-parts.ts';
import type { GameEnd, GamePlayer, GameStart, LeagueStore } from '../store/league-store.ts';
import type { Hall } from './hall.ts';
import type { Ladder, Result } from './ladder.ts';

export interface Player {
  readonly device: string;
  readonly user: number;
}

export interface Running {
  readonly room: string;
  readonly game: string;
  readonly tournament: number | null;
  readonly players: readonly GamePlayer[];
  /** Opened, by the hub's clock. */
  readonly openedAt: number;
  /** What is on disk of its beginning; null: it has not begun. */
  begun: GameStart | null;
  cancelLimit: Cancel;
}

/** How a match of the league ended, for who paired it. */
export interface Finished {
  readonly running: Pick<Running, 'game' | 'tournament' | 'players'>;
  readonly ending: Ending;
  /** Of all seats. */
  readonly scores: readonly number[];
  readonly end: GameEnd | null;
}

export interface MatchesParts {
  readonly clock: Clock;
  readonly store: LeagueStore;
  readonly ladder: Ladder;
  readonly hall: Hall;
  readonly limitMs: number;
  readonly lossByLeaving: boolean;
  readonly isUser: (id: number) => boolean;
  /** A number from 0 to `below` - 1. */
  readonly random: (below: number) => number;
  finished(finished: Finished): void;
  failed(error: unknown): void;
}

/** How long a room waits for those who were seated, in ms: a bot of the hub takes a moment. */
const BEGIN_MS = 10_000;
/** Stands for a bot that is brought in when the room is there. */
export const BOT_COMES = '';

export class Matches {
  readonly #parts: MatchesParts;
  readonly #running = new Map<string, Running>();
  #number = 0;
  #last: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(parts: MatchesParts) {
    this.#parts = parts;
  }

  get all(): readonly Running[] {
    return [...this.#running.values()];
  }

  of(device: string): Running | undefined {
    return this.all.find(({ players }) => players.some((player) => player.device === device));
  }

  /**
   * Opens a room and seats the players in an order of chance.
   * @throws PaddlewireError those of rooms and seats; nothing is left open then
   */
  start(players: readonly Player[], game: string, tournament: number | null): Running {
    const { hall, clock } = this.#parts;
    const room = this.#freeRoom();
    hall.open(room, game);
    try {
      const seated = this.#shuffled(players).map((player, seat) => this.#seat(player, seat, room, game));
      const running: Running = {
        room,
        game,
        tournament,
        players: seated,
        openedAt: clock.now(),
        begun: null,
        cancelLimit: () => {},
      };
      this.#running.set(room, running);
      this.#limit(running);
      this.changed(room);
      return running;
    } catch (error) {
      hall.close(room);
      throw error;
    }
  }

  /** Something of a room is not what it was: its match may have begun. */
  changed(room: string): void {
    const running = this.#running.get(room);
    const begun = running === undefined || running.begun !== null ? null : this.#parts.hall.begun(room);
    if (running === undefined || begun === null) return;
    const { game, tournament, players } = running;
    running.begun = { ...begun, game, tournament, players };
    void this.#parts.store.begin(running.begun).catch((error: unknown) => this.#parts.failed(error));
  }

  /** Takes away rooms that never began, and those that somebody closed. */
  sweep(): void {
    const { hall, clock } = this.#parts;
    for (const running of this.all) {
      const late = running.begun === null && !hall.frozen && clock.now() - running.openedAt > BEGIN_MS;
      if (!late && hall.isOpen(running.room)) continue;
      if (running.begun !== null) void this.#forget(running.begun.match);
      this.#over(running, { kind: 'void' }, [], null);
    }
  }

  /** A match has ended, and that is on disk. */
  ended(room: string, result: MatchResult): void {
    const running = this.#running.get(room);
    if (running === undefined || this.#stopped) return;
    // It can be over before anybody has looked.
    this.changed(room);
    const ending = this.#endingOf(running, result);
    const { match, endedAt, scores } = result;
    const { game, players } = running;
    void this.#settle(running, { match, game, players, ending, scores, endedAt }).catch((error: unknown) =>
      this.#parts.failed(error),
    );
  }

  /** A match that was decided, but not settled, when the hub ended. @returns null: it has no result */
  settleLate(result: Result): Promise<GameEnd | null> {
    return this.#keep(result);
  }

  /** Nothing that ends from now on counts: the hub stops. */
  stop(): void {
    this.#stopped = true;
    for (const { cancelLimit } of this.all) cancelLimit();
    this.#running.clear();
  }

  /** What ends counts again. */
  resume(): void {
    this.#stopped = false;
  }

  /** A match that never ends is ended; while all rooms are held that does not count. */
  #limit(running: Running): void {
    const { clock, hall, limitMs } = this.#parts;
    running.cancelLimit = clock.after(limitMs, () => {
      if (hall.frozen) this.#limit(running);
      else hall.close(running.room);
    });
  }

  async #settle(running: Running, result: Result): Promise<void> {
    let end: GameEnd | null = null;
    try {
      end = await this.#keep(result);
      if (end === null) await this.#forget(result.match);
    } finally {
      this.#over(running, result.ending, result.scores, end);
    }
  }

  #forget(match: string): Promise<void> {
    return this.#parts.store.forget(match).catch((error: unknown) => this.#parts.failed(error));
  }

  /** One after another: a user may end two matches at once, and each rating follows from the one before. */
  #keep(result: Result): Promise<GameEnd | null> {
    const kept = this.#last.then(() => this.#write(result));
    this.#last = kept.catch(() => {});
    return kept;
  }

  /** Once for each match: what is on disk already stays as it is. */
  async #write(result: Result): Promise<GameEnd | null> {
    const { ladder, store, lossByLeaving, isUser } = this.#parts;
    const end = ladder.judge(result, lossByLeaving);
    if (end === null) return null;
    // Who was removed meanwhile has no rating any more.
    const ratings = end.ratings.filter(({ user }) => isUser(user));
    if (await store.end({ ...end, ratings })) for (const row of ratings) ladder.put(row);
    return end;
  }

  #over(running: Running, ending: Ending, scores: readonly number[], end: GameEnd | null): void {
    if (!this.#running.delete(running.room)) return;
    running.cancelLimit();
    const decided = ending.kind === 'win' || ending.kind === 'draw';
    // Who was told START is told END, however it came to it; a result was told by the room.
    if (running.begun !== null && !decided)
      for (const { device } of running.players) this.#parts.hall.endVoid(device, scores);
    this.#parts.hall.close(running.room);
    this.#parts.finished({ running, ending, scores, end });
  }

  /** A match that ended because too few were left has lost whoever is not there any more. */
  #endingOf({ players }: Running, { ending, players: left }: MatchResult): Ending {
    if (ending.kind !== 'void') return ending;
    const gone = players.filter(({ device }) => !left.some((player) => player.device === device));
    return gone.length === 1 && gone[0] !== undefined ? { kind: 'disconnected', seat: gone[0].seat } : ending;
  }

  #seat(player: Player, seat: number, room: string, game: string): GamePlayer {
    const { hall } = this.#parts;
    const { user } = player;
    const side = hall.seatsOf(game)[seat] ?? '';
    if (player.device === BOT_COMES) return { seat, user, device: hall.bring(room, game, side, { user, token: 0 }) };
    hall.seat(player.device, room, side);
    return { ...player, seat };
  }

  #freeRoom(): string {
    let room = '';
    do room = `league-${++this.#number}`;
    while (this.#parts.hall.isOpen(room));
    return room;
  }

  #shuffled<T>(values: readonly T[]): T[] {
    const shuffled = [...values];
    for (let at = shuffled.length - 1; at > 0; at--) {
      const other = this.#parts.random(at + 1);
      [shuffled[at], shuffled[other]] = [shuffled[other] as T, shuffled[at] as T];
    }
    return shuffled;
  }
}
