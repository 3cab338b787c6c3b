/** The bots of all rooms: brought in on free seats, and taken out. Each has an id that is the same in every run. */
import type { BotMaker } from '../../../shared/games/bots.ts';
import type { Holder, LinkHandler } from '../link.ts';
import { BotLink, type BotParts } from './bot-link.ts';

const NAMES = [
  'Ada', 'Blaise', 'Claude', 'Dorothy', 'Emmy', 'Fei', 'Grace', 'Hedy', 'Ida', 'John', 'Katherine', 'Lotfi',
  'Mary', 'Niklaus', 'Olga', 'Peter', 'Radia', 'Sofia', 'Tim', 'Ursula', 'Vint', 'Wang', 'Xia', 'Yvonne',
  'Alan', 'Barbara', 'Charles', 'Donald', 'Edsger', 'Frances', 'Karen', 'Leslie',
]; // prettier-ignore

export class Bots {
  readonly #handler: () => LinkHandler;
  readonly #seed: () => number;
  /** By room, and there by number. */
  readonly #rooms = new Map<string, Map<number, BotLink>>();

  /**
   * @param handler of links
   * @param seed a fresh one for each match of a bot
   */
  constructor(handler: () => LinkHandler, seed: () => number) {
    this.#handler = handler;
    this.#seed = seed;
  }

  count(room: string): number {
    return this.#rooms.get(room)?.size ?? 0;
  }

  /** Brings bots in until there are so many; each takes a seat as any device does. */
  bring(room: string, make: BotMaker, count: number): void {
    for (let left = count - this.count(room); left > 0; left--) this.#start(room, { bot: make });
  }

  /** Brings one in on a certain seat, as a user of the league. @returns its id */
  bringOne(room: string, make: BotMaker, side: string, holder: Holder): string {
    return this.#start(room, { bot: make, side, holder });
  }

  #start(room: string, parts: Pick<BotParts, 'bot' | 'side' | 'holder'>): string {
    const bots = this.#rooms.get(room) ?? new Map<number, BotLink>();
    this.#rooms.set(room, bots);
    let number = 1;
    while (bots.has(number)) number++;
    const id = `bot-${room}-${number}`;
    const bot = new BotLink({
      ...parts,
      id,
      name: `${NAMES[(number - 1) % NAMES.length]} (bot)`,
      room,
      seed: this.#seed,
      handler: this.#handler(),
      ended: () => bots.delete(number),
    });
    bots.set(number, bot);
    bot.start();
    return id;
  }

  /** Takes bots out until there are so many left: who came last goes first. They leave their seats. */
  take(room: string, left: number): void {
    const bots = [...(this.#rooms.get(room)?.values() ?? [])];
    for (const bot of bots.slice(left)) bot.leave();
    if (this.count(room) === 0) this.#rooms.delete(room);
  }
}
