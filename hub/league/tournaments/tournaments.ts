/** The tournaments of a hub: made, started, played in the league's rooms, kept on disk after each change. */
import { PaddlewireError } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import type { LeagueStore, TournamentKind, TournamentRow } from '../../store/league-store.ts';
import type { Finished, Running } from '../matches.ts';
import { advanced, dueOf, entered, forfeited, replaced } from './progress.ts';
import { isDecided, type Draw, type Pairing } from './rounds.ts';

export interface Tournament extends Omit<TournamentRow, 'state'> {
  readonly draw: Draw;
}

/** Somebody who waits in the queue of a game. */
interface Present {
  readonly device: string;
  readonly user: number;
}

export interface TournamentsParts {
  readonly clock: Clock;
  readonly store: Pick<LeagueStore, 'addTournament' | 'saveTournament'>;
  readonly forfeitMs: number;
  /** How good a user is in a game, for seeds. */
  readonly score: (user: number, game: string) => number;
  /** Who waits for a game, the longest first. */
  readonly waiting: (game: string) => readonly Present[];
  readonly running: () => readonly Running[];
  /** Begins a match, if there is room for another one now. */
  readonly begin: (players: readonly Present[], game: string, tournament: number) => void;
  readonly failed: (error: unknown) => void;
}

const PLAYERS = { min: 2, max: 128 } as const;

export class Tournaments {
  readonly #parts: TournamentsParts;
  readonly #all = new Map<number, Tournament>();
  /** When each player of a match that is due was last there, by the hub's clock. */
  readonly #seen = new Map<string, number>();

  constructor(parts: TournamentsParts) {
    this.#parts = parts;
  }

  /** What the store has, and nothing else. */
  load(rows: readonly TournamentRow[]): void {
    this.clear();
    for (const { state, ...row } of rows) this.#all.set(row.id, { ...row, draw: JSON.parse(state) as Draw });
  }

  clear(): void {
    this.#all.clear();
    this.#seen.clear();
  }

