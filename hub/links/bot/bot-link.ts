/** One of the hub's own players, in its process: to the lobby it is a device like any other. */
import { CONTRACT_VERSION, WANTS, type DownMessage, type UpMessage } from '../../../shared/contract/messages.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import type { Bot, BotMaker } from '../../../shared/games/bots.ts';
import { emptyCounters, guard, type Holder, type Link, type LinkHandler } from '../link.ts';

export interface BotParts {
  readonly id: string;
  readonly name: string;
  /** The room in which it plays. */
  readonly room: string;
  /** The seat that it wants; empty: the next free one. */
  readonly side?: string;
  /** The user of the league as whom it plays. */
  readonly holder?: Holder;
  readonly bot: BotMaker;
  /** A fresh seed for each match that it plays. */
  readonly seed: () => number;
  readonly handler: LinkHandler;
  /** It has gone: sent away, or there was no seat for it. */
  readonly ended: () => void;
}

export class BotLink implements Link {
  readonly kind = 'bot';
  readonly address: string;
  readonly deviceId: string;
  // It is there as long as the hub is.
  readonly answersPing = false;
  readonly counters = emptyCounters();
  readonly holder?: Holder;
  readonly #parts: BotParts;
  #bot: Bot = () => null;
  #seq = 0;
  #closed = false;

  constructor(parts: BotParts) {
    this.#parts = parts;
    this.address = parts.id;
    this.deviceId = parts.id;
    if (parts.holder !== undefined) this.holder = parts.holder;
  }

  start(): void {
    this.#say({
      type: 'HELLO',
      version: CONTRACT_VERSION,
      id: this.#parts.id,
      kind: 'agent',
      name: this.#parts.name,
      firmware: 'bot',
      restarts: 0,
      lastSeq: 0,
      wants: WANTS.observations | WANTS.yields,
      maxBaud: 0,
    });
  }

  /** Gives its seat back, and goes. */
  leave(): void {
    this.#say({ type: 'LEAVE' });
    this.close('device-kicked');
  }

  send(message: DownMessage): void {
    if (this.#closed) return;
    this.counters.framesOut++;
    // Whoever sends is in the middle of something: the bot thinks when that is done.
    queueMicrotask(() => guard(this, this.#parts.handler, () => this.#take(message)));
  }

  close(reason: ErrorCode): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#parts.handler.closed(this, reason, reason === 'device-kicked');
    this.#parts.ended();
  }

  #take(message: DownMessage): void {
    if (this.#closed) return;
    if (message.type === 'WELCOME') this.#say({ type: 'JOIN', room: this.#parts.room, side: this.#parts.side ?? '' });
    // It begins afresh with each match, and after each pause.
    else if (message.type === 'START') this.#bot = this.#parts.bot(this.#parts.seed());
    else if (message.type === 'OBSERVE' && message.value !== null) this.#decide(message.tick, message.value);
    // What it said came too late; that may happen to anybody.
    else if (message.type === 'ERROR' && message.code === ('command-untimely' satisfies ErrorCode)) return;
    // A bot without a seat is of no use.
    else if (message.type === 'ERROR' || (message.type === 'SEAT' && message.side === '')) this.close('device-kicked');
  }

  #decide(tick: number, seen: unknown): void {
    const value = this.#bot(seen);
    if (value !== null) this.#say({ type: 'COMMAND', seq: ++this.#seq, tick, value });
  }

  #say(message: UpMessage): void {
    this.counters.framesIn++;
    guard(this, this.#parts.handler, () => this.#parts.handler.received(this, { form: 'cbor', message }));
  }
}
