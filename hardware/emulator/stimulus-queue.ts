/** What the world does to a board, ordered by cycle: a binary heap, first in first out among equals. */

/** @param cycle the cycle it was scheduled for; the board may be a few cycles past it */
export type Stimulus = (cycle: number) => void;

interface Entry {
  readonly cycle: number;
  readonly order: number;
  readonly fn: Stimulus;
}

const before = (a: Entry, b: Entry): boolean => (a.cycle === b.cycle ? a.order < b.order : a.cycle < b.cycle);

export class StimulusQueue {
  readonly #heap: Entry[] = [];
  #order = 0;
  #next = Infinity;

  /** Cycle of the earliest stimulus, Infinity when there is none. */
  get next(): number {
    return this.#next;
  }

  add(cycle: number, fn: Stimulus): void {
    const heap = this.#heap;
    const entry: Entry = { cycle, order: this.#order++, fn };
    let index = heap.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (before(heap[parent]!, entry)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
    this.#next = heap[0]!.cycle;
  }

  /** Runs every stimulus due at or before `cycle`, those that these add included. */
  fire(cycle: number): void {
    while (this.#next <= cycle) {
      const due = this.#pop();
      due.fn(due.cycle);
    }
  }

  #pop(): Entry {
    const heap = this.#heap;
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) this.#sink(last);
    this.#next = heap[0]?.cycle ?? Infinity;
    return top;
  }

  #sink(entry: Entry): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (before(entry, heap[child]!)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = entry;
  }
}
