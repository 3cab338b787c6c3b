/** A league as the API tells it: an evening on which sixteen agents play. */
import type {
  GameLine,
  LadderLine,
  LeagueStatus,
  Me,
  OpenedSession,
  TournamentLine,
  TournamentState,
  UserInfo,
} from '../../../shared/contract/league-api.ts';
import type { FakeApi } from './fake-api.ts';

const FIRST_AT = Date.UTC(2026, 9, 12, 18, 0);
const MINUTE = 60_000;

const NAMES = [
  'ada', 'blaise', 'chien-shiung', 'dorothy', 'emmy', 'fei', 'grace', 'hedy', 'ida', 'john', 'katherine', 'lotfi',
  'mary', 'niklaus', 'olga', 'peter',
]; // prettier-ignore

export const USERS: readonly UserInfo[] = [
  { name: 'teacher', role: 'admin', createdAt: FIRST_AT },
  ...NAMES.map((name, index) => ({ name, role: 'user', createdAt: FIRST_AT + index * MINUTE }) as const),
  { name: 'bot-pong', role: 'bot', createdAt: FIRST_AT },
];

const ratingOf = (index: number) => {
  const [mu, sigma] = [34 - 1.3 * index, 1.6 + 0.35 * ((index * 7) % 11)];
  return {
    mu,
    sigma,
    score: mu - 3 * sigma,
    games: 24 - index,
    wins: 18 - index,
    draws: 1,
    losses: 5,
    disconnects: index % 5 === 3 ? 1 : 0,
  };
};

export const LADDER: readonly LadderLine[] = NAMES.slice(0, 12)
  .map((name, index) => ladderLine(name, index))
  .toSorted((a, b) => b.score - a.score)
  .map((line, index) => Object.assign(line, { rank: index + 1 }));

function ladderLine(name: string, index: number): LadderLine {
  return { rank: 0, name, role: name === 'fei' ? 'bot' : 'user', ...ratingOf(index) };
}

const gameOf = (index: number, end: GameLine['end'] = 'win'): GameLine => {
  const [one, other] = [NAMES[index] ?? '', NAMES[index + 1] ?? ''];
  return {
    match: `league-${index}`,
    game: 'pong',
    tournament: index === 1 ? 1 : null,
    startedAt: FIRST_AT + (50 - index) * MINUTE,
    endedAt: FIRST_AT + (52 - index) * MINUTE,
    end,
    winner: end === 'win' ? one : null,
    disconnected: end === 'disconnected' ? other : null,
    players: [
      { user: one, device: `${one}-agent`, score: 5 },
      { user: other, device: `${other}-agent`, score: 3 },
    ],
    journal: index !== 2,
  };
};
const GAMES = [gameOf(0), gameOf(1), gameOf(2, 'draw'), gameOf(3, 'disconnected')];

export const STATUS: LeagueStatus = {
  registration: 'key',
  games: ['pong', 'rps'],
  game: 'pong',
  players: 7,
  waiting: [
    {
      user: 'hedy',
      device: 'hedy-agent',
      name: 'Follow the ball',
      game: 'pong',
      waitedMs: 74_000,
      note: 'Nobody of your strength is free: the nearest is at 22 %, 30 % are needed.',
    },
    { user: 'ida', device: 'ida-agent', name: '', game: 'pong', waitedMs: 4000, note: '' },
  ],
  running: [
    {
      room: 'league-7',
      game: 'pong',
      tournament: null,
      players: [
        { user: 'ada', device: 'ada-agent' },
        { user: 'blaise', device: 'blaise-agent' },
      ],
    },
  ],
  settings: {
    everyMs: 1000,
    nearness: 30,
    bonus: 10,
    keepWaiting: 10,
    maxMatches: 50,
    botAfterS: 20,
    disconnect: 'end',
    disconnectRating: 'none',
  },
};

export const SESSION: OpenedSession = {
  session: 'canned-session',
  expiresAt: Date.UTC(2096, 0, 1),
  user: { name: 'ada', role: 'user', createdAt: FIRST_AT },
};

