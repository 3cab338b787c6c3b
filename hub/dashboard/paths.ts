/** The addresses of the pages. */

export const PATHS = {
  projector: '/',
  play: '/play',
  local: '/local',
  rooms: '/rooms',
  devices: '/devices',
  leaderboard: '/leaderboard',
  matches: '/matches',
  league: '/league',
  account: '/league/account',
  tournament: '/league/tournament',
  users: '/league/users',
  lab: '/lab',
  health: '/health',
} as const;

/** The pages of the league: in the menu they are one. */
export const LEAGUE_PAGES = ['league', 'account', 'tournament', 'users'] as const;

export type PageName = keyof typeof PATHS | 'replay';

export function pageAt(path: string): PageName | null {
  if (/^\/matches\/[^/]+$/.test(path)) return 'replay';
  const found = Object.entries(PATHS).find(([, known]) => known === path);
  return (found?.[0] as PageName | undefined) ?? null;
}

/** The match that the replay shows. */
export const matchAt = (path: string): string => decoded(path.split('/')[2] ?? '');
export const replayPath = (match: string): string => `/matches/${encodeURIComponent(match)}`;

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
