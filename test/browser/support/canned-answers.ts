/** A lesson as the API tells it: the answers of a hub on which a class has played for an hour. */
import type { BadgeInfo, HubInfo, LeaderboardLine, MatchLine } from '../../../shared/contract/api.ts';
import { GAMES } from '../../../shared/games/registry.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import { botJournal } from './bot-journal.ts';
import { cannedLeague } from './canned-league.ts';
import { FakeApi } from './fake-api.ts';
import { PLAYERS } from './scoreboards.ts';

/** When the lesson's first match began: an even moment, so that pictures stay the same. */
const FIRST_AT = Date.UTC(2026, 9, 12, 8, 5);
const MINUTE = 60_000;

export const hubInfo = (): HubInfo => ({
  version: '0.1.0',
  games: GAMES.map(({ name, about, seats, minSeats, parameters }) => ({
    name,
    about,
    seats,
    minSeats,
    parameters: parameters as HubInfo['games'][number]['parameters'],
    bots: name === 'pong',
  })),
  needsPin: true,
  locked: false,
  frozen: false,
});

const NAMES = ['Amber Otter', 'Brisk Heron', 'Tilda', 'Follow the ball', 'Calm Badger', 'Quiet Finch', 'Merry Newt'];

export const LEADERBOARD: readonly LeaderboardLine[] = NAMES.map((name, place) => ({
  device: PLAYERS[place]?.device ?? `phone-${place}`,
  name,
  kind: PLAYERS[place]?.kind ?? 'browser',
  points: 131 - 17 * place,
  wins: Math.max(0, 11 - 2 * place),
  matches: 24 - 2 * place,
}));

const player = (index: number, points: number, won: boolean): MatchLine['players'][number] => ({
  seat: pong.seats[index] ?? '',
  device: PLAYERS[index]?.device ?? '',
  name: PLAYERS[index]?.name ?? '',
  points,
  won,
});

export const MATCHES: readonly MatchLine[] = [
  {
    match: 'm-3',
    room: 'main',
    game: 'pong',
    startedAt: FIRST_AT + 48 * MINUTE,
    endedAt: null,
    outcome: null,
    winner: null,
    journal: true,
    starred: false,
    players: [player(0, 2, false), player(1, 3, false)],
  },
  {
    match: 'm-2',
    room: 'main',
    game: 'pong',
    startedAt: FIRST_AT + 31 * MINUTE,
    endedAt: FIRST_AT + 36 * MINUTE,
    outcome: 'win',
    winner: 'right',
    journal: true,
    starred: true,
    players: [player(0, 4, false), player(1, 5, true), player(2, 1, false)],
  },
  {
    match: 'm-1',
    room: 'window-side',
    game: 'pong',
    startedAt: FIRST_AT,
    endedAt: FIRST_AT + 4 * MINUTE,
    outcome: 'void',
    winner: null,
    journal: false,
    starred: false,
    players: [player(3, 0, false)],
  },
];

export const BADGES: readonly BadgeInfo[] = PLAYERS.map((one, index) => ({
  device: one.device,
  name: one.name,
  kind: one.kind,
  link: one.link,
  address: one.link === 'serial' ? `/dev/ttyACM${index}` : one.device,
  firmware: one.kind === 'board' ? 'uno 0.1.0' : '',
  update: index === 1 ? 'uno 0.2.0' : null,
  restarts: 3 + index,
  room: 'main',
  banned: false,
  buttons: [1, 0, 2, 0][index] ?? 0,
  axis: index === 0 ? 2100 : null,
  roundTripMs: { p50: [1.8, 2.1, 14, 0.4][index] ?? 1, p95: 4 + 9 * index, p99: 7 + 20 * index },
  pressToHubMs: index < 2 ? { p50: 0.9, p95: 1.6, p99: 2.4 } : null,
  clock: index < 2 ? { boundMs: 0.31, driftPpm: -42 } : null,
  inputs: 812 + 31 * index,
  inputsPerSecond: [4.2, 3, 6.1, 9.8][index] ?? 0,
  lost: { crc: index, overrun: 0 },
  missedInputs: index,
  lostOnDevice: 0,
  late: 0,
  refused: 0,
  report: index === 0 ? { bounceUs: [410, 620], stuck: 0 } : null,
}));

/** A match of four that lasts a minute. */
export const journal = (): Uint8Array => botJournal(3600);

export function cannedApi(): FakeApi {
  const hub = { frozen: false, locked: false };
  return cannedLeague(new FakeApi())
    .set('GET /api/hub', () => ({ ...hubInfo(), ...hub }))
    .set('POST /api/hub', (_, body) => ({ ...hubInfo(), ...Object.assign(hub, body) }))
    .set('GET /api/join', { pin: '4711', addresses: ['http://192.168.1.20:8080', 'http://127.0.0.1:8080'] })
    .set('GET /api/devices', BADGES)
    .set('GET /api/devices/{device}/history', ({ device }) =>
      MATCHES.filter(({ players }) => players.some((one) => one.device === device)),
    )
    .set('GET /api/leaderboard/{period}', ({ period }) => (period === 'today' ? LEADERBOARD.slice(0, 3) : LEADERBOARD))
    .set('GET /api/matches', MATCHES)
    .set('GET /api/matches/{match}/journal', journal)
    .set('POST /api/rooms/{room}/bots', (_, body) => ({ count: (body as { count: number }).count }))
    .set('POST /api/devices/{device}/update', { firmware: 'uno 0.2.0' });
}