export const ME: Me = {
  user: SESSION.user,
  tokens: [
    { id: 1, name: 'laptop', hint: 'pw_7fa2…', createdAt: FIRST_AT },
    { id: 2, name: 'the computer in the library', hint: 'pw_k31c…', createdAt: FIRST_AT + 9 * MINUTE },
  ],
  devices: [
    { device: 'ada-agent', name: 'Follow the ball', doing: 'playing', note: '' },
    { device: 'ada-second', name: '', doing: 'waiting', note: 'Nobody else waits.' },
  ],
  ratings: [{ game: 'pong', rank: 1, ...ratingOf(0) }],
};

const history = Array.from({ length: 18 }, (_, index) => {
  const [mu, sigma] = [25 + 9 * Math.sin(index / 9), 8.3 * 0.92 ** index];
  return { match: `league-${index}`, mu, sigma, score: mu - 3 * sigma, at: FIRST_AT + index * MINUTE };
}).toReversed();

type Pairing = TournamentState['rounds'][number][number];

const pairing = (players: Pairing['players'], state: Pairing['state'], more: Partial<Pairing> = {}): Pairing => ({
  players,
  scores: state === 'won' ? [5, 2] : state === 'playing' ? [1, 3] : [],
  winner: state === 'won' || state === 'bye' || state === 'forfeit' ? (players[0] ?? null) : null,
  state,
  room: state === 'playing' ? 'league-7' : null,
  forfeitMs: null,
  ...more,
});

const meet = (names: readonly string[], state: Pairing['state']): Pairing[] =>
  names.flatMap((name, index) => (index % 2 === 0 ? [pairing([name, names[index + 1] ?? null], state)] : []));

const tournament = {
  game: 'pong',
  createdAt: FIRST_AT,
  phase: 'running',
  winner: null,
} as const;

const KNOCK_OUT: TournamentState = {
  ...tournament,
  id: 1,
  name: 'Evening of the paddles',
  kind: 'elimination',
  players: NAMES,
  rounds: [
    [...meet(NAMES.slice(0, 14), 'won'), pairing(['olga', null], 'bye')],
    [
      pairing(['ada', 'chien-shiung'], 'won'),
      pairing(['emmy', 'grace'], 'playing'),
      pairing(['ida', 'katherine'], 'waiting', { forfeitMs: 42_000 }),
      pairing(['mary', 'olga'], 'forfeit'),
    ],
  ],
  standings: [],
};

const SWISS: TournamentState = {
  ...tournament,
  id: 2,
  name: 'Swiss of Monday',
  kind: 'swiss',
  players: NAMES.slice(0, 8),
  rounds: [meet(NAMES.slice(0, 8), 'won'), meet(['ada', 'chien-shiung', 'emmy', 'grace'], 'playing')],
  standings: NAMES.slice(0, 8).map((name, index) => ({
    rank: index + 1,
    name,
    points: index % 2 === 0 ? 2 : 0,
    wins: index % 2 === 0 ? 1 : 0,
    draws: 0,
    losses: index % 2,
    opponents: 2,
  })),
};

const lineOf = ({ id, name, kind, players, ...line }: TournamentState): TournamentLine => ({
  ...tournament,
  id,
  name,
  kind,
  phase: line.phase,
  players: players.length,
});

/** The league's endpoints of a hub on which it plays. */
export function cannedLeague(api: FakeApi): FakeApi {
  return api
    .set('GET /api/league', STATUS)
    .set('GET /api/league/ladder/{game}', ({ game }) => (game === 'pong' ? [...LADDER] : []))
    .set('GET /api/league/games/{page}', { page: 1, pages: 3, total: 60, games: GAMES })
    .set('GET /api/league/me', ME)
    .set('GET /api/league/me/games/{page}', { page: 1, pages: 2, total: 30, games: GAMES })
    .set('GET /api/league/users/{user}/history/{game}', history)
    .set('GET /api/league/users', [...USERS])
    .set('GET /api/league/tournaments', [lineOf(KNOCK_OUT), lineOf(SWISS)])
    .set('GET /api/league/tournaments/{tournament}', ({ tournament: id }) => (id === '2' ? SWISS : KNOCK_OUT))
    .set('POST /api/league/login', SESSION)
    .set('POST /api/league/me/tokens', { id: 3, token: 'pw_canned-token-that-is-long-enough-to-wrap' });
}
