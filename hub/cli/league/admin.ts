/** What commands do to the league: through the running hub that has the data, else on the data itself. */
import type { AnswerOf } from '../../../shared/contract/api.ts';
import type { LadderLine, UserInfo } from '../../../shared/contract/league-api.ts';
import { PaddlewireError } from '../../../shared/errors.ts';
import { loadConfig } from '../../config/config.ts';
import type { Context } from '../context.ts';
import { hubHttp } from '../hub-http.ts';
import { localLeague } from './local.ts';

export type AddedUser = AnswerOf<'POST /api/league/users'>;

export interface LeagueAdmin {
  list(): Promise<readonly UserInfo[]>;
  /** @param password undefined: one is made */
  add(name: string, role: string, password: string | undefined): Promise<AddedUser>;
  /** @returns the password if one was made */
  setPassword(name: string, password: string | undefined): Promise<string | null>;
  setRole(name: string, role: string): Promise<void>;
  remove(name: string): Promise<void>;
  reset(what: 'games' | 'ratings'): Promise<void>;
  ladder(game: string): Promise<readonly LadderLine[]>;
  /** Users that everybody knows. Not through a hub: nobody should be able to choose a token over the network. */
  addDummies(count: number): Promise<readonly AddedUser[]>;
  close(): void;
}

export const LEAGUE_OPTIONS = {
  data: { type: 'string' },
  config: { type: 'string' },
  host: { type: 'string' },
  secret: { type: 'string' },
  json: { type: 'boolean' },
  yes: { type: 'boolean' },
} as const;

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/**
 * @param fresh whether a data folder may be made
 * @throws PaddlewireError data-folder-unwritable, database-newer, hub-unreachable
 */
export function leagueAdmin(values: Values, context: Context, fresh = false): LeagueAdmin {
  const { data, host, secret } = values as Readonly<Record<string, string | undefined>>;
  const config = loadConfig({ file: values['config'] as string | undefined, env: context.env, flags: { data } });
  if (host !== undefined) return throughHub(host, secret);
  try {
    return localLeague(config['data'] as string, fresh);
  } catch (error) {
    if (!(error instanceof PaddlewireError) || error.code !== 'data-in-use') throw error;
    return throughHub(`localhost:${config['http.port'] as number}`, secret);
  }
}

function throughHub(host: string, secret: string | undefined): LeagueAdmin {
  const hub = hubHttp(host, secret);
  return {
    list: () => hub.get('/api/league/users') as Promise<UserInfo[]>,
    add: (name, role, password) => hub.post('/api/league/users', { name, role, password }) as Promise<AddedUser>,
    setPassword: async (name, password) =>
      ((await hub.post(path(name, 'password'), { password })) as { password: string | null }).password,
    setRole: async (name, role) => void (await hub.post(path(name, 'role'), { role })),
    remove: async (name) => void (await hub.post(path(name, 'remove'))),
    reset: async (what) => void (await hub.post('/api/league/reset', { what })),
    ladder: (game) => hub.get(`/api/league/ladder/${encodeURIComponent(game)}`) as Promise<LadderLine[]>,
    addDummies: () =>
      Promise.reject(new PaddlewireError('data-in-use', 'A hub runs on this data; stop it to add users for tests.')),
    close: () => {},
  };
}

const path = (name: string, verb: string): string => `/api/league/users/${encodeURIComponent(name)}/${verb}`;
