/** Books over all matches of a room since the hub started, and how long its work takes. */
import type { GameEvent } from '../../shared/games/game.ts';
import { Quantiles } from '../quantiles.ts';

export class RoomTotals {
  ticks = 0;
  matches = 0;
  rallies = 0;
  points = 0;
  readonly pointsBySeat = new Map<string, number>();
  /** From an input's arrival to the snapshot that shows it, in ms. */
  readonly inputToSnapshot = new Quantiles();
  /** The work of one tick, in ms. */
  readonly work = new Quantiles();

  count(event: GameEvent, seat: string | undefined): void {
    if (event.kind === 'serve') this.rallies++;
    if (event.kind !== 'point' || seat === undefined) return;
    this.points++;
    this.pointsBySeat.set(seat, (this.pointsBySeat.get(seat) ?? 0) + 1);
  }
}
