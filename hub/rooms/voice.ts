/** What a room says of a match: events to all, lights, tones and results to the devices of its seats. */
import { fitting } from '../../shared/contract/end-stats.ts';
import type { GameEvent, Outcome, Parameters } from '../../shared/games/game.ts';
import { bounceEffects, endEffects, pointEffects } from './effects.ts';
import type { RoomEvent, RoomOutput, RoomParts } from './room-parts.ts';
import type { RoomTotals } from './room-totals.ts';
import type { Seat, Seats } from './seats.ts';

/** Who sat where when a match ended. */
export type Player = Pick<Seat<unknown>, 'index' | 'name' | 'device'>;

export class RoomVoice<S, C, P extends Parameters> {
  readonly #out: RoomOutput;
  readonly #seatNames: readonly string[];
  readonly #seats: Seats<C>;
  readonly #totals: RoomTotals;

  constructor({ out, game }: Pick<RoomParts<S, C, P>, 'out' | 'game'>, seats: Seats<C>, totals: RoomTotals) {
    this.#out = out;
    this.#seatNames = game.seats;
    this.#seats = seats;
    this.#totals = totals;
  }

  /** @param device who it was, where that is not who has the seat now */
  event(event: RoomEvent['event'], tick: number, seat: Seat<C> | null = null, device: string | null = null): void {
    this.#out.event({ event, tick, seat: seat?.name ?? null, device: device ?? seat?.device ?? null });
  }

  /** What happened in a step of the rules. */
  happened(event: GameEvent, tick: number): void {
    const out = this.#out;
    const seat = event.seat === null ? undefined : this.#seats.all[event.seat];
    this.#totals.count(event, seat?.name);
    if (event.kind === 'point' && seat !== undefined) {
      for (const [to, effect] of pointEffects(this.#seats.taken, seat, event.against)) out.toDevice(to, effect);
      out.changed();
    } else if (event.kind === 'bounce' && seat !== undefined && seat.device !== null) {
      for (const effect of bounceEffects()) out.toDevice(seat.device, effect);
    } else if (event.kind === 'effect') {
      const { effect, value, ms } = event;
      const targets = seat === undefined ? this.#seats.taken : [seat];
      for (const { device } of targets)
        if (device !== null) out.toDevice(device, { type: 'EFFECT', effect, value, ms });
      return;
    }
    this.event(event.kind, tick, seat ?? null);
  }

  /** The result, to each who played. @param statsOf what the game counts of a seat, for who wants to know */
  result(
    outcome: Outcome,
    players: readonly Player[],
    scores: readonly number[],
    statsOf: (player: Player) => Readonly<Record<string, number>> | null,
  ): void {
    for (const player of players) {
      if (player.device === null) continue;
      for (const message of endEffects(outcome, player, this.#seatNames, [...scores], fitting(statsOf(player), scores)))
        this.#out.toDevice(player.device, message);
    }
  }
}
