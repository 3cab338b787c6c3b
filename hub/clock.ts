/** Time as a part that is handed in, so that tests and simulations can hand in their own. */

/** Cancels a timer; calling it again does nothing. */
export type Cancel = () => void;

export interface Clock {
  /** Monotonic, in ms with fractions; its zero means nothing. */
  now(): number;
  /** Wall clock, in ms since 1970, for what people read and files keep. */
  epoch(): number;
  /** Calls `run` once after `ms`. */
  after(ms: number, run: () => void): Cancel;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  epoch: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
