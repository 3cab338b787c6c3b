/** The league's part of the HTTP API (docs/league.md): shapes and endpoints. shared/contract/api.ts has the table. */
import { choice, flag, integer, list, number, object, optional, orNull, text } from './schema.ts';
import type { Schema, ValueIn } from './schema.ts';

export const ROLES = ['user', 'admin', 'bot'] as const;
export const GAME_ENDS = ['win', 'draw', 'disconnected'] as const;
export const TOURNAMENT_KINDS = ['round-robin', 'swiss', 'elimination'] as const;
export const TOURNAMENT_PHASES = ['open', 'running', 'over'] as const;
export const PAIRING_STATES = ['waiting', 'playing', 'won', 'draw', 'bye', 'forfeit'] as const;
export const REGISTRATIONS = ['key', 'pin', 'closed'] as const;

const count = (what: string): Schema<number> => integer(0, Number.MAX_SAFE_INTEGER, what);
const time = (what: string): Schema<number> => count(`${what}, in ms since 1970`);
const userName = text(32, 'name of a user');
const gameName = text(32, 'game');
const password = text(200, '8 to 128 characters');

export const userInfo = object({
  name: userName,
  role: choice(ROLES, 'what the user may do'),
  createdAt: time('when it was added'),
});
export type UserInfo = ValueIn<typeof userInfo>;

const session = {
  session: text(64, 'to be sent as `Authorization: Bearer`; said once'),
  expiresAt: time('when it ends by itself'),
  user: userInfo,
} as const;
export const openedSession = object(session, 'A user is logged in');
export type OpenedSession = ValueIn<typeof openedSession>;

const freshToken = text(64, 'for agents, as MQTT password; said once');
export const registered = object({ ...session, token: freshToken }, 'A user is added and logged in');

const rating = {
  mu: number('what the user is taken to be worth'),
  sigma: number('how uncertain that is'),
  score: number('mu − 3 sigma: the ladder goes by it'),
  games: count('rated matches'),
  wins: count('of these won'),
  draws: count('of these drawn'),
  losses: count('of these lost'),
  disconnects: count('matches that ended because a device of the user went away'),
} as const;

export const ladderLine = object({
  rank: count('place, from 1'),
  name: userName,
  role: choice(ROLES, 'bots play too'),
  ...rating,
});
export type LadderLine = ValueIn<typeof ladderLine>;

export const me = object(
  {
    user: userInfo,
    tokens: list(
      object({
        id: count('its number'),
        name: text(32, 'what its owner calls it'),
        hint: text(16, 'its first letters'),
        createdAt: time('when it was made'),
      }),
      'tokens',
    ),
    devices: list(
      object({
        device: text(64, 'device'),
        name: text(32, 'its name; empty: it was not there since the hub started'),
        doing: choice(['away', 'idle', 'waiting', 'playing'], 'what it does; waiting: in the queue of the league'),
        note: text(200, 'what it was last told of its place in the queue'),
      }),
      'devices and agents',
    ),
    ratings: list(object({ game: gameName, rank: count('place, from 1'), ...rating }), 'one for each game played'),
  },
  'Who is logged in, with what is theirs',
);
export type Me = ValueIn<typeof me>;

export const gameLine = object({
  match: text(64, 'id of the match'),
  game: gameName,
  tournament: orNull(count('its tournament')),
  startedAt: time('its beginning'),
  endedAt: time('its end'),
  end: choice(GAME_ENDS, 'how it ended'),
  winner: orNull(text(32, 'user that won')),
  disconnected: orNull(text(32, 'user whose device went away')),
  players: list(
    object({ user: text(32, 'name; empty: removed'), device: text(64, 'device'), score: count('points') }),
    'in the order of the seats',
  ),
  journal: flag('whether its journal is there, for a replay'),
});
export type GameLine = ValueIn<typeof gameLine>;

