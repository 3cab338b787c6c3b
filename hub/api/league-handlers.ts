/** The league for users: who they are, what is theirs, and what everybody may see (docs/league.md). */
import type { LadderLine, LeagueStatus, Me, OpenedSession, UserInfo } from '../../shared/contract/league-api.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import type { Caller } from '../http/routes.ts';
import type { Clock } from '../clock.ts';
import type { Accounts } from '../league/accounts.ts';
import type { Ladder, Place } from '../league/ladder.ts';
import type { League } from '../league/league.ts';
import type { GameLine as StoredGame, LeagueStore, UserRow } from '../store/league-store.ts';
import type { Handlers } from './handlers.ts';

export interface LeagueHandlersParts {
  readonly league: League;
  readonly store: Pick<LeagueStore, 'games' | 'history'>;
  readonly clock: Clock;
  /** Whether a key lets somebody register. */
  readonly key: (key: string, address: string) => boolean;
  readonly registration: LeagueStatus['registration'];
  /** Of passwords: too many from an address are not looked at. */
  readonly tries: { take(address: string): boolean; wrong(address: string): void };
  /** Matches whose journal is there. */
  readonly journals: () => Promise<ReadonlyMap<string, unknown>>;
}

type Names =
  | 'GET /api/league'
  | `POST /api/league/${'register' | 'login' | 'logout'}`
  | 'GET /api/league/me'
  | 'POST /api/league/me/password'
  | 'POST /api/league/me/tokens'
  | 'POST /api/league/me/tokens/{token}/revoke'
  | 'GET /api/league/me/games/{page}'
  | 'GET /api/league/games/{page}'
  | 'GET /api/league/ladder/{game}'
  | 'GET /api/league/users/{user}/history/{game}';

const GAMES_PER_PAGE = 25;
const ENDS = ['win', 'draw', 'disconnected'] as const;

export function leagueHandlers(parts: LeagueHandlersParts): Pick<Handlers, Names> {
  const { league, store } = parts;
  const { accounts, ladder } = league;
  const caller = (asks: Caller): UserRow => userOf(accounts, asks);
  return {
    'GET /api/league': () => status(parts),
    'POST /api/league/register': (_, body, asks) => register(parts, body, asks),
    'POST /api/league/login': (_, { name, password }, { address }) =>
      tried(parts, address, () => login(accounts, name, password)),
    'POST /api/league/logout': async (_, __, asks) => {
      caller(asks);
      await accounts.logout(asks.session ?? '');
    },
    'GET /api/league/me': (_, __, asks) => mine(league, caller(asks)),
    'POST /api/league/me/password': async (_, { old, password }, asks) => {
      const { name } = caller(asks);
      await tried(parts, asks.address, () => accounts.checkPassword(name, old));
      await accounts.setPassword(name, password);
      return opened(accounts, accounts.named(name));
    },
    'POST /api/league/me/tokens': (_, { name }, asks) => accounts.addToken(caller(asks).id, name),
    'POST /api/league/me/tokens/{token}/revoke': ({ token }, _, asks) =>
      accounts.revoke(caller(asks).id, Number(token)),
    'GET /api/league/me/games/{page}': ({ page }, _, asks) => games(parts, caller(asks).id, page),
    'GET /api/league/games/{page}': ({ page }) => games(parts, null, page),
    'GET /api/league/ladder/{game}': ({ game }) => ladderLines(accounts, ladder, league.gameCalled(game)),
    'GET /api/league/users/{user}/history/{game}': async ({ user, game }) => {
      const changes = await store.history({ user: accounts.named(user).id, game: league.gameCalled(game) });
      return changes.map(({ match, mu, sigma, at }) => ({ match, mu, sigma, score: mu - 3 * sigma, at }));
    },
  };
}

/** Who is logged in. @throws PaddlewireError login-required */
export function userOf(accounts: Accounts, { session }: Caller): UserRow {
  const user = session === null ? null : accounts.userOfSession(session);
  if (user === null) throw new PaddlewireError('login-required');
  return user;
}

export const infoOf = ({ name, role, createdAt }: UserRow): UserInfo => ({ name, role, createdAt });

