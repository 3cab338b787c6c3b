/**
 * The league: who asks for a match is paired, plays in a room of its own, and is rated (docs/league.md). The lobby hands
 * it every JOIN of `league` or `league:GAME`.
 */
import { randomInt } from 'node:crypto';
import type { Me } from '../../shared/contract/league-api.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { Session } from '../lobby/session.ts';
import type { MatchResult } from '../rooms/room-parts.ts';
import type { LeagueStore, OpenGame } from '../store/league-store.ts';
import { Accounts } from './accounts.ts';
import type { Hall } from './hall.ts';
import { Ladder } from './ladder.ts';
import { Matches, type Finished, type Player, type Running } from './matches.ts';
import { Pairing } from './pairing.ts';
import type { Passwords } from './passwords.ts';
import { Queue, type Entry } from './queue.ts';
import { scoreOf } from './ratings.ts';
import { standing, unfinished } from './sentences.ts';
import { Tournaments } from './tournaments/tournaments.ts';
import { resultOf } from './unsettled.ts';

/** The settings `league.…` (hub/config/schema.ts). */
export interface LeagueSettings {
  readonly key: string;
  readonly game: string;
  readonly everyMs: number;
  readonly nearness: number;
  readonly bonus: number;
  readonly keepWaiting: number;
  readonly maxMatches: number;
  readonly matchMinutes: number;
  readonly bots: string;
  readonly rematchAfterS: number;
  readonly botAfterS: number;
  readonly disconnect: string;
  readonly disconnectRating: string;
  readonly decayMinutes: number;
  readonly decaySigma: number;
  readonly forfeitS: number;
}

export interface LeagueParts {
  readonly clock: Clock;
  readonly store: LeagueStore;
  readonly settings: LeagueSettings;
  /** Games that are played in it. */
  readonly games: readonly string[];
  readonly hall: Hall;
  readonly passwords: Passwords;
  /** A token counts no more; null: none of the user does. */
  revoked(user: number, token: number | null): void;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
}

type DeviceInfo = Me['devices'][number];

const LEAGUE = 'league';
const LEAGUE_ROOM = /^league-\d+$/;
const MINUTE_MS = 60_000;

export class League {
  readonly #parts: LeagueParts;
  readonly #queue: Queue;
  readonly #matches: Matches;
  readonly #pairing: Pairing;
  /** Devices that asked for the next match before the present one was settled, with the game. */
  readonly #again = new Map<string, string>();
  #cancelRound: Cancel | null = null;
  #decayedAt = 0;
  readonly accounts: Accounts;
  readonly ladder = new Ladder();
  readonly tournaments: Tournaments;

