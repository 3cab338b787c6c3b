/** Two halves of the table, to be held by thumbs: one moves the paddle this way, the other that way. */
import type { VNode } from 'preact';
import { texts } from '../texts/play.ts';
import type { Direction } from './steering.ts';
import { SIGNS, useThumbs } from './thumbs.ts';

export interface TouchZonesProps {
  readonly zones: readonly [Direction, Direction];
  /** Buttons of directions on the screen. @param at in ms of performance.now() */
  readonly hold: (buttons: number, at: number) => void;
}

export function TouchZones({ zones, hold }: TouchZonesProps): VNode {
  const area = useThumbs(({ clientX }, element) => {
    const { left, width } = element.getBoundingClientRect();
    return zones[clientX < left + width / 2 ? 0 : 1];
  }, hold);
  return (
    <div class="zones" {...area}>
      {zones.map((direction) => (
        <div key={direction} class={`zone to-${direction}`}>
          <svg viewBox="0 0 24 24" role="img" aria-label={texts.directions[direction]}>
            <path d={SIGNS[direction]} />
          </svg>
        </div>
      ))}
    </div>
  );
}
