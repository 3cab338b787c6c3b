/** What happened a moment ago and is still to be seen: points, hits, serves and wins, by seat, with their age. */
import type { RoomEvent } from './model.ts';

const SHOWN = ['point', 'bounce', 'serve', 'win'] as const;
export type Shown = (typeof SHOWN)[number];

export class Effects {
  readonly #at = new Map<string, number>();

  note({ event, seat }: RoomEvent, now: number): void {
    if (seat !== null && SHOWN.some((known) => known === event)) this.#at.set(`${event} ${seat}`, now);
  }

  /** From 1 at the event down to 0 after `lastsMs`; 0 when it never happened. */
  freshness(event: Shown, seat: string, now: number, lastsMs: number): number {
    const at = this.#at.get(`${event} ${seat}`);
    return at === undefined ? 0 : Math.max(0, 1 - (now - at) / lastsMs);
  }
}
