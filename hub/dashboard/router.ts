/** Which page is shown: by the path of the address. Links inside the dashboard change it without loading anew. */
import { computed, signal } from '@preact/signals';
import { decoded, pageAt, type PageName } from './paths.ts';

export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Without its number sign. */
  readonly hash: string;
}

export const place = signal<Place>(read());

/** The page at the place; null: there is none. */
export const page = computed<PageName | null>(() => pageAt(place.value.path));

export function go(href: string): void {
  history.pushState(null, '', href);
  follow();
  scrollTo(0, 0);
}

/** Follows the address, and links to pages of this dashboard. Those that a reader opens elsewhere are the browser's. */
export function followAddress(): void {
  addEventListener('popstate', follow);
  addEventListener('hashchange', follow);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const changed = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (link === null || changed || event.defaultPrevented || link.target !== '' || link.origin !== location.origin)
      return;
    if (pageAt(link.pathname) === null) return;
    event.preventDefault();
    if (link.href !== location.href) go(link.href);
  });
}

function follow(): void {
  place.value = read();
}

function read(): Place {
  // Tests of what pages make of messages run where there is no page.
  if (typeof location === 'undefined') return { path: '/', query: new URLSearchParams(), hash: '' };
  const path = location.pathname.replace(/(.)\/+$/, '$1');
  return { path, query: new URLSearchParams(location.search), hash: decoded(location.hash.slice(1)) };
}
