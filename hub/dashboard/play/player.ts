/** One player of this page: a device with its link, its seat, what it holds, and its match played ahead of the hub. */
import { batch, signal, type Signal } from '@preact/signals';
import type { DownMessage, MessageOf } from '../../../shared/contract/messages.ts';
import type { Sensed } from '../../../shared/games/game.ts';
import type { PongView } from '../../../shared/games/pong/view.ts';
import type { KeptPlayer } from './identity.ts';
import { Ahead } from './ahead.ts';
import type { Rooms } from './rooms.ts';
import { hasBeenTouched, tone } from '../live/speaker.ts';
import { Terminal, type TerminalOptions, type Wire } from './terminal.ts';

/** What stands between a player and a seat; `seated`: nothing. */
export type Standing =
  | 'entering'
  | 'seated'
  | 'full'
  | 'locked'
  | 'banned'
  /** The teacher took the seat; or the player gave it back. Neither asks again by itself. */
  | 'dismissed'
  | 'left'
  | 'refused';

export interface SeatAt {
  readonly room: string;
  readonly side: string;
  readonly index: number;
}

export type Light = 'off' | 'on' | 'flash' | 'identify';

export interface PlayerParts {
  readonly kept: KeptPlayer;
  readonly rooms: Rooms;
  readonly terminal: Pick<TerminalOptions, 'secret' | 'restarts' | 'watch' | 'watched'>;
  /** Somebody else has its id. */
  idTaken(): void;
  /** What it holds from now on, for who draws the court of all players here. */
  held(seat: SeatAt, sensed: Sensed): void;
}

/** What an ERROR to HELLO or JOIN means; the rest is about single messages. */
const STANDINGS: Readonly<Record<string, Standing>> = {
  'seat-none-free': 'full',
  'seat-taken': 'full',
  'lobby-locked': 'locked',
  'device-banned': 'banned',
  'device-kicked': 'dismissed',
  'version-unsupported': 'refused',
};
/** Those that a seat can still be had in, by asking again. */
const ASKS_AGAIN = new Set<Standing>(['full', 'locked', 'banned']);
const ASK_MS = 2000;
/** How often it is looked whether an INPUT has to be said again. */
const REPEAT_MS = 25;
const VIBRATION_MS = 30;
/** A connection that is cut so soon, so often: another page has the id, and cannot be asked. */
const FIGHT_MS = 2000;
const MAX_FIGHTS = 3;

export class Player {
  readonly id: string;
  readonly name: Signal<string>;
  readonly keys: KeptPlayer['keys'];
  readonly wire: Signal<Wire> = signal('searching');
  readonly standing: Signal<Standing> = signal('entering');
  readonly seat: Signal<SeatAt | null> = signal(null);
  readonly result: Signal<MessageOf<'END'> | null> = signal(null);
  readonly lifetime: Signal<{ readonly points: number; readonly wins: number }> = signal({ points: 0, wins: 0 });
  readonly light: Signal<Light> = signal('off');
  /** Whether it is drawn ahead of the hub; off, it is drawn as the hub is heard. */
  readonly predicts: Signal<boolean> = signal(true);
  /** Whether the ball waits for this player's serve, and whether the hub is silent while play goes on. */
  readonly serving: Signal<boolean> = signal(false);
  readonly silent: Signal<boolean> = signal(false);
  readonly #parts: PlayerParts;
  readonly #terminal: Terminal;
  #room = '';
  #held = { buttons: 0, axis: null as number | null };
  #ahead: Ahead | null = null;
  #asking: ReturnType<typeof setInterval> | undefined;
  #repeating: ReturnType<typeof setInterval> | undefined;
  #darkening: ReturnType<typeof setTimeout> | undefined;
  #upAt = -Infinity;
  #fights = 0;

