/**
 * The newest two views of a game that draws itself, and how far the picture is from one to the other: from the moment at
 * which the newest came, over the time that lies between the two.
 */
import { sameBytes } from './same-bytes.ts';

interface Frame {
  readonly tick: number;
  readonly view: Uint8Array;
}

export interface ShownViews {
  /** null: there is none to glide from. */
  readonly before: Uint8Array | null;
  readonly latest: Uint8Array;
  /** 0 at `before`, 1 at `latest`. */
  readonly part: number;
}

/** After so long without a newer tick an older one counts: the hub has begun anew. */
const RESTART_MS = 1000;
/** Two snapshots that lie further apart than this are two pictures, and nothing glides. */
const MAX_GLIDE_MS = 250;

export class ViewPlayout {
  #before: Frame | null = null;
  #latest: Frame | null = null;
  /** A view that seems old: the first of the next match may come before the scoreboard that tells of it. */
  #early: Frame | null = null;
  #arrivedAt = 0;
  /** When the newest tick was first told. */
  #since = 0;
  #tickMs = 1000 / 60;

  /** Ticks a second. */
  set rate(rate: number) {
    this.#tickMs = 1000 / rate;
  }

  /** Another match begins. */
  reset(): void {
    this.#before = null;
    this.#latest = this.#early;
    this.#early = null;
  }

  /** Takes a view that arrived at `now` (ms). One that is older than the newest is left out. */
  push(tick: number, view: Uint8Array, now: number): void {
    const latest = this.#latest;
    // What looks the same is the same: it is drawn once.
    const frame = { tick, view: latest !== null && sameBytes(latest.view, view) ? latest.view : view };
    const restarted = latest !== null && now - this.#arrivedAt > RESTART_MS;
    this.#early = null;
    if (latest !== null && tick < latest.tick && !restarted) {
      this.#early = frame;
      return;
    }
    // While play stands still a tick is told again and again, and who sits there may change.
    if (tick !== latest?.tick) [this.#before, this.#since] = [restarted ? null : latest, now];
    this.#latest = frame;
    this.#arrivedAt = now;
  }

  /** What to show at `now`; null before the first. */
  sample(now: number): ShownViews | null {
    const [before, latest] = [this.#before, this.#latest];
    if (latest === null) return null;
    const spanMs = before === null ? 0 : (latest.tick - before.tick) * this.#tickMs;
    const stands = before === null || before.view === latest.view;
    if (stands || spanMs <= 0 || spanMs > MAX_GLIDE_MS) return { before: null, latest: latest.view, part: 1 };
    const part = Math.min(1, Math.max(0, (now - this.#since) / spanMs));
    return { before: before.view, latest: latest.view, part };
  }
}
