/** Each page, loaded when it is first shown. */
import type { ComponentType } from 'preact';
import type { Live } from './live/live.ts';
import { mounted } from './parts/mounted.tsx';
import type { PageName } from './paths.ts';

export interface PageProps {
  readonly live: Live;
}

export interface PageEntry {
  /** `bare`: the page has the whole window, and its own connection if it needs one. */
  readonly frame: 'live' | 'bare';
  /** It shows moments of play. */
  readonly play?: true;
  load(): Promise<ComponentType<PageProps>>;
}

export const PAGES: Readonly<Record<PageName, PageEntry>> = {
  projector: { frame: 'live', play: true, load: async () => (await import('./pages/projector/page.tsx')).Projector },
  play: { frame: 'bare', load: async () => mounted((await import('./play/index.tsx')).mountPlay) },
  local: { frame: 'bare', load: async () => mounted((await import('./local/index.tsx')).mountLocal) },
  devices: { frame: 'live', load: async () => (await import('./pages/devices/page.tsx')).Devices },
  rooms: { frame: 'live', load: async () => (await import('./pages/rooms/page.tsx')).Rooms },
  leaderboard: { frame: 'live', load: async () => (await import('./pages/leaderboard/page.tsx')).Leaderboard },
  matches: { frame: 'live', load: async () => (await import('./pages/matches/page.tsx')).Matches },
  replay: { frame: 'live', load: async () => (await import('./pages/replay/page.tsx')).Replay },
  league: { frame: 'live', load: async () => (await import('./pages/league/page.tsx')).LeaguePage },
  account: { frame: 'live', load: async () => (await import('./pages/account/page.tsx')).AccountPage },
  tournament: { frame: 'live', load: async () => (await import('./pages/tournament/page.tsx')).TournamentPage },
  users: { frame: 'live', load: async () => (await import('./pages/users/page.tsx')).UsersPage },
  lab: { frame: 'live', play: true, load: async () => (await import('./pages/lab/page.tsx')).LabPage },
  health: { frame: 'live', load: async () => (await import('./pages/health/page.tsx')).HealthPage },
};
