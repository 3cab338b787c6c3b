/**
 * A screen at the far end of a seat's network: it gets the room's snapshots late, and some never, by the seat's settings
 * of the lab. So the class sees what a player there sees, whatever plays: a board has no screen to look at.
 */
import { signal } from '@preact/signals';
import { withDefaults } from '../../../../shared/games/game.ts';
import { parameters } from '../../../../shared/games/pong/parameters.ts';
import { NORMAL, perSeat } from '../../../../shared/games/pong/sides.ts';
import type { PongView } from '../../../../shared/games/pong/view.ts';
import { nextUint32, seedPrng } from '../../../../shared/sim/prng.ts';
import { layoutOf } from '../../court/geometry.ts';
import type { Moment, RoomLive } from '../../live/room-live.ts';
import type { LabPlayer } from './lab-player.ts';

/** What is drawn on from is not older than this: nobody can tell what happens in a second. */
const LONGEST_MS = 1000;
const RATIO = 10_000;

export class Onlooker implements LabPlayer {
  readonly predicting = signal(false);
  readonly #room: RoomLive;
  readonly #seat: string;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #random = seedPrng(1);
  #known: Moment | null = null;
  #end = (): void => {};

  constructor(room: RoomLive, seat: string) {
    [this.#room, this.#seat] = [room, seat];
  }

  start(): void {
    this.#end = this.#room.newest.subscribe((moment) => {
      if (moment !== null) this.#send(moment);
    });
  }

  stop(): void {
    this.#end();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  view(now: number): PongView | null {
    const known = this.#known;
    if (known === null || !this.predicting.value) return known?.view ?? null;
    const { rate } = this.#room.scoreboard.value;
    return this.#drawnOn(known.view, (Math.min(LONGEST_MS, Math.max(0, now - known.at)) * rate) / 1000);
  }

  /** Over the network: lost, or here after a while. */
  #send(moment: Moment): void {
    const { delayMs = 0, jitterMs = 0, lossPercent = 0 } = this.#room.scoreboard.value.lab[this.#seat] ?? {};
    const [lost, late] = [this.#share() * 100 < lossPercent, delayMs + (2 * this.#share() - 1) * jitterMs];
    if (lost) return;
    if (late <= 0) return this.#take(moment);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#take(moment);
    }, late);
    this.#timers.add(timer);
  }

  /** Older ones that come later are ignored, except after a new beginning. */
  #take(moment: Moment): void {
    const known = this.#known;
    if (known === null || moment.tick > known.tick || moment.at - known.at > LONGEST_MS) this.#known = moment;
    else if (moment.at > known.at) this.#known = moment;
  }

  /** Ball and paddles as they would be so many ticks later, if nothing happened to them. */
  #drawnOn(view: PongView, ticks: number): PongView {
    const given = this.#room.scoreboard.value.parameters;
    const { width, height } = layoutOf(given);
    const { paddleSpeed } = withDefaults(parameters, given);
    const { rate } = this.#room.scoreboard.value;
    const flies = view.server === null ? ticks : 0;
    const paddle = (seat: 0 | 1 | 2 | 3): number | null => {
      const at = view.paddles[seat];
      if (at === null) return null;
      const side = NORMAL[seat] === 0 ? height : width;
      return within(at + (view.moves[seat] * ticks * side * paddleSpeed) / RATIO / rate, side);
    };
    const x = within(view.ball.x + view.velocity.x * flies, width);
    const y = within(view.ball.y + view.velocity.y * flies, height);
    return { ...view, ball: { x, y }, paddles: perSeat(paddle) };
  }

  /** From 0 to less than 1. */
  #share(): number {
    const [value, next] = nextUint32(this.#random);
    this.#random = next;
    return value / 0x1_0000_0000;
  }
}

const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));
