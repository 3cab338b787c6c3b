/** Everybody who plays in a hub of a match: agents, programs, bots, a keyboard, boards; each on its seat. */
import { AgentProcess } from '../../../device/agent/agent-process.ts';
import { isAgentFile } from '../../../device/agent/agent-file.ts';
import { hungAfterMs, LIMITS, PROGRAM_LIMITS } from '../../../device/agent/limits.ts';
import { startProgram } from '../../../device/agent/program.ts';
import { AgentRunner } from '../../../device/agent/runner.ts';
import { MqttDevice } from '../../../device/client/mqtt-device.ts';
import { PaddlewireError } from '../../../shared/errors.ts';
import { botOf } from '../../../shared/games/bots.ts';
import type { Hub } from '../../hub.ts';
import type { Room } from '../../rooms/room.ts';
import { print, type Context } from '../context.ts';
import { playKeys } from '../play.ts';
import type { Plan } from './arena-rounds.ts';
import type { Seated } from './wishes.ts';

export interface CompanyParts {
  readonly plan: Plan;
  readonly context: Context;
  readonly hub: Hub;
  readonly room: Room;
  readonly mqttPort: number;
}

export interface Company {
  /** Rejects when somebody cannot go on; never resolves. */
  readonly failed: Promise<never>;
  /** Resolves when somebody has gone home, and rejects as `failed` does. */
  readonly gone: Promise<void>;
  stop(): Promise<void>;
}

/** How often it is looked who sits, in ms. */
const LOOK_MS = 50;
/** How long all may take to sit down, in ms: a board may have to be plugged in. */
const SEATED_MS = 120_000;

/** Seats all of them. @throws PaddlewireError why somebody never sat down */
export async function seatCompany(parts: CompanyParts): Promise<Company> {
  const going = new AbortController();
  const ends: Promise<void>[] = [];
  const { promise: failed, reject: fail } = deferred();
  failed.catch(() => {});
  const company: Company = {
    failed,
    gone: failed,
    stop: async () => {
      going.abort();
      await Promise.allSettled(ends);
    },
  };
  try {
    for (const one of parts.plan.players) {
      const played = play(parts, one, going.signal);
      ends.push(played);
      played.catch(fail);
    }
    await Promise.race([allSeated(parts, going.signal), failed]);
    const others = ends.filter((_, index) => parts.plan.players[index]?.what !== 'board');
    return { ...company, gone: Promise.race([failed, ...others]) };
  } catch (error) {
    await company.stop();
    throw error;
  }
}

/** A promise that can only fail. */
function deferred(): { promise: Promise<never>; reject: (error: unknown) => void } {
  let fail: ((error: unknown) => void) | null = null;
  const promise = new Promise<never>((_, reject) => (fail = reject));
  return { promise, reject: (error) => fail?.(error) };
}

/** Plays until the signal. @throws PaddlewireError it cannot go on */
async function play(parts: CompanyParts, one: Seated, signal: AbortSignal): Promise<void> {
  if (one.what === 'board') return;
  if (one.what === 'file' && !isAgentFile(one.file)) return playProgram(parts, one, one.file, signal);
  const device = new MqttDevice({
    url: `mqtt://127.0.0.1:${parts.mqttPort}`,
    id: idOf(one),
    name: one.name,
    kind: one.what === 'keyboard' ? 'browser' : 'agent',
    observations: true,
    ...(one.what !== 'file' && { join: { side: one.seat } }),
  });
  if (one.what === 'file') await playAgent(parts, one, one.file, device, signal);
  else if (one.what === 'bot') await playBot(parts, one, device, signal);
  else await playKeyboard(parts, device, signal);
}

const silent = (): void => {};

const idOf = ({ what, seat }: Seated): string => `${what === 'file' ? 'agent' : what}-${seat}`;

function sayer({ plan, context }: CompanyParts, { seat }: Seated): (line: string) => void {
  const quiet = plan.json || plan.players.some(({ what }) => what === 'keyboard');
  return (line) => {
    if (!quiet) print(context, `${seat} | ${line}`);
  };
}

async function playAgent(
  parts: CompanyParts,
  one: Seated,
  file: string,
  device: MqttDevice,
  signal: AbortSignal,
): Promise<void> {
  const { env } = parts.context;
  const printed = sayer(parts, one);
  const agent = (): AgentProcess => new AgentProcess({ file, env, printed });
  const { game, parameters, rate } = parts.plan;
  const hungMs = hungAfterMs(LIMITS, game.thinkMs?.(parameters) ?? 1000 / rate);
  const seat = { room: '', side: one.seat, games: null };
  await new AgentRunner({ device, agent, ...seat, hungMs, say: silent, complain: printed }).run(signal);
}

async function playProgram(parts: CompanyParts, one: Seated, file: string, signal: AbortSignal): Promise<void> {
  const child = startProgram({
    file,
    env: parts.context.env,
    place: { host: '127.0.0.1', port: parts.mqttPort, id: idOf(one), room: '', seat: one.seat },
    limits: PROGRAM_LIMITS,
    printed: sayer(parts, one),
  });
  signal.addEventListener('abort', () => child.end());
  const why = await child.ended;
  if (!signal.aborted) throw why ?? new PaddlewireError('agent-crashed', `${one.name} ended itself.`);
}

async function playBot({ plan }: CompanyParts, one: Seated, device: MqttDevice, signal: AbortSignal): Promise<void> {
  const make = botOf(plan.game.name);
  let bot = make(plan.seed + one.index);
  device.onMessage((message) => {
    // It begins afresh with each match, and after each pause.
    if (message.type === 'START') bot = make(plan.seed + one.index);
    if (message.type !== 'OBSERVE' || message.value === null) return;
    const value = bot(message.value);
    if (value !== null) device.command(value, message.tick);
  });
  device.start();
  await aborted(signal);
  await device.stop();
}

async function playKeyboard({ context }: CompanyParts, device: MqttDevice, signal: AbortSignal): Promise<void> {
  if (context.stdin.isTTY !== true)
    throw new PaddlewireError('usage', 'There is no keyboard here; run it in a terminal.');
  device.start();
  const quit = await playKeys(device, 'arrows', { ...context, stop: AbortSignal.any([context.stop, signal]) });
  await device.stop();
  if (quit === 'quit') throw new PaddlewireError('players-missing', 'The keyboard has left.');
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Boards sit down where they like: here they are shown to their seats. @throws PaddlewireError players-missing */
async function allSeated({ plan, context, hub, room }: CompanyParts, signal: AbortSignal): Promise<void> {
  const until = performance.now() + SEATED_MS;
  const boards = plan.players.filter(({ what }) => what === 'board');
  const given = new Map<string, Seated>();
  while (!signal.aborted) {
    if (plan.players.every(({ index }) => room.seats.all[index]?.present === true)) return;
    if (context.stop.aborted || performance.now() > until)
      throw new PaddlewireError('players-missing', 'Not everybody has sat down in time.');
    for (const session of hub.lobby.sessions) {
      if (session.link?.kind !== 'serial') continue;
      const { address } = session.link;
      const place =
        given.get(session.id) ??
        boards.find(
          (one) => one.what === 'board' && ![...given.values()].includes(one) && (one.port ?? address) === address,
        );
      if (place === undefined) continue;
      given.set(session.id, place);
      if (room.seats.of(session.id)?.index !== place.index && room.seats.all[place.index]?.device === null)
        hub.lobby.seating.seat(session, room, place.seat);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
