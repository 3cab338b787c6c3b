/** What a teacher should know of the hub's figures, in sentences; none: all is well. */
import type { Health } from '../../live/model.ts';
import { texts } from '../../texts/health.ts';

/** A tick at 60 a second has 16.7 ms: one that is half of it late is seen. */
const LATE_MS = 8;
const SHORT_BYTES = 200_000_000;

export function verdict({ store, figures: { tickLatenessMs, diskFreeBytes }, troubles }: Health): string[] {
  return [
    ...(store === 'ok' ? [] : [texts.storeFailing]),
    ...((tickLatenessMs?.p99 ?? 0) > LATE_MS ? [texts.behind] : []),
    ...(diskFreeBytes !== null && diskFreeBytes < SHORT_BYTES ? [texts.diskShort] : []),
    ...troubles.map(({ text }) => text),
  ];
}