export const gamesPage = object({
  page: count('from 1'),
  pages: count('how many there are'),
  total: count('matches'),
  games: list(gameLine, 'at most 25, the newest first'),
});
export type GamesPage = ValueIn<typeof gamesPage>;

export const leagueStatus = object(
  {
    registration: choice(REGISTRATIONS, 'what is needed to register: the key of the league, or the PIN'),
    games: list(gameName, 'that are played in the league'),
    game: text(32, 'what JOIN `league` means'),
    players: count('devices that wait or play'),
    waiting: list(
      object({
        user: userName,
        device: text(64, 'device'),
        name: text(32, 'its name'),
        game: gameName,
        waitedMs: count('since it came into the queue'),
        note: text(200, 'why it waits'),
      }),
      'the queue, the longest first',
    ),
    running: list(
      object({
        room: text(24, 'room: watch it as any other'),
        game: gameName,
        tournament: orNull(count('its tournament')),
        players: list(object({ user: userName, device: text(64, 'device') }), 'in the order of the seats'),
      }),
      'matches',
    ),
    settings: object({
      everyMs: count('how often it is paired'),
      nearness: count('%: a pair above it is matched'),
      bonus: count('%: added for each minute that both have waited together'),
      keepWaiting: count('%: so many of those in the league stay in the queue'),
      maxMatches: count('at once'),
      botAfterS: orNull(count('s after which a bot steps in; null: none does')),
      disconnect: choice(['end', 'pause'], 'what happens when a device goes away'),
      disconnectRating: choice(['none', 'loss'], 'what that does to ratings'),
    }),
  },
  'What goes on in the league',
);
export type LeagueStatus = ValueIn<typeof leagueStatus>;

export const ratingChange = object({
  match: orNull(text(64, 'null: time alone')),
  mu: rating.mu,
  sigma: rating.sigma,
  score: rating.score,
  at: time('when'),
});

const tournament = {
  id: count('its number'),
  name: text(64, 'name'),
  game: gameName,
  kind: choice(TOURNAMENT_KINDS, 'how players are paired'),
  phase: choice(TOURNAMENT_PHASES, 'open: not started yet'),
  createdAt: time('when it was made'),
  winner: orNull(text(32, 'user that won; null: not over, or shared')),
} as const;
export const tournamentLine = object({ ...tournament, players: count('how many play') });
export type TournamentLine = ValueIn<typeof tournamentLine>;

export const tournamentState = object(
  {
    ...tournament,
    players: list(userName, 'in the order of their seeds'),
    rounds: list(
      list(
        object({
          players: list(orNull(text(32, 'user')), 'two; null: nobody'),
          scores: list(count('points'), 'of the newest match of the two; empty: none was played'),
          winner: orNull(text(32, 'user that won or goes on')),
          state: choice(PAIRING_STATES, 'how it stands'),
          room: orNull(text(24, 'where they play now')),
          forfeitMs: orNull(count('after which who is away loses')),
        }),
        'the pairings of a round',
      ),
      'rounds, the first first',
    ),
    standings: list(
      object({
        rank: count('place, from 1; equal ones share it'),
        name: userName,
        points: number('2 for a win, a bye or a forfeit of the other, 1 for a draw'),
        wins: count('won'),
        draws: count('drawn'),
        losses: count('lost'),
        opponents: number('points of those it met: where points are equal'),
      }),
      'the best first',
    ),
  },
  'A tournament, for the projector',
);
export type TournamentState = ValueIn<typeof tournamentState>;

const done = object({}, 'It is done');
const nothing = object({}, 'Nothing is needed');

type Who = 'all' | 'user' | 'admin';

const get = <W extends Who, A>(who: W, doc: string, answer: Schema<A>) =>
  ({ method: 'GET', doc, leader: false, who, answer }) as const;
const post = <W extends Who, B, A>(who: W, doc: string, body: Schema<B>, answer: Schema<A>) =>
  ({ method: 'POST', doc, leader: false, who, body, answer }) as const;

