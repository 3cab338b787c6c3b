/** A program that speaks MQTT, as a player in the arena: it is told what a room would tell it, and answers with COMMAND. */
import { fitting } from '../../shared/contract/end-stats.ts';
import type { DownMessage, UpMessage } from '../../shared/contract/messages.ts';
import { PaddlewireError, type ErrorCode } from '../../shared/errors.ts';
import { resultFor } from '../../shared/games/game.ts';
import type { Link } from '../links/link.ts';
import type { Over, Placed, Player } from './player.ts';

/** The one room of an arena. */
export const ARENA_ROOM = 'arena';

interface Asked {
  readonly tick: number;
  resolve(value: unknown): void;
  reject(error: PaddlewireError): void;
}

export class ProgramPlayer implements Player {
  readonly name: string;
  readonly #seat: string;
  readonly #index: number;
  readonly #seats: readonly string[];
  #link: Link | null = null;
  #placed: Placed | null = null;
  #asked: Asked | null = null;
  #gone: PaddlewireError | null = null;
  #arrive: () => void = () => {};
  #stayAway: (error: PaddlewireError) => void = () => {};
  /** Resolves when it has asked for its seat. @throws PaddlewireError why it never will */
  readonly arrived: Promise<void>;

  /** @param seats of the game */
  constructor(name: string, seats: readonly string[], index: number) {
    this.name = name;
    this.#seats = seats;
    this.#index = index;
    this.#seat = seats[index] ?? '';
    this.arrived = new Promise((resolve, reject) => {
      this.#arrive = resolve;
      this.#stayAway = reject;
    });
    // Whoever waits for it hears of it; if nobody does, it is no bug.
    this.arrived.catch(() => {});
  }

  begin(placed: Placed): void {
    this.#placed = placed;
    this.#start();
  }

  act(tick: number, seen: unknown): Promise<unknown> {
    if (this.#gone !== null) return Promise.reject(this.#gone);
    return new Promise((resolve, reject) => {
      // Counted from 1, as in a room: a COMMAND that says no tick says 0.
      this.#asked = { tick: tick + 1, resolve, reject };
      this.#send({ type: 'OBSERVE', tick: tick + 1, value: seen });
    });
  }

  told(code: ErrorCode, text: string): void {
    this.#send({ type: 'ERROR', code, text: text.slice(0, 190), detail: null });
  }

  fail(error: PaddlewireError): void {
    this.lost(error);
  }

  end({ ending, scores, stats }: Over): void {
    const winner = ending?.kind === 'win' ? (this.#seats[ending.winner] ?? '') : '';
    const result = ending === null ? 'void' : resultFor(ending, this.#index);
    this.#send({ type: 'END', result, winner, scores: [...scores], stats: fitting(stats, scores) });
    this.#placed = null;
  }

  /** It will not answer any more. */
  lost(error: PaddlewireError): void {
    this.#gone ??= error;
    this.#stayAway(error);
    this.#asked?.reject(error);
    this.#asked = null;
  }

  /** What it said. */
  heard(link: Link, message: UpMessage): void {
    this.#link = link;
    switch (message.type) {
      case 'HELLO':
        this.#send({
          type: 'WELCOME',
          version: 1,
          id: message.id,
          name: this.name,
          lifetimePoints: 0,
          lifetimeWins: 0,
        });
        break;
      case 'JOIN':
        this.#send({ type: 'SEAT', room: ARENA_ROOM, side: this.#seat, index: this.#index });
        this.#arrive();
        this.#start();
        break;
      case 'COMMAND':
        this.#answered(message.tick, message.value);
        break;
      case 'LEAVE':
        this.lost(new PaddlewireError('agent-crashed', 'The program left its seat.'));
        break;
      case 'INPUT':
        this.told('command-invalid', 'In the arena there are no buttons: send COMMAND.');
        break;
      case 'PONG':
      case 'RECORD':
      case 'REPORT':
        break;
    }
  }

  /** What it sent is no message. */
  refused(error: PaddlewireError): void {
    const code = error.code === 'message-too-large' ? error.code : 'command-invalid';
    if (this.#asked === null) this.told(error.code, error.message);
    else this.#asked.reject(new PaddlewireError(code, error.message));
    this.#asked = null;
  }

  #answered(tick: number, value: unknown): void {
    const asked = this.#asked;
    if (asked === null || (tick !== asked.tick && tick !== 0)) {
      this.told('command-untimely', 'Nobody asked for this tick, or its time is over.');
      return;
    }
    this.#asked = null;
    asked.resolve(value);
  }

  #start(): void {
    const placed = this.#placed;
    if (placed !== null) this.#send({ type: 'START', match: placed.match, rate: placed.rate, countdown: 0 });
  }

  #send(message: DownMessage): void {
    this.#link?.send(message);
  }
}
