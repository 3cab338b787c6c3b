/** The rounds of the queue: who can be paired is, bots step in, and who still waits is told why. */
import type { Clock } from '../clock.ts';
import type { Accounts } from './accounts.ts';
import type { Hall } from './hall.ts';
import type { Ladder } from './ladder.ts';
import type { LeagueSettings } from './league.ts';
import {
  crowdOf,
  groupsForBots,
  groupsOf,
  reasonOf,
  type PairingRules,
  type Waiting,
  type WaitReason,
} from './matchmaking.ts';
import { BOT_COMES, type Player, type Running } from './matches.ts';
import { weighed, type Entry, type Queue } from './queue.ts';
import type { Tournaments } from './tournaments/tournaments.ts';

export interface PairingParts {
  readonly clock: Clock;
  readonly settings: LeagueSettings;
  readonly hall: Hall;
  readonly queue: Queue;
  readonly ladder: Ladder;
  readonly accounts: Accounts;
  readonly tournaments: () => Tournaments;
  readonly running: () => readonly Running[];
  readonly start: (players: readonly Player[], game: string) => void;
  readonly failed: (error: unknown) => void;
}

/** Why somebody waits, in a sentence. */
const REASONS: Readonly<Record<WaitReason, string>> = {
  alone: 'Nobody else waits for this game.',
  own: 'Only players of your own user wait; they are never paired with each other.',
  far: 'Nobody who waits is near enough; the longer both wait, the less that counts.',
  few: 'Too few wait for this game.',
  again: 'You have just played each other; you meet again soon if nobody else comes.',
  full: 'As many matches run as the league allows; yours begins when one of them ends.',
};

const keyOf = (game: string, user: number): string => `${user} ${game}`;

export class Pairing {
  readonly #parts: PairingParts;
  /** Whom a user has met in the newest match, by game and user. */
  readonly #met = new Map<string, readonly number[]>();

  constructor(parts: PairingParts) {
    this.#parts = parts;
  }

  /** Whether another match may run. */
  get isRoom(): boolean {
    return this.#parts.running().length < this.#parts.settings.maxMatches;
  }

  round(): void {
    for (const game of this.#parts.queue.games) this.#pair(game);
  }

  #pair(game: string): void {
    const { clock, queue, ladder } = this.#parts;
    const now = clock.now();
    const rules = this.#rules(game);
    const entries = queue.all(game).filter((entry) => !this.#isDue(entry));
    const waiting = entries.map((entry) => weighed(entry, ladder, this.#met.get(keyOf(game, entry.user)) ?? []));
    const stillWait = (): Waiting[] => waiting.filter(({ device }) => queue.get(device) !== undefined);
    const pairUp = (some: readonly Waiting[], by: PairingRules): void => {
      for (const group of groupsOf(some, by, now, this.#mayTake(game, some.length, by.size))) this.#start(group, game);
    };
    pairUp(waiting, rules);
    // Nobody else could come: then those who have just met need not wait for anybody.
    if (this.#playing(game) === 0) pairUp(stillWait(), { ...rules, rematchMs: 0 });
    const left = stillWait();
    this.#bringBots(groupsForBots(left, rules, now), game);
    const crowd = crowdOf(left);
    for (const one of left) {
      const entry = queue.get(one.device);
      const reason = reasonOf(one, crowd, rules.size, this.isRoom);
      if (entry !== undefined) queue.explain(entry, reason, REASONS[reason]);
    }
  }

  #start(players: readonly Player[], game: string): void {
    const users = players.map(({ user }) => user);
    for (const user of users) {
      const others = users.filter((other) => other !== user);
      this.#met.set(keyOf(game, user), others);
    }
    this.#parts.start(players, game);
  }

  #bringBots(groups: readonly Player[][], game: string): void {
    const { settings, hall, accounts, failed } = this.#parts;
    if (groups.length === 0 || settings.bots === 'off' || !hall.hasBot(game)) return;
    const user = accounts.houseBotId;
    // It is a user as others are: the first who needs it waits until it is on disk.
    if (user === null) void accounts.houseBot().catch(failed);
    else for (const group of groups) if (this.isRoom) this.#start([...group, { device: BOT_COMES, user }], game);
  }

  #rules(game: string): PairingRules {
    const { nearness, bonus, botAfterS, rematchAfterS } = this.#parts.settings;
    return {
      threshold: nearness / 100,
      bonusPerMinute: bonus / 100,
      botAfterMs: botAfterS * 1000,
      rematchMs: rematchAfterS * 1000,
      size: this.#parts.hall.sizeOf(game),
    };
  }

  /** How many play a game of the league now. */
  #playing(game: string): number {
    const matches = this.#parts.running().filter((match) => match.game === game);
    return matches.flatMap(({ players }) => players).length;
  }

  /** How many may be taken out of a queue: some stay for a choice, unless nobody else could come. */
  #mayTake(game: string, waiting: number, size: number): number {
    const { settings, running } = this.#parts;
    const playing = this.#playing(game);
    const kept = playing === 0 ? 0 : Math.floor(((waiting + playing) * settings.keepWaiting) / 100);
    const rooms = settings.maxMatches - running().length;
    return Math.max(0, Math.min(waiting - kept, rooms * size));
  }

  /** Whether a device waits for its opponent in a tournament; it is told whom. */
  #isDue(entry: Entry): boolean {
    const { tournaments, accounts, queue } = this.#parts;
    const found = tournaments().dueFor(entry.user, entry.game);
    if (found === null) return false;
    const { tournament, due } = found;
    const opponent = accounts.user(due.players.find((user) => user !== entry.user) ?? -1)?.name ?? 'nobody';
    const reason = `${tournament.id} ${tournament.draw.rounds.length} ${opponent}`;
    const round = `Round ${tournament.draw.rounds.length} of ${tournament.name}`;
    queue.explain(entry, reason, `${round}: you play ${opponent}, as soon as both are there.`);
    return true;
  }
}