  /** The newest first. */
  get all(): readonly Tournament[] {
    return [...this.#all.values()].toSorted((a, b) => b.id - a.id);
  }

  /** @throws PaddlewireError tournament-unknown */
  get(id: number): Tournament {
    const found = this.#all.get(id);
    if (found === undefined) throw new PaddlewireError('tournament-unknown');
    return found;
  }

  /** @param users who plays. @throws PaddlewireError tournament-players */
  async create(name: string, game: string, kind: TournamentKind, users: readonly number[]): Promise<Tournament> {
    const { min, max } = PLAYERS;
    if (new Set(users).size !== users.length)
      throw new PaddlewireError('tournament-players', 'Somebody was named twice.');
    if (users.length < min || users.length > max)
      throw new PaddlewireError('tournament-players', `It takes ${min} to ${max} players, not ${users.length}.`);
    const draw: Draw = { players: users, rounds: [] };
    const row = { name, game, kind, phase: 'open', createdAt: this.#parts.clock.epoch() } as const;
    const id = await this.#parts.store.addTournament({ ...row, state: JSON.stringify(draw) });
    const tournament = { ...row, id, draw };
    this.#all.set(id, tournament);
    return tournament;
  }

  /** Seeds go by the ladder as it is now. @throws PaddlewireError tournament-unknown, tournament-phase */
  start(id: number): Promise<Tournament> {
    const tournament = this.get(id);
    if (tournament.phase !== 'open') throw phaseError(tournament);
    const { draw, game } = tournament;
    const seed = (user: number): number => this.#parts.score(user, game);
    const players = draw.players.toSorted((a, b) => seed(b) - seed(a));
    return this.#advance({ ...tournament, phase: 'running', draw: { players, rounds: [] } });
  }

  /** Ends it as it stands. @throws PaddlewireError tournament-unknown, tournament-phase */
  stop(id: number): Promise<Tournament> {
    const tournament = this.get(id);
    if (tournament.phase === 'over') throw phaseError(tournament);
    return this.#save({ ...tournament, phase: 'over' });
  }

  /** The match that a user has to play now in a tournament of a game: nobody else is paired with it until then. */
  dueFor(user: number, game: string): { readonly tournament: Tournament; readonly due: Pairing } | null {
    for (const tournament of this.#playing()) {
      const due = tournament.game === game ? dueOf(tournament.draw, user) : undefined;
      if (due !== undefined) return { tournament, due };
    }
    return null;
  }

  /** Begins what can begin; who stayed away for too long has lost. */
  round(): void {
    for (const tournament of this.#playing()) {
      const round = tournament.draw.rounds.at(-1) ?? [];
      for (const due of round) {
        if (!isDecided(due) && this.runningOf(tournament.id, due) === undefined) this.#call(tournament.id, due);
      }
    }
  }

  /** The match of a pairing that is being played. */
  runningOf(tournament: number, { players }: Pairing): Running | undefined {
    return this.#parts
      .running()
      .find((one) => one.tournament === tournament && one.players.every(({ user }) => players.includes(user)));
  }

  /** How long who is away still has, in ms; null: nobody is awaited. */
  forfeitMs(tournament: Tournament, due: Pairing): number | null {
    if (tournament.phase !== 'running' || isDecided(due)) return null;
    const { clock, forfeitMs } = this.#parts;
    const away = due.players.map((user) => this.#awayMs(tournament.id, user, clock.now()));
    const longest = Math.max(...away);
    return longest === 0 ? null : Math.max(0, Math.round(forfeitMs - longest));
  }

  /** A match of a tournament has ended. */
  finished({ running, ending, scores, end }: Finished): void {
    const tournament = running.tournament === null ? undefined : this.#all.get(running.tournament);
    if (tournament === undefined || tournament.phase !== 'running') return;
    const users = running.players.map(({ user }) => user);
    const due = dueOf(tournament.draw, users[0] ?? -1);
    if (due === undefined || !users.every((user) => due.players.includes(user))) return;
    const outcome = {
      ending: ending.kind,
      winner: end?.winner ?? null,
      gone: end?.disconnected ?? null,
      scores: due.players.map((user) => scores[running.players.find((one) => one.user === user)?.seat ?? -1] ?? 0),
    };
    this.#enter(tournament, due, entered(due, outcome, tournament.kind, tournament.draw));
  }

  /** Lets two play who are both there; counts the time of who is not. */
  #call(id: number, due: Pairing): void {
    const tournament = this.get(id);
    const { clock, forfeitMs, waiting, begin } = this.#parts;
    const now = clock.now();
    const queue = waiting(tournament.game);
    const there = due.players.map((user) => queue.find((one) => one.user === user));
    for (const [at, user] of due.players.entries()) {
      const key = `${id} ${user}`;
      if (there[at] !== undefined || this.#plays(user) || !this.#seen.has(key)) this.#seen.set(key, now);
    }
    const [one, other] = there;
    if (one !== undefined && other !== undefined) return begin([one, other], tournament.game, id);
    const away = due.players.filter((user) => user !== null && this.#awayMs(id, user, now) >= forfeitMs);
    // Who is there right now is not away, however short the wait.
    const missing = away.filter((user) => !queue.some((entry) => entry.user === user) && !this.#plays(user));
    if (missing.length > 0) this.#enter(tournament, due, forfeited(due, missing as number[]));
  }

  #awayMs(tournament: number, user: number | null, now: number): number {
    return now - (this.#seen.get(`${tournament} ${user}`) ?? now);
  }

  #plays(user: number | null): boolean {
    return this.#parts.running().some(({ players }) => players.some((player) => player.user === user));
  }

  #enter(tournament: Tournament, before: Pairing, after: Pairing): void {
    for (const user of before.players) this.#seen.delete(`${tournament.id} ${user}`);
    const draw = replaced(tournament.draw, before, after);
    void this.#advance({ ...tournament, draw }).catch((error: unknown) => this.#parts.failed(error));
  }

  #advance(tournament: Tournament): Promise<Tournament> {
    const { draw, over } = advanced(tournament.draw, tournament.kind);
    return this.#save({ ...tournament, draw, phase: over ? 'over' : 'running' });
  }

  async #save(tournament: Tournament): Promise<Tournament> {
    const { draw, ...row } = tournament;
    this.#all.set(row.id, tournament);
    await this.#parts.store.saveTournament({ ...row, state: JSON.stringify(draw) });
    return tournament;
  }

  #playing(): Tournament[] {
    return [...this.#all.values()].filter(({ phase }) => phase === 'running');
  }
}

const phaseError = ({ name, phase }: Tournament): PaddlewireError =>
  new PaddlewireError('tournament-phase', `${name} is ${phase}.`);
