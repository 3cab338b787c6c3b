/** `paddlewire user`: the users of the league. Passwords are asked for, or come by standard input: never as an argument. */
import { PaddlewireError } from '../../shared/errors.ts';
import { print, type Command, type Context } from './context.ts';
import { parseOptions } from './hub-options.ts';
import { LEAGUE_OPTIONS, leagueAdmin, type AddedUser, type LeagueAdmin } from './league/admin.ts';
import { asking, type Questions } from './league/questions.ts';
import { columns } from './table.ts';

const OPTIONS = { ...LEAGUE_OPTIONS, role: { type: 'string', default: 'user' }, many: { type: 'boolean' } } as const;
const USAGE =
  'Say `user add NAME`, `user add --many`, `user list`, `user passwd NAME`, `user role NAME ROLE`, `user remove NAME` or `user dummy 4`.';
const MAX_DUMMIES = 100;
const UNSAFE =
  'UNSAFE: everybody knows these users, their passwords and their tokens. Never on a hub that a class uses.';

interface Job {
  readonly league: LeagueAdmin;
  readonly questions: Questions;
  readonly context: Context;
  readonly json: boolean;
  readonly yes: boolean;
}

export const user: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, OPTIONS, true);
  const [verb = '', ...words] = positionals;
  const many = values['many'] === true;
  const run = jobOf(verb, words, many, values['role'] as string);
  return asking(context, async (questions) => {
    const yes = values['yes'] === true;
    if (verb === 'dummy') await warn(context, questions, yes);
    const league = leagueAdmin(values, context, verb === 'add' || verb === 'dummy');
    try {
      await run({ league, questions, context, json: values['json'] === true, yes });
    } finally {
      league.close();
    }
    return 0;
  });
};

/** @throws PaddlewireError usage */
function jobOf(verb: string, words: readonly string[], many: boolean, role: string): (job: Job) => Promise<void> {
  const [name = '', word = ''] = words;
  const count = words.length;
  if (verb === 'add' && many && count === 0) return (job) => addMany(job, role);
  if (verb === 'add' && !many && count === 1) return (job) => add(job, name, role);
  if (verb === 'list' && count === 0) return list;
  if (verb === 'passwd' && count === 1) return (job) => passwd(job, name);
  if (verb === 'role' && count === 2) return (job) => setRole(job, name, word);
  if (verb === 'remove' && count === 1) return (job) => remove(job, name);
  if (verb === 'dummy' && count === 1 && /^\d{1,3}$/.test(name) && Number(name) >= 1 && Number(name) <= MAX_DUMMIES)
    return (job) => dummy(job, Number(name));
  throw new PaddlewireError('usage', USAGE);
}

async function add({ league, questions, context, json }: Job, name: string, role: string): Promise<void> {
  sayAdded([await league.add(name, role, await questions.password())], context, json);
}

/** Names come one a line; each gets a password and a token. */
async function addMany({ league, questions, context, json }: Job, role: string): Promise<void> {
  const added: AddedUser[] = [];
  try {
    for (const name of await questions.rest()) added.push(await league.add(name, role, undefined));
  } finally {
    // What was made is said once, also if one of the names was refused.
    sayAdded(added, context, json);
  }
}

function sayAdded(added: readonly AddedUser[], context: Context, json: boolean): void {
  if (json) return print(context, JSON.stringify(added));
  if (added.length === 0) return print(context, 'Nobody was added.');
  const rows = added.map(({ name, password, token }) => [name, password ?? '(as given)', token]);
  print(context, columns([['Name', 'Password', 'Token'], ...rows]));
  print(context, 'Passwords and tokens are shown this once: the hub keeps only their hashes.');
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

async function list({ league, context, json }: Job): Promise<void> {
  const users = await league.list();
  const lines = users.map(({ name, role, createdAt }) => ({ name, role, createdAt }));
  if (json) return print(context, JSON.stringify(lines));
  if (lines.length === 0) return print(context, 'No users yet.');
  const rows = lines.map(({ name, role, createdAt }) => [name, role, day(createdAt)]);
  print(context, columns([['Name', 'Role', 'Since'], ...rows]));
}

async function passwd({ league, questions, context }: Job, name: string): Promise<void> {
  const made = await league.setPassword(name, await questions.password());
  print(context, made === null ? `${name} has a new password.` : `The new password of ${name}: ${made}`);
}

async function setRole({ league, context }: Job, name: string, role: string): Promise<void> {
  await league.setRole(name, role);
  print(context, `${name} is ${role}.`);
}

async function remove({ league, questions, context, yes }: Job, name: string): Promise<void> {
  if (!yes) await questions.confirm(`Remove ${name} with tokens, devices and ratings?`);
  await league.remove(name);
  print(context, `${name} is removed. What was played stays.`);
}

async function warn(context: Context, questions: Questions, yes: boolean): Promise<void> {
  context.stderr.write(`${UNSAFE}\n`);
  if (!yes) await questions.confirm('Add them all the same?');
}

async function dummy({ league, context, json }: Job, count: number): Promise<void> {
  sayAdded(await league.addDummies(count), context, json);
}