export const LEAGUE_ENDPOINTS = {
  'GET /api/league': get('all', 'Who waits, who plays, by what rules.', leagueStatus),
  'POST /api/league/register': post(
    'all',
    'Adds a user, with the key of the league or the PIN; who leads the class needs none.',
    object({ name: userName, password, key: optional(text(64, 'key of the league, or the PIN')) }),
    registered,
  ),
  'POST /api/league/login': post('all', 'Opens a session.', object({ name: userName, password }), openedSession),
  'POST /api/league/logout': post('user', 'Ends the session.', nothing, done),
  'GET /api/league/me': get('user', 'What is mine.', me),
  'POST /api/league/me/password': post(
    'user',
    'Sets a new password: all sessions end, and a new one is opened.',
    object({ old: text(200, 'the password that counts so far'), password }),
    openedSession,
  ),
  'POST /api/league/me/tokens': post(
    'user',
    'Makes a token.',
    object({ name: text(32, 'what to call it') }),
    object({ id: count('its number'), token: freshToken }),
  ),
  'POST /api/league/me/tokens/{token}/revoke': post(
    'user',
    'A token counts no more: connections made with it end.',
    nothing,
    done,
  ),
  'GET /api/league/me/games/{page}': get('user', 'My matches; pages from 1.', gamesPage),
  'GET /api/league/games/{page}': get('all', 'All matches of the league; pages from 1.', gamesPage),
  'GET /api/league/ladder/{game}': get(
    'all',
    'Who is best in a game, by mu − 3 sigma.',
    list(ladderLine, 'the best first'),
  ),
  'GET /api/league/users/{user}/history/{game}': get(
    'all',
    'How the rating of a user changed, the newest first, at most 500.',
    list(ratingChange, 'changes'),
  ),
  'GET /api/league/users': get('admin', 'All users.', list(userInfo, 'users')),
  'POST /api/league/users': post(
    'admin',
    'Adds a user. Without a password the hub makes one.',
    object({ name: userName, password: optional(password), role: optional(text(16, 'user, admin or bot')) }),
    object({
      name: userName,
      password: orNull(text(200, 'the password that the hub made; said once')),
      token: freshToken,
    }),
  ),
  'POST /api/league/users/{user}/role': post(
    'admin',
    'Changes the role of a user.',
    object({ role: text(16, 'user, admin or bot') }),
    done,
  ),
  'POST /api/league/users/{user}/password': post(
    'admin',
    'Sets a password; all sessions of the user end. Without one the hub makes one.',
    object({ password: optional(password) }),
    object({ password: orNull(text(200, 'the password that the hub made; said once')) }),
  ),
  'POST /api/league/users/{user}/remove': post(
    'admin',
    'Removes a user with tokens, devices and ratings; the matches stay.',
    nothing,
    done,
  ),
  'POST /api/league/reset': post(
    'admin',
    'Takes back all ratings, or all matches with the ratings and tournaments.',
    object({ what: choice(['games', 'ratings'], 'what is taken back') }),
    done,
  ),
  'GET /api/league/tournaments': get('all', 'All tournaments, the newest first.', list(tournamentLine, 'tournaments')),
  'GET /api/league/tournaments/{tournament}': get('all', 'How a tournament stands.', tournamentState),
  'POST /api/league/tournaments': post(
    'admin',
    'Makes a tournament; it begins when it is started.',
    object({
      name: text(64, 'name'),
      game: gameName,
      kind: choice(TOURNAMENT_KINDS, 'how players are paired'),
      players: optional(list(userName, 'who plays; left out: all users but bots')),
    }),
    tournamentState,
  ),
  'POST /api/league/tournaments/{tournament}/start': post('admin', 'Starts it.', nothing, tournamentState),
  'POST /api/league/tournaments/{tournament}/stop': post(
    'admin',
    'Ends it as it stands; matches that run are played to their end.',
    nothing,
    tournamentState,
  ),
} as const;
