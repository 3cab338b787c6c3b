/** Time in a game: its ticks are its only clock. */

/** Ticks that last at least `ms`. */
export const ticksOf = (ms: number, rate: number): number => Math.ceil((ms * rate) / 1000);

/** How long so many ticks last, in ms, rounded up. */
export const msOf = (ticks: number, rate: number): number => Math.ceil((ticks * 1000) / rate);
