/**
 * When each snapshot is shown. Snapshots come unevenly; they are played out on an even clock, one tick behind the
 * newest, as the straight line between the last two.
 */
import type { PongView } from '../../../shared/games/pong/view.ts';

interface Frame {
  readonly tick: number;
  readonly view: PongView;
}

/** How fast the clock gives way to snapshots that come later than before; earlier ones are believed at once. */
const CLOCK_GAIN = 0.05;
/** So much later than expected is no unevenness: the match stood still (a pause), and the clock begins anew. */
const STILL_MS = 200;
/** After so long without a newer tick an older one counts: the hub has begun anew. */
const RESTART_MS = 1000;

export class Playout {
  #before: Frame | null = null;
  #latest: Frame | null = null;
  #arrivedAt = 0;
  /** Local time at which tick 0 would have come. */
  #origin = 0;
  #tickMs = 1000 / 60;

  /** Ticks a second. */
  set rate(rate: number) {
    this.#tickMs = 1000 / rate;
  }

  /** The newest tick taken; -1 before the first. */
  get tick(): number {
    return this.#latest?.tick ?? -1;
  }

  /** Forgets all: another match begins. */
  reset(): void {
    this.#before = null;
    this.#latest = null;
  }

  /** Takes a snapshot that arrived at `now` (ms). @returns false for one that is older than the newest, which is ignored */
  push(tick: number, view: PongView, now: number): boolean {
    const latest = this.#latest;
    const restarted = latest !== null && now - this.#arrivedAt > RESTART_MS;
    if (latest !== null && tick <= latest.tick && !restarted) return false;
    const origin = now - tick * this.#tickMs;
    const late = origin - this.#origin;
    const fresh = latest === null || restarted || late < 0 || late > STILL_MS;
    this.#origin = fresh ? origin : this.#origin + late * CLOCK_GAIN;
    this.#before = restarted ? null : latest;
    this.#latest = { tick, view };
    this.#arrivedAt = now;
    return true;
  }

  /** What to show at `now`; null before the first snapshot. */
  sample(now: number): PongView | null {
    const [before, latest] = [this.#before, this.#latest];
    if (latest === null || before === null) return latest?.view ?? null;
    const shown = (now - this.#origin) / this.#tickMs - 1;
    const part = Math.min(1, Math.max(0, (shown - before.tick) / (latest.tick - before.tick)));
    return between(before.view, latest.view, part);
  }
}

/** The view between two, with the newer one's counts. A ball that was taken back to the middle has jumped. */
function between(before: PongView, latest: PongView, part: number): PongView {
  const mix = (a: number, b: number): number => a + (b - a) * part;
  const jumped = latest.server !== before.server;
  const place = (seat: 0 | 1 | 2 | 3): number | null => {
    const [a, b] = [before.paddles[seat], latest.paddles[seat]];
    return a === null || b === null ? b : mix(a, b);
  };
  return {
    ...latest,
    ball: jumped ? latest.ball : { x: mix(before.ball.x, latest.ball.x), y: mix(before.ball.y, latest.ball.y) },
    paddles: [place(0), place(1), place(2), place(3)],
  };
}
