/** One match of Pong, played ahead of the hub for one seat (shared/netcode), and its picture. */
import type { MessageOf } from '../../../shared/contract/messages.ts';
import { withDefaults, type Sensed } from '../../../shared/games/game.ts';
import type { PongCommand } from '../../../shared/games/pong/command.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import type { PongState } from '../../../shared/games/pong/state.ts';
import type { PongView } from '../../../shared/games/pong/view.ts';
import { InputRepeat } from '../../../shared/netcode/input-repeat.ts';
import { PongPicture, viewOf } from '../../../shared/netcode/pong-picture.ts';
import { Predictor } from '../../../shared/netcode/predictor.ts';
import type { Scoreboard } from '../live/model.ts';

/** Ticks for which it is remembered where the ball was drawn: longer than any SYNC is on its way. */
const MAX_DRAWN = 300;

export class Ahead {
  readonly match: string | null;
  readonly seat: number;
  readonly #predictor: Predictor<PongState, PongCommand, typeof pong.parameters>;
  readonly #picture: PongPicture;
  readonly #repeat = new InputRepeat();
  /** The hub's newest picture: what is shown while play stands still. */
  #told: PongView | null = null;
  /** Where the ball was drawn, by tick, and how far on the way to the next. */
  readonly #drawn = new Map<number, { readonly ball: PongView['ball']; readonly part: number }>();
  #ballError: number | null = null;

  constructor({ match, parameters: given, rate }: Scoreboard, seat: number) {
    this.match = match;
    this.seat = seat;
    const parameters = withDefaults(pong.parameters, given);
    this.#predictor = new Predictor({ game: pong, parameters, rate, seat });
    this.#picture = new PongPicture(pong.initial(parameters, 0, rate).court, seat);
  }

  /** A SYNC that arrived at `now`. One of other rules than this page knows is left out. @returns whether it was taken */
  take(sync: MessageOf<'SYNC'>, now: number): boolean {
    try {
      if (!this.#predictor.take(sync, now)) return false;
      const state = this.#predictor.truth?.state;
      this.#told = state === undefined ? null : viewOf(state);
      this.#measure(sync.tick);
      this.#repeat.counted(sync.seq);
      return true;
    } catch {
      return false;
    }
  }

  /** An INPUT that was sent at `now`. @param changed whether it says something else than the one before */
  input(seq: number, sensed: Sensed, changed: boolean, now: number): void {
    this.#predictor.input(seq, sensed, now);
    this.#repeat.sent(seq, changed, now);
  }

  /** What a player at the same keyboard does from `now` on. */
  beside(seat: number, sensed: Sensed, now: number): void {
    this.#predictor.beside(seat, sensed, now);
  }

  /** Whether what is held is to be said again. */
  repeats(now: number): boolean {
    return this.#told !== null && this.#repeat.due(now);
  }

  silent(now: number): boolean {
    return this.#predictor.silent(now);
  }

  /** What the hub believes, as it was last heard. */
  get told(): PongView | null {
    return this.#told;
  }

  /** How far the ball was drawn from where the hub then had it, in px, at the newest tick heard; null: not known. */
  get ballError(): number | null {
    return this.#ballError;
  }

  /** What to draw at `now`. @param moving whether the match is being played */
  view(moving: boolean, now: number): PongView | null {
    const told = this.#predictor.truth?.state;
    const frame = moving ? this.#predictor.frame(now) : null;
    if (frame === null || told === undefined) return this.#told;
    const view = this.#picture.draw(frame, told, now);
    this.#drawn.set(frame.tick, { ball: view.ball, part: frame.part });
    for (const tick of this.#drawn.keys()) if (tick < frame.tick - MAX_DRAWN) this.#drawn.delete(tick);
    return view;
  }

  #measure(tick: number): void {
    const drawn = this.#drawn.get(tick);
    if (drawn === undefined || this.#told === null) return;
    const { ball, velocity } = this.#told;
    const [x, y] = [ball.x + velocity.x * drawn.part, ball.y + velocity.y * drawn.part];
    this.#ballError = Math.hypot(drawn.ball.x - x, drawn.ball.y - y);
  }
}
