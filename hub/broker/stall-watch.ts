/** Ends the connections of subscribers that stopped reading; QoS 1 to them would hold up aedes's delivery slots. */
import type { Client } from 'aedes';
import type { Cancel, Clock } from '../clock.ts';

/** Bytes waiting for a subscriber above which it is slow and gets no state frames. */
export const SLOW_BYTES = 8192;
/** How long a subscriber may stay slow before its connection is ended, in ms. */
const STALLED_MS = 5000;
const PERIOD_MS = 1000;

export class StallWatch {
  readonly #clock: Clock;
  readonly #onStalled: (client: Client) => void;
  readonly #slowSince = new WeakMap<Client, number>();
  #cancel: Cancel | null = null;

  constructor(clock: Clock, onStalled: (client: Client) => void) {
    this.#clock = clock;
    this.#onStalled = onStalled;
  }

  /** @param clients gives those connected at the moment */
  start(clients: () => Iterable<Client>): void {
    this.#cancel = this.#clock.after(PERIOD_MS, () => {
      for (const client of clients()) this.#look(client);
      this.start(clients);
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #look(client: Client): void {
    if (client.conn.writableLength <= SLOW_BYTES) {
      this.#slowSince.delete(client);
      return;
    }
    const now = this.#clock.now();
    const since = this.#slowSince.get(client) ?? now;
    this.#slowSince.set(client, since);
    if (now - since >= STALLED_MS) this.#onStalled(client);
  }
}
