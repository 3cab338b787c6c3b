/** What happened a moment ago and is still to be seen: points, hits, serves and wins, by seat, with their age. */
import type { RoomEvent } from './model.ts';

const SHOWN = ['point', 'bounce', 'serve', 'win'] as const;
export type Shown = (typeof SHOWN)[number];

export class Effects {
  /** When it was, by seat. */
  readonly #at: Readonly<Record<Shown, Map<string, number>>> = {
    point: new Map(),
    bounce: new Map(),
    serve: new Map(),
    win: new Map(),
  };

  note({ event, seat }: RoomEvent, now: number): void {
    const shown = SHOWN.find((known) => known === event);
    if (seat !== null && shown !== undefined) this.#at[shown].set(seat, now);
  }

  /** From 1 at the event down to 0 after `lastsMs`; 0 when it never happened. */
  freshness(event: Shown, seat: string, now: number, lastsMs: number): number {
    const at = this.#at[event].get(seat);
    return at === undefined ? 0 : Math.max(0, 1 - (now - at) / lastsMs);
  }

  /** Whether anything is still to be seen. @param lastMs how long each is */
  anyFresh(now: number, lastMs: Readonly<Record<Shown, number>>): boolean {
    return SHOWN.some((event) => {
      for (const at of this.#at[event].values()) if (now - at < lastMs[event]) return true;
      return false;
    });
  }
}
