/**
 * When each snapshot is shown to who watches. Snapshots come unevenly, and some never; they are played out on an even
 * clock, one tick behind the newest, as the straight line between the last two. Where the newest one is late, play goes
 * on by the rules for a while, and what was shown otherwise glides back.
 */
import type { PongView } from '../games/pong/view.ts';
import type { PongAhead } from './pong-ahead.ts';
import { mixedView, placesOf } from './pong-picture.ts';
import { Smoother } from './smoother.ts';

interface Frame {
  readonly tick: number;
  readonly view: PongView;
}

/** What is known at a moment: the last two snapshots, and the local time (ms) at which tick 0 would have come. */
interface Known {
  readonly before: Frame | null;
  readonly latest: Frame;
  readonly origin: number;
  /** Whether play went on then. */
  readonly moving: boolean;
}

/** How fast the clock gives way to snapshots that come later than before; earlier ones are believed at once. */
const CLOCK_GAIN = 0.05;
/** So much later than expected is no unevenness: the match stood still (a pause), and the clock begins anew. */
const STILL_MS = 200;
/** After so long without a newer tick an older one counts: the hub has begun anew. */
const RESTART_MS = 1000;
/** So long play goes on without a snapshot; then it stands still until one comes. */
const AHEAD_MS = 250;
/** A ball, a paddle that is so far off (px) was lost, saved, or away for long: it jumps. */
const JUMPS = [100, 100, 150, 150, 150, 150] as const;

export class Playout {
  #known: Known | null = null;
  /** What was known when something was last shown ahead of its snapshots; until that is corrected. */
  #shownBy: Known | null = null;
  #arrivedAt = 0;
  #tickMs = 1000 / 60;
  #smoother = new Smoother(JUMPS);
  /** The rules, where they are known. */
  ahead: PongAhead | null = null;

  /** Ticks a second. */
  set rate(rate: number) {
    this.#tickMs = 1000 / rate;
  }

  /** Whether play goes on: while it stands still nothing is shown ahead of the newest snapshot. */
  set moving(moving: boolean) {
    if (this.#known !== null && this.#known.moving !== moving) this.#known = { ...this.#known, moving };
  }

  /** The newest tick taken; -1 before the first. */
  get tick(): number {
    return this.#known?.latest.tick ?? -1;
  }

  /** Forgets all: another match begins. */
  reset(): void {
    this.#known = null;
    this.#shownBy = null;
    this.#smoother = new Smoother(JUMPS);
  }

  /** Takes a snapshot that arrived at `now` (ms). @returns false for one that is older than the newest, which is ignored */
  push(tick: number, view: PongView, now: number): boolean {
    const { latest = null, origin: before = 0 } = this.#known ?? {};
    const restarted = latest !== null && now - this.#arrivedAt > RESTART_MS;
    if (latest !== null && tick <= latest.tick && !restarted) return false;
    if (restarted) this.reset();
    const origin = now - tick * this.#tickMs;
    const late = origin - before;
    const fresh = latest === null || restarted || late < 0 || late > STILL_MS;
    this.#known = {
      before: restarted ? null : latest,
      latest: { tick, view },
      origin: fresh ? origin : before + late * CLOCK_GAIN,
      moving: true,
    };
    this.#arrivedAt = now;
    return true;
  }

  /** What to show at `now`; null before the first snapshot. */
  sample(now: number): PongView | null {
    const known = this.#known;
    if (known === null) return null;
    const view = this.#viewBy(known, now);
    const expected = this.#shownBy === null || this.#shownBy === known ? null : this.#viewBy(this.#shownBy, now);
    this.#shownBy = this.ahead !== null && known.moving && this.#overdue(known, now) > 0 ? known : null;
    const jumped = expected !== null && expected.server !== view.server;
    const before = expected === null ? null : placesOf(expected);
    const [x = 0, y = 0, ...paddles] = this.#smoother.smooth(placesOf(view), before, now, [jumped, jumped]);
    return { ...view, ball: { x, y }, paddles: withPlaces(view.paddles, paddles) };
  }

  /** How many ticks the newest snapshot is behind what is to be shown. */
  #overdue({ latest, origin }: Known, now: number): number {
    return (now - origin) / this.#tickMs - 1 - latest.tick;
  }

  #viewBy(known: Known, now: number): PongView {
    const { before, latest, moving } = known;
    const overdue = this.#overdue(known, now);
    if (overdue > 0 && moving && this.ahead !== null) {
      const ticks = Math.min(overdue, AHEAD_MS / this.#tickMs);
      const whole = Math.floor(ticks);
      return mixedView(this.ahead.after(latest.view, whole), this.ahead.after(latest.view, whole + 1), ticks - whole);
    }
    if (before === null) return latest.view;
    const part = Math.min(1, Math.max(0, 1 + overdue / (latest.tick - before.tick)));
    return { ...latest.view, ...placed(mixedView(before.view, latest.view, part), latest.view) };
  }
}

/** The places of a view between two; where the ball was taken back to the middle, those of the newer one. */
const placed = (mixed: PongView, newer: PongView): Pick<PongView, 'ball' | 'paddles'> => ({
  ball: mixed.server === newer.server ? mixed.ball : newer.ball,
  paddles: mixed.paddles,
});

const withPlaces = (paddles: PongView['paddles'], places: readonly number[]): PongView['paddles'] => {
  const [a, b, c, d] = paddles.map((place, seat) => (place === null ? null : (places[seat] ?? place)));
  return [a ?? null, b ?? null, c ?? null, d ?? null];
};
