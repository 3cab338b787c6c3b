/** Quantiles of the newest samples: a ring, sorted only when asked. */
export class Quantiles {
  readonly #ring: Float64Array;
  #count = 0;
  #max = 0;
  #sum = 0;

  /** @param capacity how many of the newest samples count */
  constructor(capacity = 4096) {
    this.#ring = new Float64Array(capacity);
  }

  add(sample: number): void {
    this.#ring[this.#count++ % this.#ring.length] = sample;
    this.#sum += sample;
    if (sample > this.#max) this.#max = sample;
  }

  /** Forgets all samples. */
  clear(): void {
    this.#count = 0;
    this.#sum = 0;
    this.#max = 0;
  }

  /** How many samples were added. */
  get count(): number {
    return this.#count;
  }

  /** Of all that were added. */
  get sum(): number {
    return this.#sum;
  }

  /** The largest added; 0 if none was. */
  get max(): number {
    return this.#max;
  }

  /** The value below which a fraction of the newest samples lies; 0 if there are none. */
  at(...fractions: number[]): number[] {
    const sorted = this.#ring.slice(0, Math.min(this.#count, this.#ring.length)).toSorted();
    return fractions.map((fraction) => sorted[Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))] ?? 0);
  }

  /** p50, p99 and max, rounded to µs, for people and JSON. */
  summary(): { p50: number; p99: number; max: number } {
    const [p50, p99] = this.at(0.5, 0.99) as [number, number];
    return { p50: roundMs(p50), p99: roundMs(p99), max: roundMs(this.#max) };
  }
}

const roundMs = (ms: number): number => Math.round(ms * 1000) / 1000;
