/**
 * Hides corrections: what is drawn goes on from where it was drawn, and the distance to where it should be fades away.
 * A distance that is too large to be glided over is jumped at once.
 */
const HALF_MS = 40;

export class Smoother {
  readonly #limits: readonly number[];
  readonly #paces: readonly number[];
  #offsets: number[];
  #at = -Infinity;

  /**
   * @param limits by coordinate: from this distance on it jumps
   * @param paces by coordinate: no correction moves it faster, per ms; none: as fast as it fades
   */
  constructor(limits: readonly number[], paces: readonly number[] = []) {
    this.#limits = limits;
    this.#paces = paces;
    this.#offsets = limits.map(() => 0);
  }

  /**
   * Where to draw, at `now` (ms), what is believed to be at `places`.
   * @param expected where it was believed to be before a correction that came since the last time; null: none came
   * @param jump coordinates that are drawn where they are believed to be, whatever was drawn before
   */
  smooth(
    places: readonly number[],
    expected: readonly number[] | null,
    now: number,
    jump: readonly boolean[] = [],
  ): number[] {
    const passed = now - this.#at;
    this.#at = now;
    this.#offsets = places.map((place, index) => {
      const offset = this.#faded(index, passed) + ((expected?.[index] ?? place) - place);
      return jump[index] === true || Math.abs(offset) > (this.#limits[index] ?? Infinity) ? 0 : offset;
    });
    return places.map((place, index) => place + (this.#offsets[index] ?? 0));
  }

  #faded(index: number, passedMs: number): number {
    const offset = this.#offsets[index] ?? 0;
    // Of no time nothing fades, not even at an endless pace.
    if (offset === 0 || passedMs <= 0) return offset;
    const most = (this.#paces[index] ?? Infinity) * passedMs;
    const away = Math.abs(offset) * (1 - 0.5 ** (passedMs / HALF_MS));
    return offset - Math.sign(offset) * Math.min(most, away);
  }
}
