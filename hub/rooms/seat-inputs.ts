/** What devices say becomes the newest command of their seat, with the moment at which it was meant. */
import { PaddlewireError } from '../../shared/errors.ts';
import type { Parameters, Sensed, Stamp } from '../../shared/games/game.ts';
import { wants, wantsOf } from '../../shared/games/wants.ts';
import type { Moment } from '../../shared/netcode/clock-sync.ts';
import type { Clock } from '../clock.ts';
import type { Rules } from './match.ts';
import type { Seat, Seats } from './seats.ts';

/** Where the match's time stands: the tick played last, and when that was due by the hub's clock. */
export interface Hand {
  readonly tick: number;
  readonly dueAt: number;
}

export class SeatInputs<S, C, P extends Parameters> {
  readonly #rules: Rules<S, C, P>;
  readonly #seats: Seats<C>;
  readonly #clock: Clock;
  #oldestAt = 0;

  constructor(rules: Rules<S, C, P>, seats: Seats<C>, clock: Clock) {
    this.#rules = rules;
    this.#seats = seats;
    this.#clock = clock;
  }

  /** When the oldest came that no snapshot has shown, by the hub's clock; 0: all are shown. */
  takeOldest(): number {
    const at = this.#oldestAt;
    this.#oldestAt = 0;
    return at;
  }

  /**
   * What a device senses, and when.
   * @param gap INPUTs before this one were lost: what was held before is not known
   * @throws PaddlewireError seat-missing
   */
  input(device: string, { buttons, axis }: Sensed, hand: Hand, moment: Moment = this.#now(), gap = false): void {
    const seat = this.of(device);
    const before = gap ? 0 : seat.buttons;
    seat.buttons = buttons;
    // A knob that is turned while a button is held, or the same said again, is no press.
    const pressed = (buttons & ~before) !== 0;
    const sensed = { buttons, axis, ...(pressed && { stamp: this.#stamp(moment, hand) }) };
    this.#take(seat, this.#rules.game.command(sensed, seat.index));
  }

  /**
   * What an agent commands, and when; null: nothing new.
   * @param inTime says whether it counts, once it is known to be a command at all
   * @throws PaddlewireError seat-missing, command-invalid, and what `inTime` throws
   */
  command(device: string, value: unknown, hand: Hand, inTime: () => boolean, moment: Moment = this.#now()): void {
    const { game } = this.#rules;
    const seat = this.of(device);
    const command = value === null ? null : game.validate(value, seat.index, this.#stamp(moment, hand));
    if (value !== null && command === null) throw new PaddlewireError('command-invalid', wants(game), wantsOf(game));
    if (inTime() && command !== null) this.#take(seat, command);
  }

  /** @throws PaddlewireError seat-missing */
  of(device: string): Seat<C> {
    const seat = this.#seats.of(device);
    if (seat === undefined) throw new PaddlewireError('seat-missing');
    return seat;
  }

  #take(seat: Seat<C>, command: C): void {
    const { game } = this.#rules;
    const first = seat.fresh ? seat.command : null;
    seat.command = first === null || game.merge === undefined ? command : game.merge(first, command);
    seat.fresh = true;
    if (this.#oldestAt === 0) this.#oldestAt = this.#clock.now();
  }

  #now(): Moment {
    return { at: this.#clock.now(), bound: 0 };
  }

  /** A moment of the hub's clock in the time of the match: its ticks are the clock, the newest one the hand. */
  #stamp({ at, bound }: Moment, { tick, dueAt }: Hand): Stamp {
    const played = (tick * 1000) / this.#rules.rate;
    return { at: Math.round((played + at - dueAt) * 1000), bound: Math.ceil(bound * 1000) };
  }
}
