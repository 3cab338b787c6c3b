/** The page's head: the name, the ways to the pages, and a wire that runs to the hub and shows whether it is plugged in. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Live } from '../live/live.ts';
import { keepPassword, password } from '../live/teacher.ts';
import { PAGES } from '../pages.ts';
import { LEAGUE_PAGES, PATHS, type PageName } from '../paths.ts';
import { page } from '../router.ts';
import { texts } from '../texts/common.ts';
import { choose, language } from '../texts/language.ts';
import { DotText } from './dot-text.tsx';

const WAYS = (Object.keys(PATHS) as (keyof typeof PATHS)[]).filter((name) => name in PAGES && wayTo(name) === name);

/** The way of the menu that leads to a page. */
function wayTo(name: PageName | null): PageName | null {
  if (LEAGUE_PAGES.some((one) => one === name)) return 'league';
  return name === 'replay' ? 'matches' : name;
}

export function Masthead({ live }: { readonly live: Live }): VNode {
  const connection = live.connection.value;
  return (
    <header class={`masthead ${connection}`}>
      <h1>
        <a href={PATHS.projector}>
          <DotText text={texts.brand} />
        </a>
      </h1>
      <Menu />
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

/** In a row on a wide screen; on a narrow one below a button. */
function Menu(): VNode {
  const [open, setOpen] = useState(false);
  const shown = wayTo(page.value);
  const close = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setOpen(false);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes what is open in it
    <nav class={open ? 'open' : ''} aria-label={texts.pagesHeading} onKeyDown={close}>
      <button type="button" class="menu" aria-expanded={open} aria-controls="ways" onClick={() => setOpen(!open)}>
        {texts.menu}
      </button>
      <ul id="ways">
        {WAYS.map((name) => (
          <li key={name}>
            <a href={PATHS[name]} {...(name === shown && { 'aria-current': 'page' })} onClick={() => setOpen(false)}>
              {texts.pages[name]}
            </a>
          </li>
        ))}
        {password.value !== '' && (
          <li>
            <button type="button" onClick={() => keepPassword('')}>
              {texts.signOut}
            </button>
          </li>
        )}
        <li>
          <button
            type="button"
            lang={language === 'en' ? 'zh-Hant' : 'en'}
            onClick={() => choose(language === 'en' ? 'zh-Hant' : 'en')}
          >
            {texts.otherLanguage}
          </button>
        </li>
      </ul>
    </nav>
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
