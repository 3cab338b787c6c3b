/** How a match of Pong goes on from a view, as far as who only watches can know: by the rules, all as they moved last. */
import type { GameEvent } from '../games/game.ts';
import { makeCourt, UNITS_PER_PX, type Court } from '../games/pong/court.ts';
import type { PongParameters } from '../games/pong/parameters.ts';
import { pong } from '../games/pong/pong.ts';
import { NOBODY, perSeat } from '../games/pong/sides.ts';
import type { PongState } from '../games/pong/state.ts';
import type { PongView } from '../games/pong/view.ts';
import { seedPrng } from '../sim/prng.ts';
import { viewOf } from './pong-picture.ts';

/** Longer than anybody would wait for a snapshot: nobody knows where the ball will be served to, or when. */
const LONG = 1_000_000;

/** The views of the ticks after one, each made when it is asked for. */
export class PongAhead {
  readonly #court: Court;
  #from: PongView | null = null;
  #state: PongState | null = null;
  #views: PongView[] = [];

  /** @param rate ticks a second */
  constructor(parameters: PongParameters, rate: number) {
    this.#court = makeCourt(parameters, rate);
  }

  /** The view `ticks` after one. It stops where a point would be made: that is for the hub to say. */
  after(view: PongView, ticks: number): PongView {
    if (view !== this.#from) {
      this.#from = view;
      this.#state = stateOf(view, this.#court);
      this.#views = [view];
    }
    while (this.#views.length <= ticks) this.#views.push(this.#next());
    return this.#views[ticks] ?? view;
  }

  #next(): PongView {
    const last = this.#views.at(-1) as PongView;
    if (this.#state === null) return last;
    const events: GameEvent[] = [];
    const next = pong.step(this.#state, commandsOf(last), events);
    this.#state = events.some(({ kind }) => kind === 'point') ? null : next;
    // The scores are those that the hub told, as are the hits of the rally.
    return this.#state === null ? last : { ...viewOf(next), server: last.server, serveMs: last.serveMs };
  }
}

const units = (px: number): number => Math.round(px * UNITS_PER_PX);

const commandsOf = ({ moves }: PongView): (number | null)[] =>
  moves.map((move, seat) => (move === 0 ? null : pong.validate({ move }, seat)));

/** A state that moves as the one behind the view does; what a view does not tell is left at nothing. */
function stateOf(view: PongView, court: Court): PongState {
  const velocity = [units(view.velocity.x), units(view.velocity.y)] as const;
  const waits = view.server !== null;
  return {
    court,
    random: seedPrng(0),
    ball: {
      at: [units(view.ball.x), units(view.ball.y)],
      velocity,
      speed: waits ? court.ballSpeed : Math.round(Math.hypot(...velocity)),
    },
    paddles: perSeat((seat) => ({
      seated: view.paddles[seat] === null ? 0 : 1,
      at: units(view.paddles[seat] ?? 0),
      move: view.moves[seat],
      action: 0,
    })),
    rally: {
      server: view.server ?? NOBODY,
      wait: waits ? LONG : 0,
      touched: view.touched ?? NOBODY,
      touchedBefore: NOBODY,
      hits: view.hits,
    },
    scores: view.scores,
    begun: 1,
  };
}
