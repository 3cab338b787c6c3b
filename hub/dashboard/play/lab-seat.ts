/** A player on the lab's own page: a terminal of its own in a room, steered by the arrow keys, whose screen can be shown. */
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { PongView } from '../../../shared/games/pong/view.ts';
import { newId } from './identity.ts';
import { listenToKeys } from './keyboard.ts';
import { randomBelow, someNames } from './names.ts';
import { Player, type SeatAt } from './player.ts';
import { Rooms } from './rooms.ts';

export class LabSeat {
  readonly #rooms = new Rooms();
  readonly #player: Player;
  readonly #room: string;
  #unlisten = (): void => {};

  /** @param pin empty: none is needed */
  constructor(room: string, pin: string) {
    this.#room = room;
    this.#player = new Player({
      kept: { id: newId(), name: someNames(1, randomBelow)[0] ?? '', keys: 'arrows' },
      rooms: this.#rooms,
      terminal: {
        secret: pin,
        restarts: 1,
        watch: Rooms.topics,
        watched: (topic, payload) => this.#rooms.take(topic, payload, performance.now()),
      },
      // Nobody has an id that was made just now.
      held: () => {},
      idTaken: () => {},
    });
  }

  get predicting(): Signal<boolean> {
    return this.#player.predicts;
  }

  /** Where it sits; null while it has no seat. */
  get seat(): ReadonlySignal<SeatAt | null> {
    return this.#player.seat;
  }

  /** How far off its ball was drawn at the newest tick that was heard, in px; undefined: it draws what it hears. */
  get ballError(): number | null | undefined {
    return this.predicting.value ? this.#player.shadow.ballError : undefined;
  }

  view(now: number): PongView | null {
    return this.#player.view(now);
  }

  start(): void {
    this.#player.start();
    this.#player.enter(this.#player.name.value, this.#room);
    this.#unlisten = listenToKeys(() => [this.#player]);
  }

  stop(): void {
    this.#unlisten();
    this.#player.stop();
  }
}
