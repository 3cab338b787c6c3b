/** A match of Pong in the page alone: the hub's own rules, stepped by the page's clock, players at one keyboard and bots. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { KeyMapName } from '../../../shared/contract/key-maps.ts';
import { withDefaults, type GameEvent } from '../../../shared/games/game.ts';
import { botButtons } from '../../../shared/games/pong/bot.ts';
import type { PongObservation } from '../../../shared/games/pong/observe.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import { SEATS, type PerSeat } from '../../../shared/games/pong/sides.ts';
import type { PongState } from '../../../shared/games/pong/state.ts';
import type { PongView } from '../../../shared/games/pong/view.ts';
import { viewBetween } from '../../../shared/netcode/pong-picture.ts';

/** Who plays a side; null: nobody, it is a wall. */
export type LocalPlayer = KeyMapName | 'bot' | null;
export type LocalPlayers = PerSeat<LocalPlayer>;

const RATE = 60;
const TICK_MS = 1000 / RATE;
/** After a longer gap the page was asleep: what was missed is not played. */
const MAX_CATCH_UP_MS = 250;

export interface LocalMatchOptions {
  readonly players: LocalPlayers;
  readonly seed: number;
  event(event: GameEvent, now: number): void;
}

export class LocalMatch {
  readonly parameters = withDefaults(pong.parameters);
  readonly paused: Signal<boolean> = signal(false);
  readonly #options: LocalMatchOptions;
  readonly #held: number[] = SEATS.map(() => 0);
  readonly #scores: Signal<PerSeat<number>>;
  readonly #winner: Signal<number | null> = signal(null);
  #before: PongState;
  #state: PongState;
  /** Time of the page that is not yet played, in ms. */
  #left = 0;
  #at: number | null = null;

  constructor(options: LocalMatchOptions) {
    this.#options = options;
    let state = pong.initial(this.parameters, options.seed, RATE);
    for (const [seat, player] of options.players.entries()) if (player !== null) state = pong.join(state, seat);
    this.#before = this.#state = state;
    this.#scores = signal(state.scores);
  }

  get players(): LocalPlayers {
    return this.#options.players;
  }

  get scores(): ReadonlySignal<PerSeat<number>> {
    return this.#scores;
  }

  /** The seat that has won; null while it goes on. */
  get winner(): ReadonlySignal<number | null> {
    return this.#winner;
  }

  /** What a player at the keyboard holds. */
  hold(seat: number, buttons: number): void {
    this.#held[seat] = buttons;
  }

  /** Plays up to `now` (ms). @returns what to draw */
  view(now: number): PongView {
    const passed = this.#at === null ? 0 : now - this.#at;
    this.#at = now;
    if (!this.paused.value && this.#winner.value === null && passed <= MAX_CATCH_UP_MS) this.#left += passed;
    for (; this.#left >= TICK_MS; this.#left -= TICK_MS) this.#step(now);
    return viewBetween({ tick: 0, before: this.#before, after: this.#state }, this.#left / TICK_MS);
  }

  #step(now: number): void {
    const events: GameEvent[] = [];
    this.#before = this.#state;
    this.#state = pong.step(
      this.#state,
      SEATS.map((_name, seat) => this.#command(seat)),
      events,
    );
    for (const event of events) this.#options.event(event, now);
    this.#scores.value = this.#state.scores;
    const outcome = pong.outcome(this.#state);
    if (outcome?.kind === 'win') this.#winner.value = outcome.winner;
  }

  #command(seat: number): number | null {
    const player = this.players[seat];
    if (player === null || player === undefined) return null;
    const buttons =
      player === 'bot' ? botButtons(pong.observe(this.#before, seat) as PongObservation) : (this.#held[seat] ?? 0);
    return pong.command({ buttons, axis: null }, seat);
  }
}
