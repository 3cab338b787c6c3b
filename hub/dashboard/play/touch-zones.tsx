/** Two halves of the table, to be held by thumbs: one moves the paddle this way, the other that way. */
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { BUTTON } from '../../../shared/contract/messages.ts';
import { texts } from '../texts/play.ts';
import type { Direction } from './steering.ts';

export interface TouchZonesProps {
  readonly zones: readonly [Direction, Direction];
  /** Buttons of directions on the screen. @param at in ms of performance.now() */
  readonly hold: (buttons: number, at: number) => void;
}

const ARROWS: Readonly<Record<Direction, string>> = {
  up: 'M12 5 20 17 4 17z',
  down: 'M12 19 4 7 20 7z',
  left: 'M5 12 17 4 17 20z',
  right: 'M19 12 7 20 7 4z',
};

export function TouchZones({ zones, hold }: TouchZonesProps): VNode {
  const area = useRef<HTMLDivElement>(null);
  // Which finger is on which half: lifting one never lifts another.
  const fingers = useRef(new Map<number, Direction>());
  const say = (at: number): void => {
    const held = [...fingers.current.values()];
    area.current?.setAttribute('data-held', held.join(' '));
    let buttons = 0;
    for (const direction of held) buttons |= BUTTON[direction];
    hold(buttons, at);
  };
  const place = (event: PointerEvent): void => {
    const box = area.current?.getBoundingClientRect();
    if (box === undefined || (event.pointerType === 'mouse' && event.buttons === 0)) return;
    fingers.current.set(event.pointerId, zones[event.clientX < box.left + box.width / 2 ? 0 : 1]);
    say(event.timeStamp);
  };
  const lift = (event: PointerEvent): void => {
    if (fingers.current.delete(event.pointerId)) say(event.timeStamp);
  };
  useEffect(() => {
    const held = fingers.current;
    return () => {
      held.clear();
      hold(0, performance.now());
    };
    // Whoever the zones steer now: what was held by others is let go.
  }, [hold]);
  return (
    <div
      ref={area}
      class="zones"
      role="group"
      aria-label={texts.steer}
      onPointerDown={(event) => {
        area.current?.setPointerCapture(event.pointerId);
        place(event);
      }}
      onPointerMove={(event) => {
        if (fingers.current.has(event.pointerId)) place(event);
      }}
      onPointerUp={lift}
      onPointerCancel={lift}
      onContextMenu={(event) => event.preventDefault()}
    >
      {zones.map((direction) => (
        <div key={direction} class={`zone to-${direction}`}>
          <svg viewBox="0 0 24 24" role="img" aria-label={texts.directions[direction]}>
            <path d={ARROWS[direction]} />
          </svg>
        </div>
      ))}
    </div>
  );
}