  constructor(parts: PlayerParts) {
    const { id, name, keys } = parts.kept;
    this.#parts = parts;
    [this.id, this.name, this.keys] = [id, signal(name), keys];
    this.#terminal = new Terminal({
      ...parts.terminal,
      id,
      wire: (wire) => this.#wired(wire),
      message: (message) => this.#take(message, performance.now()),
    });
  }

  /** Begins to connect; it becomes a device with `enter`. */
  start(): void {
    this.#terminal.start();
    this.#asking = setInterval(() => this.#ask(), ASK_MS);
    this.#repeating = setInterval(() => this.#repeat(), REPEAT_MS);
  }

  stop(): void {
    clearInterval(this.#asking);
    clearInterval(this.#repeating);
    clearTimeout(this.#darkening);
    this.#terminal.stop();
  }

  /** Asks for a seat in a room; empty: the hub chooses. */
  enter(name: string, room: string): void {
    this.name.value = name;
    this.#room = room;
    this.standing.value = 'entering';
    this.#terminal.introduce(name);
  }

  /** Gives the seat back, and asks for none. */
  leave(): void {
    this.#terminal.send({ type: 'LEAVE' });
    this.standing.value = 'left';
  }

  /** Asks again, after it was dismissed or has left. */
  joinAgain(): void {
    this.standing.value = 'entering';
    this.#join();
  }

  hurry(): void {
    this.#terminal.hurry();
  }

  watch(topic: string): void {
    this.#terminal.watch(topic);
  }

  /** What is held now. @param at when that began, in ms of performance.now() */
  hold(buttons: number, at = performance.now()): void {
    if (buttons === this.#held.buttons) return;
    // A light that asks which device this is goes out by a press on it.
    if (buttons !== 0 && this.light.value === 'identify') this.light.value = 'off';
    this.#held = { ...this.#held, buttons };
    this.#say(true, at);
  }

  /** Where a slider is, 0 to 4095; null: it was let go. */
  slide(axis: number | null): void {
    if (axis === this.#held.axis) return;
    this.#held = { ...this.#held, axis };
    this.#say(true, performance.now());
  }

  /** A game's own word. */
  choose(word: string): void {
    this.#terminal.command(word);
  }

  /** What to draw at `now`; null: nothing is known yet. */
  view(now: number): PongView | null {
    const scoreboard = this.#scoreboard();
    const ahead = this.#aheadNow();
    if (ahead === null) return null;
    const moving = scoreboard?.phase === 'playing';
    const view = ahead.view(moving && this.predicts.value, now);
    batch(() => {
      this.silent.value = moving && ahead.silent(now);
      this.serving.value = moving && view?.server === ahead.seat;
    });
    return view;
  }

  /** What the hub believes, as it was last heard, and how far off the ball was drawn, in px: for the lesson about it. */
  get shadow(): { readonly view: PongView | null; readonly ballError: number | null } {
    return { view: this.#ahead?.told ?? null, ballError: this.#ahead?.ballError ?? null };
  }

  #say(changed: boolean, at: number): void {
    const seat = this.seat.value;
    if (seat === null) return;
    if (changed) this.#parts.held(seat, this.#held);
    const seq = this.#terminal.input(this.#held.buttons, this.#held.axis, at);
    // A hub that is away does not hear it, but the paddle moves.
    this.#aheadNow()?.input(seq, this.#held, changed, performance.now());
  }

  /** What another player at this keyboard holds from now on: that one's paddle moves at once, too. */
  beside({ room, index }: SeatAt, sensed: Sensed): void {
    if (room === this.seat.value?.room) this.#aheadNow()?.beside(index, sensed, performance.now());
  }

  #repeat(): void {
    if (this.#scoreboard()?.phase !== 'playing') return;
    if (this.#aheadNow()?.repeats(performance.now()) === true) this.#say(false, performance.now());
  }

  #wired(wire: Wire): void {
    const now = performance.now();
    if (wire === 'up') this.#upAt = now;
    else if (wire === 'searching' && this.wire.value === 'up') {
      // A broker that is asked by two with one id lets in the newer, which is closed by the older in its turn.
      this.#fights = now - this.#upAt < FIGHT_MS ? this.#fights + 1 : 0;
      if (this.#fights >= MAX_FIGHTS) return this.#parts.idTaken();
    }
    this.wire.value = wire;
    if (wire !== 'up' && this.standing.value === 'seated') this.standing.value = 'entering';
  }

  #join(): void {
    this.#terminal.send({ type: 'JOIN', room: this.#room, side: '' });
  }

  #ask(): void {
    if (this.wire.value === 'up' && ASKS_AGAIN.has(this.standing.value)) this.#join();
  }

  #take(message: DownMessage, now: number): void {
    switch (message.type) {
      case 'WELCOME':
        this.lifetime.value = { points: message.lifetimePoints, wins: message.lifetimeWins };
        if (this.standing.value !== 'left' && this.standing.value !== 'dismissed') this.#join();
        break;
      case 'SEAT':
        this.#seated(message);
        break;
      case 'START':
        this.result.value = null;
        break;
      case 'SYNC':
        this.#aheadNow()?.take(message, now);
        break;
      case 'SCORE':
        this.lifetime.value = { points: message.lifetimePoints, wins: message.lifetimeWins };
        break;
      case 'END':
        this.result.value = message;
        break;
      case 'EFFECT':
        this.#show(message);
        break;
      case 'ERROR':
        this.#refused(message.code);
        break;
      case 'ASK':
        this.#terminal.send({ type: 'REPORT', bounce: [], stuck: 0, lost: [] });
        break;
      case 'OBSERVE':
      case 'ACK':
      case 'PING':
      case 'BAUD':
      case 'NOTE':
        break;
    }
  }

  #seated({ room, side, index }: MessageOf<'SEAT'>): void {
    if (side === '') {
      this.seat.value = null;
      this.#ahead = null;
      if (this.standing.value === 'seated') this.standing.value = 'dismissed';
      return;
    }
    this.#room = room;
    this.seat.value = { room, side, index };
    this.standing.value = 'seated';
    // The hub let go of what was held when the link was lost.
    if (this.#held.buttons !== 0 || this.#held.axis !== null) this.#say(true, performance.now());
  }

  #refused(code: string): void {
    if (code === 'id-in-use') return this.#parts.idTaken();
    // Its room is gone: any other will do.
    if (code === 'room-unknown' && this.#room !== '') {
      this.#room = '';
      return this.#join();
    }
    const standing = STANDINGS[code];
    if (standing === undefined || this.standing.value === 'left') return;
    this.seat.value = null;
    this.standing.value = standing;
  }

  #show({ effect, value, ms }: MessageOf<'EFFECT'>): void {
    if (effect === 'tone') return tone(value, ms);
    this.light.value = effect === 'identify' ? 'identify' : value === 0 ? 'off' : value === 1 ? 'on' : 'flash';
    clearTimeout(this.#darkening);
    if (ms > 0) this.#darkening = setTimeout(() => (this.light.value = 'off'), ms);
    if (this.light.value !== 'off' && 'vibrate' in navigator && hasBeenTouched()) navigator.vibrate(VIBRATION_MS);
  }

  #scoreboard() {
    const { seat } = this;
    return seat.value === null ? undefined : this.#parts.rooms.find(seat.value.room)?.scoreboard.value;
  }

  /** The match that is on, played ahead; a new one for a new match or seat. null: it cannot be predicted. */
  #aheadNow(): Ahead | null {
    const [scoreboard, seat] = [this.#scoreboard(), this.seat.value];
    if (scoreboard === undefined || seat === null || scoreboard.game !== 'pong') return (this.#ahead = null);
    if (this.#ahead?.match !== scoreboard.match || this.#ahead.seat !== seat.index) {
      this.#ahead = new Ahead(scoreboard, seat.index);
    }
    return this.#ahead;
  }
}
