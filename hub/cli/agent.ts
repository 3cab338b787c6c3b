/** `paddlewire agent run FILE`: plays on a hub with a program of one's own, in TypeScript, JavaScript or any language. */
import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { basename, resolve } from 'node:path';
import { AgentProcess } from '../../device/agent/agent-process.ts';
import { isAgentFile } from '../../device/agent/agent-file.ts';
import { LIMITS, PROGRAM_LIMITS, type AgentLimits } from '../../device/agent/limits.ts';
import { startProgram } from '../../device/agent/program.ts';
import { AgentRunner } from '../../device/agent/runner.ts';
import { MqttDevice } from '../../device/client/mqtt-device.ts';
import { MESSAGES } from '../../shared/contract/messages.ts';
import { isDeviceId } from '../../shared/contract/topics.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import { print, stopped, type Command, type Context } from './context.ts';
import { parseOptions } from './hub-options.ts';
import { hubUrl } from './hub-url.ts';
import { integerOf, worded } from './option-values.ts';

const OPTIONS = {
  host: { type: 'string', default: 'localhost' },
  token: { type: 'string' },
  room: { type: 'string' },
  side: { type: 'string', default: '' },
  id: { type: 'string' },
  name: { type: 'string' },
  games: { type: 'string' },
  memory: { type: 'string' },
} as const;

/** Where an agent with a token plays, unless it says something else. */
const LEAGUE = 'league';

interface Wish {
  readonly file: string;
  readonly args: readonly string[];
  readonly url: string;
  readonly id: string;
  readonly name: string;
  readonly token: string | undefined;
  readonly room: string;
  readonly side: string;
  readonly games: number | null;
  readonly memoryMb: number | null;
}

export const agent: Command = async (args, context) => {
  const wish = wishOf(args);
  if (isAgentFile(wish.file)) await runAgent(wish, context);
  else await runProgram(wish, context);
  return 0;
};

/** @throws PaddlewireError usage, id-invalid */
function wishOf(args: readonly string[]): Wish {
  const cut = args.indexOf('--');
  const own = cut < 0 ? args : args.slice(0, cut);
  const { values, positionals } = parseOptions(own, OPTIONS, true);
  const [word, file, ...more] = positionals;
  if (word !== 'run' || file === undefined || more.length > 0)
    throw new PaddlewireError(
      'usage',
      'Say `agent run FILE`, e.g. `paddlewire agent run my-agent.ts --host 192.168.1.20`.',
    );
  const text = (name: string): string | undefined => values[name] as string | undefined;
  const id = text('id') ?? idFor(file, text('token'));
  if (!isDeviceId(id)) throw new PaddlewireError('id-invalid');
  const games = text('games');
  const memory = text('memory');
  return {
    file,
    args: cut < 0 ? [] : args.slice(cut + 1),
    url: hubUrl(values['host'] as string),
    id,
    name: worded('name', text('name') ?? nameOf(file), MESSAGES.HELLO.fields.name),
    token: text('token'),
    room: worded('room', text('room') ?? (text('token') === undefined ? '' : LEAGUE), MESSAGES.JOIN.fields.room),
    side: worded('side', values['side'] as string, MESSAGES.JOIN.fields.side),
    games: games === undefined ? null : integerOf('games', games, 1, 1_000_000),
    memoryMb: memory === undefined ? null : integerOf('memory', memory, 64, 65_536),
  };
}

/**
 * With a token the id is the owner's for ever, and an owner has a number of them: the same file on the same computer is
 * the same agent. Without one, nobody minds.
 */
function idFor(file: string, token: string | undefined): string {
  if (token === undefined) return `agent-${randomBytes(4).toString('hex')}`;
  const what = [hostname(), resolve(file), token].join('\n');
  return `agent-${createHash('sha256').update(what).digest('hex').slice(0, 12)}`;
}

/** An agent without a name has that of its file. */
const nameOf = (file: string): string =>
  basename(file)
    .replaceAll(/\.[^.]*$|[^\w .-]/g, '')
    .slice(0, 32);

const limitsOf = (limits: AgentLimits, { memoryMb }: Wish): AgentLimits =>
  memoryMb === null ? limits : { ...limits, memoryMb };

async function runAgent(wish: Wish, context: Context): Promise<void> {
  const printed = (line: string): void => print(context, `| ${line}`);
  const runner = new AgentRunner({
    device: new MqttDevice({
      url: wish.url,
      id: wish.id,
      name: wish.name,
      observations: true,
      ...(wish.token !== undefined && { secret: wish.token }),
    }),
    agent: () =>
      new AgentProcess({ file: wish.file, args: wish.args, limits: limitsOf(LIMITS, wish), env: context.env, printed }),
    room: wish.room,
    side: wish.side,
    games: wish.games,
    say: (line) => print(context, line),
  });
  await runner.run(context.stop);
}

/** A program finds the hub by itself; here it is only started and watched. @throws PaddlewireError why it ended */
async function runProgram(wish: Wish, context: Context): Promise<void> {
  const { hostname: host, port } = new URL(wish.url);
  if (!wish.url.startsWith('mqtt:') || wish.games !== null)
    throw new PaddlewireError(
      'usage',
      'A program of its own is told an mqtt:// address, and counts its matches itself.',
    );
  const child = startProgram({
    file: wish.file,
    args: wish.args,
    place: { host, port: Number(port), id: wish.id, token: wish.token, room: wish.room, seat: wish.side },
    limits: limitsOf(PROGRAM_LIMITS, wish),
    env: context.env,
    printed: (line) => print(context, `| ${line}`),
  });
  void stopped(context.stop).then(() => child.end());
  const failure = await child.ended;
  if (failure !== null && !context.stop.aborted) throw failure;
}
