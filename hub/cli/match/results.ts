/** What is said of rounds that were played: a line each, or JSON; a line of progress where somebody looks on. */
import type { WriteStream } from 'node:tty';
import type { Ending } from '../../../shared/games/game.ts';
import { print, type Context } from '../context.ts';
import type { Seated } from './wishes.ts';

/** A round, wherever it was played. */
export interface Round {
  readonly match: string;
  readonly ending: Ending | null;
  /** Why it could not be played to its end, or who could not go on. */
  readonly trouble: { readonly code: string; readonly text: string } | null;
  readonly scores: readonly number[];
  readonly stats: readonly (Readonly<Record<string, number>> | null)[];
  readonly ticks: number;
  readonly late: readonly number[];
  readonly invalid: readonly number[];
  readonly seed: number | null;
  readonly ms: number;
  readonly journal: string | null;
}

export class Results {
  readonly #context: Context;
  readonly #json: boolean;
  readonly #players: readonly Seated[];
  readonly #rounds: number;
  readonly #wins = new Map<number, number>();
  #played = 0;
  #failed = 0;
  #draws = 0;

  constructor(context: Context, json: boolean, players: readonly Seated[], rounds: number) {
    this.#context = context;
    this.#json = json;
    this.#players = players;
    this.#rounds = rounds;
  }

  /** How the process is to end. */
  get exitCode(): number {
    return this.#failed > 0 ? 1 : 0;
  }

  take(round: Round): void {
    this.#played++;
    const { ending, trouble } = round;
    if (trouble !== null || ending === null) this.#failed++;
    else if (ending.kind === 'win') this.#wins.set(ending.winner, (this.#wins.get(ending.winner) ?? 0) + 1);
    else this.#draws++;
    this.#clear();
    print(
      this.#context,
      this.#json ? JSON.stringify({ round: this.#played, ...this.#named(round) }) : this.#line(round),
    );
    this.#progress();
  }

  /** What all rounds come to. */
  summary(): void {
    this.#clear();
    const wins = this.#players.map(({ seat, name, index }) => ({
      seat,
      player: name,
      wins: this.#wins.get(index) ?? 0,
    }));
    if (this.#json) {
      print(this.#context, JSON.stringify({ rounds: this.#played, wins, draws: this.#draws, failed: this.#failed }));
      return;
    }
    if (this.#rounds === 1) return;
    const parts = wins.map(({ seat, player, wins: count }) => `${seat} ${player} ${count}`);
    const failed = this.#failed === 0 ? '' : `, failed ${this.#failed}`;
    print(this.#context, `${this.#played} rounds: ${parts.join(', ')}, draws ${this.#draws}${failed}.`);
  }

  #line({ ending, trouble, scores, ticks, late, invalid, ms, journal }: Round): string {
    const points = this.#players.map(({ seat, name, index }) => `${seat} ${name} ${scores[index] ?? 0}`).join(', ');
    const counts = this.#players.flatMap(({ seat, index }) => [
      ...((late[index] ?? 0) > 0 ? [`${seat} was late ${late[index]} times`] : []),
      ...((invalid[index] ?? 0) > 0 ? [`${seat} said ${invalid[index]} commands that are none`] : []),
    ]);
    const how = trouble === null ? this.#how(ending) : `${trouble.text} (${trouble.code})`;
    const extra = [...counts, ...(journal === null ? [] : [`recorded in ${journal}`])]
      .map((text) => `; ${text}`)
      .join('');
    const number = this.#rounds === 1 ? '' : `Round ${this.#played}: `;
    return `${number}${points}: ${how} ${ticks} ticks in ${(ms / 1000).toFixed(2)} s${extra}.`;
  }

  #how(ending: Ending | null): string {
    if (ending?.kind === 'win') return `${this.#players.find(({ index }) => index === ending.winner)?.seat ?? ''} won.`;
    return ending?.kind === 'draw' ? 'a draw.' : 'nobody won.';
  }

  /** By the names of seats, for programs. */
  #named({ ending, scores, stats, late, invalid, ...rest }: Round): Record<string, unknown> {
    const seats = this.#players.map(({ seat, name, index }) => ({
      seat,
      player: name,
      score: scores[index] ?? 0,
      stats: stats[index] ?? null,
      late: late[index] ?? 0,
      invalid: invalid[index] ?? 0,
    }));
    const winner = ending?.kind === 'win' ? this.#players.find(({ index }) => index === ending.winner)?.seat : null;
    return { ending: ending?.kind ?? null, winner: winner ?? null, seats, ...rest };
  }

  get #watched(): boolean {
    return !this.#json && this.#rounds > 1 && (this.#context.stdout as Partial<WriteStream>).isTTY === true;
  }

  #progress(): void {
    if (!this.#watched || this.#played === this.#rounds) return;
    const wins = this.#players.map(({ seat, index }) => `${seat} ${this.#wins.get(index) ?? 0}`).join(' · ');
    this.#context.stdout.write(`Round ${this.#played + 1} of ${this.#rounds} · ${wins}`);
  }

  #clear(): void {
    if (this.#watched) this.#context.stdout.write('\r\u001b[K');
  }
}
