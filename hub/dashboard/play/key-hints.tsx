/** Which key does what in this game, for who has a keyboard. */
import type { VNode } from 'preact';
import type { KeyMapName } from '../../../shared/contract/key-maps.ts';
import { BUTTON } from '../../../shared/contract/messages.ts';
import type { Controls } from '../../../shared/games/game.ts';
import { controlText, texts } from '../texts/play.ts';

const BUTTONS = Object.keys(BUTTON) as (keyof typeof BUTTON)[];

export function KeyHints({ controls, keys }: { readonly controls: Controls; readonly keys: KeyMapName }): VNode {
  return (
    <ul class="key-hints" aria-label={texts.keysHeading}>
      {BUTTONS.map((button) => {
        const does = controls[button];
        return does === undefined ? null : (
          <li key={button}>
            <kbd>{texts.keyNames[keys][button]}</kbd> {controlText(does)}
          </li>
        );
      })}
    </ul>
  );
}
