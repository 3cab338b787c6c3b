/** How fast a count grows, a second: from one reading to the next. */
export class Rate {
  #before: { readonly count: number; readonly at: number } | null = null;
  /** Of late; 0 until there were two readings. */
  perSecond = 0;

  /** @param now in ms */
  read(count: number, now: number): void {
    const before = this.#before;
    this.#before = { count, at: now };
    if (before !== null && now > before.at)
      this.perSecond = Math.round(((count - before.count) * 10_000) / (now - before.at)) / 10;
  }
}
