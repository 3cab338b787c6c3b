/** Buttons for thumbs, those that the game knows: a cross of directions and one for action. A thumb may slide over them. */
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { BUTTON } from '../../../shared/contract/messages.ts';
import type { Controls } from '../../../shared/games/game.ts';
import { controlText, texts } from '../texts/play.ts';

type Button = keyof typeof BUTTON;
const BUTTONS = Object.keys(BUTTON) as Button[];

const SIGNS: Readonly<Record<Button, string>> = {
  up: 'M12 5 20 17 4 17z',
  down: 'M12 19 4 7 20 7z',
  left: 'M5 12 17 4 17 20z',
  right: 'M19 12 7 20 7 4z',
  action: 'M6 6h12v12H6z',
};

export interface PadProps {
  readonly controls: Controls;
  /** @param at in ms of performance.now() */
  readonly hold: (buttons: number, at: number) => void;
}

export function Pad({ controls, hold }: PadProps): VNode {
  const area = useRef<HTMLDivElement>(null);
  // Which finger is on which button: lifting one never lifts another.
  const fingers = useRef(new Map<number, Button>());
  const say = (at: number): void => {
    const held = [...fingers.current.values()];
    area.current?.setAttribute('data-held', held.join(' '));
    let buttons = 0;
    for (const button of held) buttons |= BUTTON[button];
    hold(buttons, at);
  };
  const place = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && event.buttons === 0) return;
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-button]');
    const button = under?.dataset['button'] as Button | undefined;
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
  }, [hold]);
  return (
    <div
      ref={area}
      class="pad"
      role="group"
      aria-label={texts.steer}
      onPointerDown={(event) => {
        area.current?.setPointerCapture(event.pointerId);
        place(event);
      }}
      onPointerMove={place}
      onPointerUp={lift}
      onPointerCancel={lift}
      onContextMenu={(event) => event.preventDefault()}
    >
      {BUTTONS.map((button) => {
        const does = controls[button];
        return does === undefined ? null : (
          <div key={button} class={`pad-${button}`} data-button={button}>
            <svg viewBox="0 0 24 24" role="img" aria-label={controlText(does)}>
              <path d={SIGNS[button]} />
            </svg>
          </div>
        );
      })}
    </div>
  );
}
