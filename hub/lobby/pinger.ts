/** Asks every link for a sign of life four times a second, measures round trips, and ends links that fell silent. */
import type { MessageOf } from '../../shared/contract/messages.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { Link } from '../links/link.ts';

/** Often, because the shortest delays of many decide how well a device's clock is known (shared/netcode). */
const PERIOD_MS = 250;
/** A new device is asked so often at first, so that its clock is known before its first press. */
const FIRST = { times: 8, everyMs: 40 };
/** Silence after which a device that should answer is gone. */
const SILENCE_MS = 3000;

/** Questions whose answers are still of use. */
const MAX_OPEN = 16;

type Ping = MessageOf<'PING'>;

interface Watch {
  /** When each PING that is not yet answered was sent, by its token. */
  readonly open: Map<number, number>;
  heardAt: number;
  /** Ends the quick questions of the beginning. */
  first: Cancel;
}

export class Pinger {
  readonly #clock: Clock;
  readonly #send: (link: Link, ping: Ping) => void;
  readonly #watched = new Map<Link, Watch>();
  #token = 0;
  #cancel: Cancel | null = null;

  /** @param send to the device on a link */
  constructor(clock: Clock, send: (link: Link, ping: Ping) => void = (link, ping) => link.send(ping)) {
    this.#clock = clock;
    this.#send = send;
  }

  start(): void {
    if (this.#cancel !== null) return;
    this.#cancel = this.#clock.after(PERIOD_MS, () => {
      this.#cancel = null;
      this.start();
      this.#round();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  add(link: Link): void {
    // Who says HELLO again and again is asked quickly once, not once for each.
    this.#watched.get(link)?.first();
    this.#watched.set(link, { open: new Map(), heardAt: this.#clock.now(), first: () => {} });
    this.#first(link, FIRST.times);
  }

  #first(link: Link, times: number): void {
    const watch = this.#watched.get(link);
    if (times === 0 || watch === undefined) return;
    this.ping(link);
    watch.first = this.#clock.after(FIRST.everyMs, () => this.#first(link, times - 1));
  }

  forget(link: Link): void {
    this.#watched.get(link)?.first();
    this.#watched.delete(link);
  }

  heard(link: Link): void {
    const watch = this.#watched.get(link);
    if (watch !== undefined) watch.heardAt = this.#clock.now();
  }

  /** @param send how; as all PINGs to it when left out */
  ping(link: Link, send: (ping: Ping) => void = (ping) => this.#send(link, ping)): void {
    const watch = this.#watched.get(link);
    if (watch === undefined) return;
    this.#token = (this.#token + 1) >>> 0;
    const { open } = watch;
    for (const oldest of open.keys()) if (open.size >= MAX_OPEN) open.delete(oldest);
    open.set(this.#token, this.#clock.now());
    send({ type: 'PING', token: this.#token });
  }

  /** @returns when the PING of this token was sent; null for an old or made-up token */
  answered(link: Link, token: number): number | null {
    const open = this.#watched.get(link)?.open;
    const sentAt = open?.get(token) ?? null;
    open?.delete(token);
    return sentAt;
  }

  #round(): void {
    const now = this.#clock.now();
    for (const [link, watch] of this.#watched) {
      if (link.answersPing && now - watch.heardAt >= SILENCE_MS) link.close('port-silent');
      else this.ping(link);
    }
  }
}
