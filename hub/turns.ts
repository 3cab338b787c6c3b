/** Figures that cost something are taken in turns: a few in each round, so that no moment bears all of them. */
export class Turns<K extends object, V> {
  readonly #take: (of: K) => V;
  readonly #perRound: number;
  readonly #values = new WeakMap<K, V>();
  /** Whose turn it is next: who waits longest, first. */
  #queue: K[] = [];

  constructor(perRound: number, take: (of: K) => V) {
    this.#perRound = perRound;
    this.#take = take;
  }

  /** What was taken when it had its turn; undefined: it had none yet. */
  get(of: K): V | undefined {
    return this.#values.get(of);
  }

  /** Takes the next few of all there are. */
  round(all: Iterable<K>): void {
    const there = new Set(all);
    const waiting = this.#queue.filter((one) => there.has(one));
    const known = new Set(waiting);
    // Who is new has no figure at all.
    const queue = [...[...there].filter((one) => !known.has(one)), ...waiting];
    const turn = queue.splice(0, this.#perRound);
    for (const one of turn) this.#values.set(one, this.#take(one));
    this.#queue = [...queue, ...turn];
  }
}
