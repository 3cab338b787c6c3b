/** One room as the page sees it: its scoreboard, its snapshots, and what happened just now. */
import { signal, type Signal } from '@preact/signals';
import { withDefaults } from '../../../shared/games/game.ts';
import { parameters as pongParameters } from '../../../shared/games/pong/parameters.ts';
import { readPongView, type PongView } from '../../../shared/games/pong/view.ts';
import { readPressView, type PressView } from '../../../shared/games/presses/view.ts';
import { Playout } from '../../../shared/netcode/playout.ts';
import { PongAhead } from '../../../shared/netcode/pong-ahead.ts';
import { Effects } from './effects.ts';
import type { RoomEvent, Scoreboard } from './model.ts';
import { sameBytes } from './same-bytes.ts';
import { readSnapshot } from './snapshot.ts';
import { ViewPlayout } from './view-playout.ts';

/** A moment of a match of Pong as it arrived. */
export interface Moment {
  readonly tick: number;
  readonly view: PongView;
  /** When it came, by the page's clock in ms. */
  readonly at: number;
}

const ENDS_TURN = new Set(['go', 'nobody', 'point', 'serve', 'start']);

export class RoomLive {
  readonly name: string;
  readonly scoreboard: Signal<Scoreboard>;
  /** Local time (ms) at which the countdown that the scoreboard told of is over. */
  readonly countdownEnds: Signal<number>;
  /** The newest view of a game of presses. */
  readonly presses: Signal<PressView | null> = signal(null);
  #pressed: Uint8Array | null = null;
  readonly playout = new Playout();
  /** The newest views of a game that draws itself. */
  readonly views = new ViewPlayout();
  /** Counts what ends a turn: points, a new round. A choice that was made before is none any more. */
  readonly turns: Signal<number> = signal(0);
  readonly effects = new Effects();
  /** The newest moment: what the hub believes, as it came. */
  readonly newest: Signal<Moment | null> = signal(null);
  /** A snapshot that seems old: the first of the next match may come before the scoreboard that tells of it. */
  #early: { readonly tick: number; readonly view: PongView } | null = null;

  constructor(name: string, scoreboard: Scoreboard, now: number) {
    this.name = name;
    this.scoreboard = signal(scoreboard);
    this.countdownEnds = signal(now + scoreboard.countdownMs);
    this.#setRules(scoreboard);
  }

  /** @returns the seat that has won just now, or null */
  takeScoreboard(scoreboard: Scoreboard, now: number): string | null {
    const before = this.scoreboard.value;
    const won = scoreboard.final && !(before.final && before.match === scoreboard.match) ? scoreboard.winner : null;
    if (scoreboard.match !== before.match || scoreboard.game !== before.game) {
      this.#setRules(scoreboard);
      this.views.reset();
    }
    if (scoreboard.match !== before.match) {
      this.playout.reset();
      if (this.#early !== null) this.playout.push(this.#early.tick, this.#early.view, now);
      this.#early = null;
    }
    this.countdownEnds.value = now + scoreboard.countdownMs;
    this.scoreboard.value = scoreboard;
    if (won !== null) this.effects.note({ event: 'win', seat: won }, now);
    return won;
  }

  /** By which what is shown goes on when snapshots are late. They stay for a match. */
  #setRules({ game, rate, parameters }: Scoreboard): void {
    this.playout.rate = rate;
    this.views.rate = rate;
    this.playout.ahead = game === 'pong' ? new PongAhead(withDefaults(pongParameters, parameters), rate) : null;
  }

  /** Takes the bytes of a SNAPSHOT; what cannot be read is left out. */
  takeState(bytes: Uint8Array, now: number): void {
    const message = readSnapshot(bytes);
    if (message === null) return;
    try {
      const { game } = this.scoreboard.value;
      if (game === 'reaction' || game === 'buzzer') {
        this.#takePresses(message.view);
        return;
      }
      if (game !== 'pong') {
        this.views.push(message.tick, message.view, now);
        return;
      }
      const view = readPongView(message.view);
      if (view === null) return;
      const seemsOld = message.tick < this.playout.tick;
      const shown = this.playout.push(message.tick, view, now);
      this.playout.moving = message.playing;
      if (shown) this.newest.value = { tick: message.tick, view, at: now };
      this.#early = seemsOld && !shown ? { tick: message.tick, view } : null;
    } catch {
      // A snapshot of a newer hub, or of a game this page does not know: the scoreboard still tells the score.
    }
  }

  /** Sixty a second, of which few are another: the page is drawn anew for those alone. */
  #takePresses(view: Uint8Array): void {
    if (this.#pressed !== null && sameBytes(this.#pressed, view)) return;
    this.presses.value = readPressView(view);
    this.#pressed = view;
  }

  takeEvent(event: RoomEvent, now: number): void {
    this.effects.note(event, now);
    if (ENDS_TURN.has(event.event)) this.turns.value++;
  }
}