/** @throws PaddlewireError register-closed, key-wrong, and those of adding a user */
async function register(
  { league: { accounts }, key, registration }: LeagueHandlersParts,
  body: { readonly name: string; readonly password: string; readonly key: string | undefined },
  { leads, address }: Caller,
): Promise<OpenedSession & { readonly token: string }> {
  if (!leads) {
    if (registration === 'closed') throw new PaddlewireError('register-closed');
    if (body.key === undefined || !key(body.key, address)) throw new PaddlewireError('key-wrong');
  }
  const user = await accounts.add(body.name, body.password);
  const { token } = await accounts.addToken(user.id, 'first');
  return { ...(await opened(accounts, user)), token };
}

async function login(accounts: Accounts, name: string, password: string): Promise<OpenedSession> {
  const { user, ...session } = await accounts.login(name, password);
  return { ...session, user: infoOf(user) };
}

async function opened(accounts: Accounts, user: UserRow): Promise<OpenedSession> {
  return { ...(await accounts.openSession(user.id)), user: infoOf(user) };
}

/** Looks at a password, if there were not too many wrong ones. @throws PaddlewireError tries-exceeded, login-wrong */
async function tried<T>({ tries }: LeagueHandlersParts, address: string, look: () => Promise<T>): Promise<T> {
  if (!tries.take(address)) throw new PaddlewireError('tries-exceeded');
  try {
    return await look();
  } catch (error) {
    if (error instanceof PaddlewireError && error.code === 'login-wrong') tries.wrong(address);
    throw error;
  }
}

const shown = ({ rank, mu, sigma, score, games: played, wins, draws, losses, disconnects }: Place) => ({
  rank,
  mu,
  sigma,
  score,
  games: played,
  wins,
  draws,
  losses,
  disconnects,
});

const ratingLine = (place: Place): Me['ratings'][number] => ({ game: place.game, ...shown(place) });

/** The ladder of a game, the best first. */
export const ladderLines = (accounts: Accounts, ladder: Ladder, game: string): LadderLine[] =>
  ladder.places(game).flatMap((place) => {
    const user = accounts.user(place.user);
    return user === undefined ? [] : [ladderLine(user, place)];
  });

function ladderLine({ name, role }: UserRow, place: Place): LadderLine {
  return { name, role, ...shown(place) };
}

function mine(league: League, user: UserRow): Me {
  const { accounts, ladder } = league;
  return {
    user: infoOf(user),
    tokens: accounts.tokensOf(user.id).map(({ id, name, hint, createdAt }) => ({ id, name, hint, createdAt })),
    devices: accounts.devicesOf(user.id).map((device) => league.device(device)),
    ratings: ladder.placesOf(user.id).map(ratingLine),
  };
}

async function games({ store, journals }: LeagueHandlersParts, user: number | null, page: string) {
  const number = /^[1-9]\d{0,5}$/.test(page) ? Number(page) : null;
  if (number === null) throw new PaddlewireError('message-malformed', 'Pages are numbered from 1.');
  const [found, kept] = await Promise.all([
    store.games({ user, limit: GAMES_PER_PAGE, offset: (number - 1) * GAMES_PER_PAGE }),
    journals(),
  ]);
  const line = ({ endState, ...game }: StoredGame) => ({
    ...game,
    end: ENDS[endState] ?? 'disconnected',
    journal: kept.has(game.match),
  });
  const pages = Math.ceil(found.total / GAMES_PER_PAGE);
  return { page: number, pages, total: found.total, games: found.games.map(line) };
}

function status({ league, clock, registration }: LeagueHandlersParts): LeagueStatus {
  const { accounts, settings, waiting, running } = league;
  const name = (user: number): string => accounts.user(user)?.name ?? '';
  const now = clock.now();
  return {
    registration,
    games: league.games,
    game: settings.game,
    players: waiting.length + running.reduce((sum, { players }) => sum + players.length, 0),
    waiting: waiting.map(({ user, device, game, since, note }) => ({
      user: name(user),
      device,
      name: league.nameOf(device),
      game,
      waitedMs: Math.max(0, Math.round(now - since)),
      note,
    })),
    running: running.map(({ room, game, tournament, players }) => ({
      room,
      game,
      tournament,
      players: players.map(({ user, device }) => ({ user: name(user), device })),
    })),
    settings: {
      everyMs: settings.everyMs,
      nearness: settings.nearness,
      bonus: settings.bonus,
      keepWaiting: settings.keepWaiting,
      maxMatches: settings.maxMatches,
      botAfterS: settings.bots === 'on' ? settings.botAfterS : null,
      disconnect: settings.disconnect === 'pause' ? 'pause' : 'end',
      disconnectRating: settings.disconnectRating === 'loss' ? 'loss' : 'none',
    },
  };
}
