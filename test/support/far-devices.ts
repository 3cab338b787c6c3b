/** Devices at the far end of links with delay, jitter and clocks of their own, all in virtual time; the lobby is real. */
import type { UpMessage, DownMessage } from '../../shared/contract/messages.ts';
import { emptyCounters, type Link } from '../../hub/links/link.ts';
import { Lobby } from '../../hub/lobby/lobby.ts';
import type { Room } from '../../hub/rooms/room.ts';
import type { ScoreBuffer } from '../../hub/store/score-buffer.ts';
import { Random } from './random.ts';
import type { VirtualClock } from './virtual-clock.ts';

const WRAP_US = 2 ** 32;

const nothing = (): void => {};

/** A lobby without a disk behind it. */
export function lobbyFor(clock: VirtualClock, rooms: ReadonlyMap<string, Room>): Lobby {
  const buffer = { flush: () => Promise.resolve(), device: () => {} } as unknown as ScoreBuffer;
  const store = { lifetime: () => Promise.resolve({ points: 0, wins: 0 }), deviceName: () => Promise.resolve(null) };
  return new Lobby({
    clock,
    store,
    buffer,
    rooms,
    presence: nothing,
    changed: nothing,
    forgotten: nothing,
    log: nothing,
  });
}

export interface FarOptions {
  /** The shortest way in one direction, in ms. */
  readonly baseMs: number;
  /** What is added to it at most, evenly spread, in ms. */
  readonly jitterMs: number;
}

export class FarDevice implements Link {
  readonly kind = 'mqtt';
  readonly answersPing = true;
  readonly counters = emptyCounters();
  readonly address: string;
  readonly deviceId: string;
  readonly told: DownMessage[] = [];
  readonly #clock: VirtualClock;
  readonly #lobby: Lobby;
  readonly #random: Random;
  readonly #options: FarOptions;
  readonly #offsetMs: number;
  readonly #rate: number;
  #lastUp = 0;
  #lastDown = 0;
  #seq = 0;

  constructor(id: string, clock: VirtualClock, lobby: Lobby, options: FarOptions, seed: number) {
    this.address = id;
    this.deviceId = id;
    this.#clock = clock;
    this.#lobby = lobby;
    this.#options = options;
    this.#random = new Random(seed);
    this.#offsetMs = this.#random.below(4_000_000);
    // Within 0.3 %, as ceramic resonators are.
    this.#rate = 1 + (this.#random.below(6001) - 3000) / 1e6;
  }

  join(): void {
    const { address: id } = this;
    this.#up({
      type: 'HELLO',
      version: 1,
      id,
      kind: 'board',
      name: '',
      firmware: '',
      restarts: 0,
      lastSeq: 0,
      wants: 0,
      maxBaud: 0,
    });
    this.#up({ type: 'JOIN', room: '', side: '' });
  }

  /** A press now, and its release 60 ms later. */
  press(): void {
    this.#sense(1);
    this.#clock.after(60, () => this.#sense(0));
  }

  send(message: DownMessage): void {
    this.#lastDown = Math.max(this.#lastDown, this.#clock.now() + this.#delay());
    this.#clock.after(this.#lastDown - this.#clock.now(), () => {
      this.told.push(message);
      if (message.type === 'PING') this.#up({ type: 'PONG', token: message.token, time: this.#stamp(), lost: 0 });
    });
  }

  close(): void {
    this.#lobby.closed(this, 'closed', false);
  }

  #sense(buttons: number): void {
    this.#up({ type: 'INPUT', seq: ++this.#seq, time: this.#stamp(), buttons, axis: null });
  }

  #up(message: UpMessage): void {
    this.#lastUp = Math.max(this.#lastUp, this.#clock.now() + this.#delay());
    this.#clock.after(this.#lastUp - this.#clock.now(), () => this.#lobby.received(this, { form: 'cbor', message }));
  }

  /** The device's clock in µs. */
  #stamp(): number {
    return Math.floor((this.#offsetMs + this.#clock.now() * this.#rate) * 1000) % WRAP_US;
  }

  #delay(): number {
    return this.#options.baseMs + (this.#random.below(100_001) / 100_000) * this.#options.jitterMs;
  }
}
