/**
 * The league: who asks for a match is paired, plays in a room of its own, and is rated (docs/league.md). The lobby hands
 * it every JOIN of `league` or `league:GAME`.
 */
import { randomInt } from 'node:crypto';
import type { Me } from '../../shared/contract/league-api.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Ending } from '../../shared/games/game.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { Session } from '../lobby/session.ts';
import type { MatchResult } from '../rooms/room-parts.ts';
import type { LeagueBooks, LeagueStore, OpenGame } from '../store/league-store.ts';
import { Accounts } from './accounts.ts';
import type { Hall } from './hall.ts';
import { Ladder } from './ladder.ts';
import { groupsForBots, groupsOf, reasonOf, type PairingRules, type WaitReason } from './matchmaking.ts';
import { BOT_COMES, Matches, type Finished, type Player, type Running } from './matches.ts';
import { Queue, weighed, type Entry } from './queue.ts';
import { scoreOf } from './ratings.ts';
import { Tournaments } from './tournaments/tournaments.ts';

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
  /** A token counts no more; null: none of the user does. */
  revoked(user: number, token: number | null): void;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
}

type DeviceInfo = Me['devices'][number];

const LEAGUE = 'league';
const LEAGUE_ROOM = /^league-\d+$/;
const MINUTE_MS = 60_000;

/** Why somebody waits, in a sentence. */
const REASONS: Readonly<Record<WaitReason, string>> = {
  alone: 'Nobody else waits for this game.',
  own: 'Only players of your own user wait; they are never paired with each other.',
  far: 'Nobody who waits is near enough; the longer both wait, the less that counts.',
  few: 'Too few wait for this game.',
  full: 'As many matches run as the league allows; yours begins when one of them ends.',
};

export class League {
  readonly #parts: LeagueParts;
  readonly #queue: Queue;
  readonly #matches: Matches;
  /** Devices that asked for the next match before the present one was settled, with the game. */
  readonly #again = new Map<string, string>();
  #cancelRound: Cancel | null = null;
  #decayedAt = 0;
  readonly accounts: Accounts;
  readonly ladder = new Ladder();
  readonly tournaments: Tournaments;

