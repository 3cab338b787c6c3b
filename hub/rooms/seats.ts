/** Who sits where in a room, present or lost, and the newest command of each seat. */
import type { Lab } from '../../shared/contract/api.ts';
import { PaddlewireError } from '../../shared/errors.ts';

export interface Seat<C> {
  readonly name: string;
  readonly index: number;
  device: string | null;
  /** False while the device has vanished and its seat is kept. */
  present: boolean;
  /** When it vanished, by the hub's clock. */
  lostAt: number;
  /** The newest command; stays until the next one. */
  command: C | null;
  /** No tick has seen the command yet. */
  fresh: boolean;
  /** The buttons that were held by its newest INPUT. */
  buttons: number;
  /** What the lab does to the messages of who sits here; null: nothing. */
  lab: Lab | null;
}

export class Seats<C> {
  readonly all: readonly Seat<C>[];
  /** Where devices sat before they were removed: a device that comes back gets its seat again if it is free. */
  readonly #former = new Map<string, number>();

  constructor(names: readonly string[]) {
    this.all = names.map((name, index) => ({
      name,
      index,
      device: null,
      present: false,
      lostAt: 0,
      command: null,
      fresh: false,
      buttons: 0,
      lab: null,
    }));
  }

  get taken(): Seat<C>[] {
    return this.all.filter((seat) => seat.device !== null);
  }

  get lost(): Seat<C>[] {
    return this.taken.filter((seat) => !seat.present);
  }

  get free(): string[] {
    return this.all.filter((seat) => seat.device === null).map((seat) => seat.name);
  }

  of(device: string): Seat<C> | undefined {
    return this.all.find((seat) => seat.device === device);
  }

  /**
   * Gives a device the wished seat; without a wish its former seat or the next free one. First come, first served.
   * @throws PaddlewireError seat-unknown, seat-taken, seat-none-free; the detail names the free seats
   */
  take(device: string, wish: string): Seat<C> {
    const seat = this.#choose(device, wish);
    const held = this.of(device);
    if (held !== undefined && held !== seat) this.release(held);
    seat.device = device;
    seat.present = true;
    seat.command = null;
    seat.buttons = 0;
    return seat;
  }

  /** Keeps a seat for a device that will come back. @param since by the hub's clock, in ms */
  await(index: number, device: string, since: number): void {
    const seat = this.all[index];
    if (seat !== undefined)
      Object.assign(seat, { device, present: false, lostAt: since, command: null, buttons: 0, lab: null });
  }

  /** Frees a seat. @param remember keep it in mind for the device's return */
  release(seat: Seat<C>, remember = false): void {
    if (remember && seat.device !== null) this.#former.set(seat.device, seat.index);
    seat.device = null;
    seat.present = false;
    seat.command = null;
    seat.lab = null;
  }

  /** Whether the device was removed from a seat that is still free. */
  canReturn(device: string): boolean {
    const former = this.#former.get(device);
    return former !== undefined && this.all[former]?.device === null;
  }

  forget(device: string): void {
    this.#former.delete(device);
  }

  #choose(device: string, wish: string): Seat<C> {
    const free = this.free;
    if (wish !== '') {
      const seat = this.all.find(({ name }) => name === wish);
      if (seat === undefined) {
        throw new PaddlewireError('seat-unknown', `There is no seat ${wish}.`, {
          seats: this.all.map(({ name }) => name),
          free,
        });
      }
      if (seat.device !== null && seat.device !== device) {
        throw new PaddlewireError('seat-taken', `Somebody else has ${wish}.`, { free });
      }
      return seat;
    }
    const held = this.of(device);
    if (held !== undefined) return held;
    const former = this.#former.get(device);
    const seat =
      this.all.find((candidate) => candidate.device === null && candidate.index === former) ??
      this.all.find((candidate) => candidate.device === null);
    if (seat === undefined) throw new PaddlewireError('seat-none-free', undefined, { free });
    return seat;
  }
}
