/** The lab: what it does to the messages between the hub and a seat, in both directions (docs/classroom.md). */
import { randomInt } from 'node:crypto';
import type { Lab } from '../../shared/contract/api.ts';
import type { DownMessage, UpMessage } from '../../shared/contract/messages.ts';
import type { Clock } from '../clock.ts';
import { BadNetwork } from './bad-network.ts';
import type { Session } from './session.ts';

/** `lossy`: the next one says more, so none is sent again. `late`: it comes, as if it had been sent again. */
type Way = 'lossy' | 'late';

/** What is not named goes through as ever: greetings, seats, and what is no part of play. */
const WAYS: ReadonlyMap<(UpMessage | DownMessage)['type'], Way> = new Map([
  ['INPUT', 'lossy'],
  ['COMMAND', 'lossy'],
  ['PONG', 'lossy'],
  ['SYNC', 'lossy'],
  ['OBSERVE', 'lossy'],
  // Its answer may be lost. A board that hears none for 3 s takes the hub for gone: the lab ends no connection.
  ['PING', 'late'],
  ['START', 'late'],
  ['SCORE', 'late'],
  ['EFFECT', 'late'],
  ['END', 'late'],
]);

export class LabNetworks {
  readonly #clock: Clock;
  readonly #seed: () => number;
  readonly #networks = new WeakMap<Session, BadNetwork>();

  /** @param seed of the dice of each device */
  constructor(clock: Clock, seed: () => number = () => randomInt(0x1_0000_0000)) {
    this.#clock = clock;
    this.#seed = seed;
  }

  /** Lets a message of a device, or to it, through. @param lab of its seat; null: nothing is done to it */
  pass(session: Session, lab: Lab | null, type: (UpMessage | DownMessage)['type'], deliver: () => void): void {
    const way = lab === null ? undefined : WAYS.get(type);
    if (lab === null || way === undefined) deliver();
    else this.#network(session).pass(lab, way === 'lossy', deliver);
  }

  #network(session: Session): BadNetwork {
    const known = this.#networks.get(session);
    if (known !== undefined) return known;
    const network = new BadNetwork(this.#clock, this.#seed());
    this.#networks.set(session, network);
    return network;
  }
}
