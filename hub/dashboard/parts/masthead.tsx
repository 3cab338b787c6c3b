/** The page's head: the name, and a wire that runs to the hub and shows whether it is plugged in. */
import type { VNode } from 'preact';
import type { Live } from '../live/live.ts';
import { texts } from '../texts.ts';
import { DotText } from './dot-text.tsx';

export function Masthead({ live }: { readonly live: Live }): VNode {
  const connection = live.connection.value;
  return (
    <header class={`masthead ${connection}`}>
      <h1>
        <DotText text={texts.brand} />
      </h1>
      <span class="wire" aria-hidden="true" />
      <svg class="plug" viewBox="0 0 44 20" aria-hidden="true">
        <g class="pins">
          <path d="M0 8h8v4h-8z M8 3h11v14h-11z M19 5h7v3h-7z M19 12h7v3h-7z" />
        </g>
        <path class="socket" d="M28 1h16v18h-16z" />
      </svg>
      <span class="connection">{texts.connection[connection]}</span>
    </header>
  );
}

/** Says that the hub is away, and nothing while it is there. */
export function Banner({ live }: { readonly live: Live }): VNode {
  const trouble = live.health.value !== null && live.health.value.store !== 'ok' ? texts.storeFailing : '';
  const said = live.connection.value === 'down' ? texts.banner : trouble;
  return (
    <p class="banner" role="status" hidden={said === ''}>
      {said}
    </p>
  );
}