  constructor(parts: LeagueParts) {
    this.#parts = parts;
    const { clock, store, hall, settings, passwords } = parts;
    const failed = (error: unknown): void => this.#failed(error);
    this.accounts = new Accounts({
      store,
      clock,
      passwords,
      revoked: (user, token) => parts.revoked(user, token),
      failed,
    });
    this.#queue = new Queue((device, text) => hall.note(device, text));
    this.#matches = new Matches({
      clock,
      store,
      hall,
      ladder: this.ladder,
      limitMs: settings.matchMinutes * MINUTE_MS,
      lossByLeaving: settings.disconnectRating === 'loss',
      isUser: (id) => this.accounts.user(id) !== undefined,
      random: (below) => randomInt(below),
      finished: (finished) => this.#finished(finished),
      failed,
    });
    this.tournaments = new Tournaments({
      clock,
      store,
      forfeitMs: settings.forfeitS * 1000,
      score: (user, game) => scoreOf(this.ladder.of(user, game)),
      waiting: (game) => this.#queue.all(game),
      running: () => this.#matches.all,
      begin: (players, game, tournament) => {
        if (this.#pairing.isRoom) this.#start(players, game, tournament);
      },
      failed,
    });
    this.#pairing = new Pairing({
      clock,
      settings,
      hall,
      queue: this.#queue,
      ladder: this.ladder,
      accounts: this.accounts,
      tournaments: () => this.tournaments,
      running: () => this.#matches.all,
      start: (players, game) => this.#start(players, game, null),
      failed,
    });
  }

  get settings(): LeagueSettings {
    return this.#parts.settings;
  }

  get games(): readonly string[] {
    return this.#parts.games;
  }

  get waiting(): readonly Entry[] {
    return this.#queue.all();
  }

  get running(): readonly Running[] {
    return this.#matches.all;
  }

  /** Reads what is on disk, and settles what was not settled when the hub ended. */
  async load(): Promise<void> {
    const books = await this.#parts.store.load(this.#parts.clock.epoch());
    this.accounts.load(books);
    this.ladder.load(books.ratings);
    this.tournaments.load(books.tournaments);
    await this.#settle(books.open);
  }

  start(): void {
    this.#matches.resume();
    this.#decayedAt = this.#parts.clock.now();
    this.#next();
  }

  stop(): void {
    this.#cancelRound?.();
    this.#cancelRound = null;
    this.#matches.stop();
    this.#queue.clear();
    this.#again.clear();
  }

  /** Whether a JOIN is for the league. */
  takes(wish: string): boolean {
    return wish === LEAGUE || wish.startsWith(`${LEAGUE}:`);
  }

  /** Whether a room is that of a match of the league. */
  owns(room: string): boolean {
    return LEAGUE_ROOM.test(room);
  }

  /**
   * A device asks to be paired.
   * @param wish `league` or `league:GAME`
   * @throws PaddlewireError token-required, league-game
   */
  join({ id, holder }: Pick<Session, 'id' | 'holder'>, wish: string): void {
    const user = holder === null ? undefined : this.accounts.user(holder.user);
    if (user === undefined) throw new PaddlewireError('token-required');
    const game = this.gameCalled(wish === LEAGUE ? this.settings.game : wish.slice(LEAGUE.length + 1));
    this.#parts.hall.prepare(game);
    if (this.#matches.of(id) !== undefined) {
      // The result of its match is being written: it is paired again when that is done.
      this.#again.set(id, game);
      return;
    }
    const since = this.#parts.clock.now();
    this.#queue.add({ device: id, user: user.id, game, bot: user.role === 'bot', since });
  }

  /** @throws PaddlewireError league-game */
  gameCalled(game: string): string {
    const { games } = this;
    if (games.includes(game)) return game;
    throw new PaddlewireError('league-game', `The league has no game ${game}; it has ${games.join(', ')}.`, { games });
  }

  /** A game that two play against each other. @throws PaddlewireError league-game */
  pairsOf(game: string): string {
    if (this.#parts.hall.sizeOf(this.gameCalled(game)) === 2) return game;
    throw new PaddlewireError('league-game', `${game} is for more than two: a tournament pairs two.`);
  }

  /** A device waits no more: it has left, gone, or sat down elsewhere. */
  left(device: string): void {
    this.#queue.remove(device);
    this.#again.delete(device);
  }

  /** Ends the match in a room without a result. */
  cancel(room: string): void {
    this.#parts.hall.close(room);
  }

  /** Something of a room is not what it was. */
  changed(room: string): void {
    this.#matches.changed(room);
  }

  /** A match has ended, and that is on disk. */
  ended(room: string, result: MatchResult): void {
    this.#matches.ended(room, result);
  }

  /** How a device of a user is. */
  device(device: string): DeviceInfo {
    const entry = this.#queue.get(device);
    const { hall } = this.#parts;
    const here = this.#matches.of(device) === undefined ? (entry === undefined ? 'idle' : 'waiting') : 'playing';
    const doing = hall.isThere(device) ? here : 'away';
    return { device, name: hall.nameOf(device), doing, note: entry?.note ?? '' };
  }

  nameOf(device: string): string {
    return this.#parts.hall.nameOf(device);
  }

  /** Removes a user, who has no rating any more. @throws PaddlewireError user-unknown */
  async remove(name: string): Promise<void> {
    this.ladder.forget(await this.accounts.remove(name));
  }

  /** Takes back all ratings, or all matches with them. */
  async reset(what: 'games' | 'ratings'): Promise<void> {
    await this.#parts.store.reset(what);
    this.ladder.clear();
    if (what === 'games') this.tournaments.clear();
  }

  /** Pairs whoever can be paired now. */
  round(): void {
    this.#matches.sweep();
    this.#decay();
    // A match that cannot begin would keep those who wait from each other.
    if (this.#parts.hall.frozen) return;
    this.tournaments.round();
    this.#pairing.round();
  }

  #next(): void {
    this.#cancelRound = this.#parts.clock.after(this.settings.everyMs, () => {
      try {
        this.round();
      } catch (error) {
        this.#failed(error);
      }
      this.#next();
    });
  }

  #start(players: readonly Player[], game: string, tournament: number | null): void {
    for (const { device } of players) this.#queue.remove(device);
    try {
      this.#matches.start(
        players.map(({ device, user }) => ({ device, user })),
        game,
        tournament,
      );
    } catch (error) {
      if (!(error instanceof PaddlewireError)) throw error;
      this.#parts.log(error.code, { text: error.message, league: game });
      for (const { device } of players)
        this.#parts.hall.note(device, `Your match could not begin (${error.code}). JOIN again.`);
    }
  }

  /** Who played has no seat any more, knows how it stands, and is paired again if it has asked. */
  #finished(finished: Finished): void {
    const { running, ending } = finished;
    const { hall, clock } = this.#parts;
    this.tournaments.finished(finished);
    const gone = ending.kind === 'disconnected' ? running.players.find(({ seat }) => seat === ending.seat) : undefined;
    const decided = ending.kind === 'win' || ending.kind === 'draw';
    for (const { device, user } of running.players) {
      const again = this.#again.get(device);
      this.#again.delete(device);
      if (!hall.isThere(device)) continue;
      const place = this.ladder.places(running.game).find((one) => one.user === user);
      hall.note(device, decided ? standing(place) : unfinished(this.accounts.user(gone?.user ?? -1)?.name));
      const row = this.accounts.user(user);
      if (again !== undefined && row !== undefined)
        this.#queue.add({ device, user, game: again, bot: row.role === 'bot', since: clock.now() });
    }
  }

  async #settle(open: readonly OpenGame[]): Promise<void> {
    for (const game of open) {
      const result = resultOf(game);
      const end = result === null ? null : await this.#matches.settleLate(result);
      if (result === null || end === null) await this.#parts.store.forget(game.match);
      else this.tournaments.finished({ running: game, ending: result.ending, scores: result.scores, end });
      this.#parts.log('league-match-settled', { match: game.match, result: result?.ending.kind ?? null });
    }
  }

  #decay(): void {
    const { decayMinutes, decaySigma } = this.settings;
    const { clock, store } = this.#parts;
    if (decayMinutes === 0 || clock.now() - this.#decayedAt < MINUTE_MS) return;
    this.#decayedAt = clock.now();
    const rows = this.ladder.idle(clock.epoch(), decayMinutes * MINUTE_MS, decaySigma / 100);
    if (rows.length === 0) return;
    for (const row of rows) this.ladder.put(row);
    void store.decay(rows).catch((error: unknown) => this.#failed(error));
  }

  #failed(error: unknown): void {
    const code = error instanceof PaddlewireError ? error.code : 'internal-error';
    this.#parts.log(code, {
      league: true,
      text: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}