  constructor(parts: LeagueParts) {
    this.#parts = parts;
    const { clock, store, hall, settings } = parts;
    const failed = (error: unknown): void => this.#failed(error);
    this.accounts = new Accounts({ store, clock, revoked: (user, token) => this.#revoked(user, token), failed });
    this.#queue = new Queue((device, text) => hall.note(device, text));
    this.#matches = new Matches({
      clock,
      store,
      hall,
      ladder: this.ladder,
      limitMs: settings.matchMinutes * MINUTE_MS,
      lossByLeaving: settings.disconnectRating === 'loss',
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
        if (this.#isRoom()) this.#start(players, game, tournament);
      },
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
    await this.#settleOpen(books);
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
    this.tournaments.round();
    for (const game of this.#queue.games) this.#pair(game);
    this.#decay();
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

  #pair(game: string): void {
    const now = this.#parts.clock.now();
    const rules = this.#rules(game);
    const entries = this.#queue.all(game).filter((entry) => !this.#isDue(entry));
    const waiting = entries.map((entry) => weighed(entry, this.ladder));
    const most = this.#mayTake(game, waiting.length, rules.size);
    for (const group of groupsOf(waiting, rules, now, most)) this.#start(group, game, null);
    const left = waiting.filter(({ device }) => this.#queue.get(device) !== undefined);
    this.#bringBots(groupsForBots(left, rules, now), game);
    for (const one of left) {
      const entry = this.#queue.get(one.device);
      const reason = reasonOf(one, left, rules, this.#isRoom() ? Infinity : 0);
      if (entry !== undefined) this.#queue.explain(entry, reason, REASONS[reason]);
    }
  }

  #bringBots(groups: readonly Player[][], game: string): void {
    if (groups.length === 0 || this.settings.bots === 'off' || !this.#parts.hall.hasBot(game)) return;
    const user = this.accounts.houseBotId;
    // It is a user as others are: the first who needs it waits until it is on disk.
    if (user === null) void this.accounts.houseBot().catch((error: unknown) => this.#failed(error));
    else
      for (const group of groups) if (this.#isRoom()) this.#start([...group, { device: BOT_COMES, user }], game, null);
  }

  #rules(game: string): PairingRules {
    const { nearness, bonus, botAfterS } = this.settings;
    const size = this.#parts.hall.sizeOf(game);
    return { threshold: nearness / 100, bonusPerMinute: bonus / 100, botAfterMs: botAfterS * 1000, size };
  }

  /** How many may be taken out of a queue: some stay for a choice, unless nobody else could come. */
  #mayTake(game: string, waiting: number, size: number): number {
    const playing = this.running.filter((match) => match.game === game).flatMap(({ players }) => players).length;
    const kept = playing === 0 ? 0 : Math.floor(((waiting + playing) * this.settings.keepWaiting) / 100);
    const rooms = this.settings.maxMatches - this.running.length;
    return Math.max(0, Math.min(waiting - kept, rooms * size));
  }

  #isRoom(): boolean {
    return this.running.length < this.settings.maxMatches;
  }

  /** Whether a device waits for its opponent in a tournament; it is told whom. */
  #isDue(entry: Entry): boolean {
    const found = this.tournaments.dueFor(entry.user, entry.game);
    if (found === null) return false;
    const { tournament, due } = found;
    const opponent = this.accounts.user(due.players.find((user) => user !== entry.user) ?? -1)?.name ?? 'nobody';
    const reason = `${tournament.id} ${tournament.draw.rounds.length} ${opponent}`;
    const round = `Round ${tournament.draw.rounds.length} of ${tournament.name}`;
    this.#queue.explain(entry, reason, `${round}: you play ${opponent}, as soon as both are there.`);
    return true;
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
    const { hall } = this.#parts;
    this.tournaments.finished(finished);
    for (const { device, user } of running.players) {
      if (!hall.isThere(device)) continue;
      const unfinished = ending.kind === 'disconnected' || ending.kind === 'void';
      hall.note(device, unfinished ? this.#unfinished(running, ending) : this.#standing(user, running.game));
      const game = this.#again.get(device);
      this.#again.delete(device);
      const row = this.accounts.user(user);
      if (game !== undefined && row !== undefined)
        this.#queue.add({ device, user, game, bot: row.role === 'bot', since: this.#parts.clock.now() });
    }
  }

  #unfinished({ players }: Running, ending: Ending): string {
    const gone = ending.kind === 'disconnected' ? players.find(({ seat }) => seat === ending.seat) : undefined;
    const name = gone === undefined ? undefined : this.accounts.user(gone.user)?.name;
    const why = name === undefined ? 'The match ended without a result.' : `The match ended because ${name} went away.`;
    return `${why} JOIN again to be paired.`;
  }

  #standing(user: number, game: string): string {
    const place = this.ladder.places(game).find((one) => one.user === user);
    return place === undefined
      ? 'JOIN again to be paired.'
      : `You are ${place.rank} on the ladder of ${game} with ${place.score.toFixed(2)}. JOIN again to be paired.`;
  }

  #revoked(user: number, token: number | null): void {
    this.#parts.revoked(user, token);
  }

  async #settleOpen({ open }: LeagueBooks): Promise<void> {
    for (const game of open) {
      const ending = endingOf(game);
      const scores = ending === null ? [] : scoresOf(game);
      const { match, players, endedAt, startedAt } = game;
      const result = { match, game: game.game, players, scores, endedAt: endedAt ?? startedAt };
      const settled = ending !== null && (await this.#matches.settleLate({ ...result, ending }));
      if (!settled) await this.#parts.store.forget(match);
      this.#parts.log('league-match-settled', { match, result: ending?.kind ?? null });
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

/** What the hub's books say of how a match ended; null: nothing that counts. */
function endingOf({ outcome, winner, players }: OpenGame): Ending | null {
  if (outcome === 'draw') return { kind: 'draw' };
  const seat = players.find(({ device }) => device === winner)?.seat;
  return outcome === 'win' && seat !== undefined ? { kind: 'win', winner: seat } : null;
}

function scoresOf({ players, points }: OpenGame): number[] {
  const scores: number[] = [];
  for (const { seat, device } of players) scores[seat] = points.find((one) => one.device === device)?.points ?? 0;
  return Array.from(scores, (score) => score ?? 0);
}
