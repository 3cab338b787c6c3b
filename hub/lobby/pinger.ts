/** Asks every link for a sign of life each second, measures round trips, and ends links that fell silent. */
import type { Cancel, Clock } from '../clock.ts';
import type { Link } from '../links/link.ts';

const PERIOD_MS = 1000;
/** Silence after which a device that should answer is gone. */
const SILENCE_MS = 3000;

interface Watch {
  token: number;
  sentAt: number;
  heardAt: number;
}

export class Pinger {
  readonly #clock: Clock;
  readonly #watched = new Map<Link, Watch>();
  #token = 0;
  #cancel: Cancel | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
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
    this.#watched.set(link, { token: -1, sentAt: 0, heardAt: this.#clock.now() });
    // At once, so that the device's clock is known before its first press.
    this.ping(link);
  }

  forget(link: Link): void {
    this.#watched.delete(link);
  }

  heard(link: Link): void {
    const watch = this.#watched.get(link);
    if (watch !== undefined) watch.heardAt = this.#clock.now();
  }

  ping(link: Link): void {
    const watch = this.#watched.get(link);
    if (watch === undefined) return;
    watch.token = this.#token = (this.#token + 1) >>> 0;
    watch.sentAt = this.#clock.now();
    link.send({ type: 'PING', token: watch.token });
  }

  /** @returns when the PING of this token was sent; null for an old or made-up token */
  answered(link: Link, token: number): number | null {
    const watch = this.#watched.get(link);
    if (watch === undefined || watch.token !== token) return null;
    watch.token = -1;
    return watch.sentAt;
  }

  #round(): void {
    const now = this.#clock.now();
    for (const [link, watch] of this.#watched) {
      if (link.answersPing && now - watch.heardAt >= SILENCE_MS) link.close('port-silent');
      else this.ping(link);
    }
  }
}
