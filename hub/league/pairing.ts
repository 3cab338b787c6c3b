/** The rounds of the queue: who can be paired is, bots step in, and who still waits is told why. */
import type { Clock } from '../clock.ts';
import type { Accounts } from './accounts.ts';
import type { Hall } from './hall.ts';
import type { Ladder } from './ladder.ts';
import type { LeagueSettings } from './league.ts';
import { crowdOf, groupsForBots, groupsOf, reasonOf, type PairingRules, type WaitReason } from './matchmaking.ts';
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
  full: 'As many matches run as the league allows; yours begins when one of them ends.',
};

export class Pairing {
  readonly #parts: PairingParts;

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
    const { clock, queue, ladder, start } = this.#parts;
    const now = clock.now();
    const rules = this.#rules(game);
    const entries = queue.all(game).filter((entry) => !this.#isDue(entry));
    const waiting = entries.map((entry) => weighed(entry, ladder));
    const most = this.#mayTake(game, waiting.length, rules.size);
    for (const group of groupsOf(waiting, rules, now, most)) start(group, game);
    const left = waiting.filter(({ device }) => queue.get(device) !== undefined);
    this.#bringBots(groupsForBots(left, rules, now), game);
    const crowd = crowdOf(left);
    for (const one of left) {
      const entry = queue.get(one.device);
      const reason = reasonOf(one, crowd, rules.size, this.isRoom);
      if (entry !== undefined) queue.explain(entry, reason, REASONS[reason]);
    }
  }

  #bringBots(groups: readonly Player[][], game: string): void {
    const { settings, hall, accounts, start, failed } = this.#parts;
    if (groups.length === 0 || settings.bots === 'off' || !hall.hasBot(game)) return;
    const user = accounts.houseBotId;
    // It is a user as others are: the first who needs it waits until it is on disk.
    if (user === null) void accounts.houseBot().catch(failed);
    else for (const group of groups) if (this.isRoom) start([...group, { device: BOT_COMES, user }], game);
  }

  #rules(game: string): PairingRules {
    const { nearness, bonus, botAfterS } = this.#parts.settings;
    const size = this.#parts.hall.sizeOf(game);
    return { threshold: nearness / 100, bonusPerMinute: bonus / 100, botAfterMs: botAfterS * 1000, size };
  }

  /** How many may be taken out of a queue: some stay for a choice, unless nobody else could come. */
  #mayTake(game: string, waiting: number, size: number): number {
    const { settings, running } = this.#parts;
    const playing = running()
      .filter((match) => match.game === game)
      .flatMap(({ players }) => players).length;
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
