/** Buttons for thumbs, those that the game knows: a cross of directions and one for action. A thumb may slide over them. */
import type { VNode } from 'preact';
import { BUTTON } from '../../../shared/contract/messages.ts';
import type { Controls } from '../../../shared/games/game.ts';
import { controlText } from '../texts/play.ts';
import { SIGNS, useThumbs, type Button } from './thumbs.ts';

const BUTTONS = Object.keys(BUTTON) as Button[];

export interface PadProps {
  readonly controls: Controls;
  /** @param at in ms of performance.now() */
  readonly hold: (buttons: number, at: number) => void;
}

export function Pad({ controls, hold }: PadProps): VNode {
  const area = useThumbs(buttonUnder, hold);
  return (
    <div class="pad" {...area}>
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

const buttonUnder = ({ clientX, clientY }: PointerEvent): Button | undefined =>
  document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-button]')?.dataset['button'] as
    | Button
    | undefined;
