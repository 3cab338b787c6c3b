/** Each page, loaded when it is first shown. */
import type { ComponentType } from 'preact';
import type { Live } from './live/live.ts';
import type { PageName } from './paths.ts';

export interface PageProps {
  readonly live: Live;
}

export interface PageEntry {
  /** `bare`: the page has the whole window and its own connection; `still`: it needs nothing live. */
  readonly frame: 'live' | 'bare';
  load(): Promise<ComponentType<PageProps>>;
}

export const PAGES: Readonly<Partial<Record<PageName, PageEntry>>> = {
  projector: { frame: 'live', load: async () => (await import('./pages/projector/page.tsx')).Projector },
};
