/** The league's data of a hub that does not run, opened so that none can start meanwhile. */
import { existsSync } from 'node:fs';
import { PaddlewireError } from '../../../shared/errors.ts';
import { ladderLines } from '../../api/league-handlers.ts';
import { systemClock } from '../../clock.ts';
import { LEAGUE_GAMES } from '../../config/schema.ts';
import { Accounts } from '../../league/accounts.ts';
import { Ladder } from '../../league/ladder.ts';
import { Passwords } from '../../league/passwords.ts';
import { freshPassword } from '../../league/secrets.ts';
import { ScoreDatabase } from '../../store/score-database.ts';
import { leagueStoreOn } from '../../store/sqlite-league-store.ts';
import type { AddedUser, LeagueAdmin } from './admin.ts';

/** @throws PaddlewireError data-in-use, data-folder-unwritable, database-newer */
export function localLeague(folder: string, fresh: boolean): LeagueAdmin {
  if (!fresh && !existsSync(folder))
    throw new PaddlewireError('data-folder-unwritable', `There is no data folder ${folder}.`);
  const database = new ScoreDatabase(folder);
  open(database, folder);
  const store = leagueStoreOn(database.leagueTables);
  const ladder = new Ladder();
  const accounts = new Accounts({
    store,
    clock: systemClock,
    passwords: new Passwords(),
    revoked: () => {},
    failed: (error) => {
      throw error;
    },
  });
  const books = database.leagueTables.load(systemClock.epoch());
  accounts.load(books);
  ladder.load(books.ratings);
  const added = async (name: string, role: string, password: string | undefined): Promise<AddedUser> => {
    const made = password === undefined ? freshPassword() : null;
    const user = await accounts.add(name, password ?? made, role);
    return { name: user.name, password: made, token: (await accounts.addToken(user.id, 'first')).token };
  };
  return {
    list: async () => accounts.users.toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1)),
    add: added,
    setPassword: async (name, password) => {
      const made = password === undefined ? freshPassword() : null;
      await accounts.setPassword(name, password ?? made ?? '');
      return made;
    },
    setRole: (name, role) => accounts.setRole(name, role),
    remove: async (name) => void (await accounts.remove(name)),
    reset: (what) => store.reset(what),
    ladder: async (game) => {
      if (!LEAGUE_GAMES.includes(game))
        throw new PaddlewireError('league-game', `The league has no game ${game}; it has ${LEAGUE_GAMES.join(', ')}.`);
      return ladderLines(accounts, ladder, game);
    },
    addDummies: (count) => addDummies(accounts, count),
    close: () => database.close(),
  };
}

/** test1 with password1 and token1, and so on. */
async function addDummies(accounts: Accounts, count: number): Promise<AddedUser[]> {
  const added: AddedUser[] = [];
  for (let number = 1; number <= count; number++) {
    const [password, token] = [`password${number}`, `token${number}`];
    const { id, name } = await accounts.add(`test${number}`, password);
    await accounts.addKnownToken(id, 'known to everybody', token);
    added.push({ name, password, token });
  }
  return added;
}

function open(database: ScoreDatabase, folder: string): void {
  try {
    database.open(true);
  } catch (error) {
    database.close();
    if (error instanceof PaddlewireError) throw error;
    const { code, message } = error as { code?: string; message: string };
    if (code === 'SQLITE_BUSY' || /locked/i.test(message))
      throw new PaddlewireError('data-in-use', `A hub uses the data folder ${folder}.`);
    throw new PaddlewireError('data-folder-unwritable', `The data folder ${folder} cannot be used: ${message}`);
  }
}
