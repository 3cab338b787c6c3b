/** Where programs that speak MQTT come into the arena: a broker on loopback that knows only those that were started. */
import { randomBytes } from 'node:crypto';
import type { Decoded } from '../../shared/contract/codec.ts';
import { isUp } from '../../shared/contract/messages.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import { Access } from '../broker/access.ts';
import { Broker } from '../broker/broker.ts';
import { systemClock } from '../clock.ts';
import type { Link, LinkHandler } from '../links/link.ts';
import { ProgramPlayer } from './program-player.ts';

/** Messages a second of one program: nothing here goes by the clock. */
const MAX_RATE = 100_000;

export class ProgramDoor implements LinkHandler {
  readonly #players = new Map<string, ProgramPlayer>();
  readonly #broker: Broker;
  /** What a program gives as MQTT password. */
  readonly secret = randomBytes(16).toString('hex');
  port = 0;

  constructor() {
    this.#broker = new Broker({
      clock: systemClock,
      access: new Access('token', this.secret, systemClock),
      handler: this,
      maxRate: MAX_RATE,
      choices: () => {},
      presence: () => null,
      log: () => {},
      refused: () => {},
    });
  }

  async start(): Promise<void> {
    this.port = await this.#broker.start('127.0.0.1', 0);
  }

  stop(): Promise<void> {
    return this.#broker.stop();
  }

  /** Waits for a program with this id. @param seats of the game @param index which of them is its */
  expect(id: string, name: string, seats: readonly string[], index: number): ProgramPlayer {
    const player = new ProgramPlayer(name, seats, index);
    this.#players.set(id, player);
    return player;
  }

  received(link: Link, { message }: Decoded): void {
    const player = this.#playerOf(link);
    if (player === undefined) link.close('id-mismatch');
    else if (message === undefined || !isUp(message)) player.refused(new PaddlewireError('direction-wrong'));
    else player.heard(link, message);
  }

  refused(link: Link, error: PaddlewireError): void {
    this.#playerOf(link)?.refused(error);
  }

  failed(link: Link, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.#playerOf(link)?.lost(new PaddlewireError('internal-error', text));
    link.close('internal-error');
  }

  closed(link: Link): void {
    this.#playerOf(link)?.lost(new PaddlewireError('agent-crashed', 'The program ended its connection.'));
  }

  #playerOf(link: Link): ProgramPlayer | undefined {
    return this.#players.get(link.address);
  }
}
