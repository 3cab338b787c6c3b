/** What was measured in the last minutes, for curves: one sample each time something is told. */

export interface Sample {
  /** The page's clock, in ms. */
  readonly at: number;
  readonly values: readonly (number | null)[];
}

export type Rows = readonly [readonly number[], ...(readonly (readonly (number | null)[])[])];

export class History {
  readonly #lastsMs: number;
  readonly #count: number;
  #samples: readonly Sample[] = [];

  /** @param count of values in each sample */
  constructor(lastsMs: number, count: number) {
    [this.#lastsMs, this.#count] = [lastsMs, count];
  }

  take(at: number, values: Sample['values']): void {
    this.#samples = [...this.#samples.filter((sample) => at - sample.at <= this.#lastsMs), { at, values }];
  }

  /** Seconds before the newest sample, then a row for each value. */
  get rows(): Rows {
    const newest = this.#samples.at(-1)?.at ?? 0;
    const seconds = this.#samples.map(({ at }) => (at - newest) / 1000);
    const values = Array.from({ length: this.#count }, (_, index) =>
      this.#samples.map((sample) => sample.values[index] ?? null),
    );
    return [seconds, ...values];
  }
}
