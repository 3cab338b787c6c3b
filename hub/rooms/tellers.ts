/** What a room tells devices tick by tick: observations, and the whole state for who plays ahead of the hub. */
import type { Parameters } from '../../shared/games/game.ts';
import type { Match } from './match.ts';
import type { RoomOutput } from './room-parts.ts';
import type { Seats } from './seats.ts';

export class Tellers<S, C, P extends Parameters> {
  readonly #seats: Seats<C>;
  readonly #out: Pick<RoomOutput, 'toDevice' | 'sync'>;
  readonly #observers = new Set<string>();
  /** Who plays ahead of the hub. */
  readonly #synced = new Set<string>();

  constructor(seats: Seats<C>, out: Pick<RoomOutput, 'toDevice' | 'sync'>) {
    this.#seats = seats;
    this.#out = out;
  }

  observe(device: string, wanted: boolean): void {
    if (wanted) this.#observers.add(device);
    else this.#observers.delete(device);
  }

  /** The first SYNC comes at once. @param match that is on, if one is */
  sync(device: string, wanted: boolean, match: Match<S, C, P> | null): void {
    this.#synced.delete(device);
    if (!wanted) return;
    this.#synced.add(device);
    this.tellSynced(match, [device]);
  }

  forget(device: string): void {
    this.#observers.delete(device);
    this.#synced.delete(device);
  }

  tellObservers(match: Match<S, C, P>): void {
    for (const device of this.#observers) {
      const seat = this.#seats.of(device);
      if (seat === undefined) continue;
      const value = match.observe(seat.index);
      this.#out.toDevice(device, { type: 'OBSERVE', tick: match.tick, value });
    }
  }

  tellSynced(match: Match<S, C, P> | null, devices: Iterable<string> = this.#synced): void {
    if (match === null || this.#synced.size === 0) return;
    const { sync } = match;
    if (sync === null) return;
    // One object for all: its bytes are made once.
    const message = { type: 'SYNC', tick: match.tick, ...sync } as const;
    for (const device of devices) if (this.#seats.of(device) !== undefined) this.#out.sync(device, message);
  }
}
