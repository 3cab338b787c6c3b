/** Fingers on buttons of the screen: which finger holds which, so that lifting one never lifts another. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { BUTTON } from '../../../shared/contract/messages.ts';
import { texts } from '../texts/play.ts';

export type Button = keyof typeof BUTTON;

/** The sign of each button, as a path in a square of 24. */
export const SIGNS: Readonly<Record<Button, string>> = {
  up: 'M12 5 20 17 4 17z',
  down: 'M12 19 4 7 20 7z',
  left: 'M5 12 17 4 17 20z',
  right: 'M19 12 7 20 7 4z',
  action: 'M6 6h12v12H6z',
};

/** What the element gets on which thumbs lie. */
export interface ThumbArea {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly role: 'group';
  readonly 'aria-label': string;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
  readonly onPointerCancel: (event: PointerEvent) => void;
  readonly onContextMenu: (event: Event) => void;
}

/**
 * @param buttonAt the button under a finger, if there is one
 * @param hold gets all that is held, as bits of INPUT, and when that began, in ms of performance.now()
 */
export function useThumbs(
  buttonAt: (event: PointerEvent, area: HTMLElement) => Button | undefined,
  hold: (buttons: number, at: number) => void,
): ThumbArea {
  const area = useRef<HTMLDivElement>(null);
  const fingers = useRef(new Map<number, Button>());
  const say = (at: number): void => {
    const held = [...fingers.current.values()];
    area.current?.setAttribute('data-held', held.join(' '));
    let buttons = 0;
    for (const button of held) buttons |= BUTTON[button];
    hold(buttons, at);
  };
  const place = (event: PointerEvent): void => {
    // A mouse, or a pen, that only hovers holds nothing.
    if (area.current === null || event.buttons === 0) return;
    const button = buttonAt(event, area.current);
    if (button === fingers.current.get(event.pointerId)) return;
    if (button === undefined) fingers.current.delete(event.pointerId);
    else fingers.current.set(event.pointerId, button);
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
    // Whoever is steered now: what was held for others is let go.
  }, [hold]);
  return {
    ref: area,
    role: 'group',
    'aria-label': texts.steer,
    onPointerDown: (event) => {
      area.current?.setPointerCapture(event.pointerId);
      place(event);
    },
    onPointerMove: place,
    onPointerUp: lift,
    onPointerCancel: lift,
    onContextMenu: (event) => event.preventDefault(),
  };
}
