/** `paddlewire play`: a seat for a keyboard in a terminal, or for a bot. */
import { randomBytes } from 'node:crypto';
import { joinAgain } from '../../device/client/join-again.ts';
import { MqttDevice } from '../../device/client/mqtt-device.ts';
import { courtText } from '../../device/client/terminal/court-text.ts';
import { TerminalKeys } from '../../device/client/terminal/terminal-keys.ts';
import { KEY_MAP_NAMES, type KeyMapName } from '../../shared/contract/key-maps.ts';
import { MESSAGES, type DownMessage } from '../../shared/contract/messages.ts';
import { isDeviceId } from '../../shared/contract/topics.ts';
import { PaddlewireError } from '../../shared/errors.ts';
import { botButtons } from '../../shared/games/pong/bot.ts';
import type { PongObservation } from '../../shared/games/pong/observe.ts';
import { print, stopped, type Command, type Context } from './context.ts';
import { parseOptions } from './hub-options.ts';
import { hubUrl } from './hub-url.ts';
import { worded } from './option-values.ts';

const OPTIONS = {
  keys: { type: 'string', default: 'arrows' },
  side: { type: 'string', default: '' },
  room: { type: 'string', default: '' },
  host: { type: 'string', default: 'localhost' },
  name: { type: 'string', default: '' },
  id: { type: 'string' },
  secret: { type: 'string' },
  bot: { type: 'boolean', default: false },
} as const;

/** How often the court is drawn, in ms: a terminal is not a screen. */
const DRAW_MS = 50;
const COURT = { columns: 60, rows: 20 } as const;

export const play: Command = async (args, context) => {
  const { values } = parseOptions(args, OPTIONS);
  const keys = values['keys'] as KeyMapName;
  if (!KEY_MAP_NAMES.includes(keys))
    throw new PaddlewireError('usage', `--keys is one of ${KEY_MAP_NAMES.join(', ')}.`);
  const bot = values['bot'] === true;
  const id = (values['id'] as string | undefined) ?? `${bot ? 'bot' : 'keys'}-${randomBytes(4).toString('hex')}`;
  if (!isDeviceId(id)) throw new PaddlewireError('id-invalid');
  const url = hubUrl(values['host'] as string);
  const name = worded('name', values['name'] as string, MESSAGES.HELLO.fields.name);
  const room = worded('room', values['room'] as string, MESSAGES.JOIN.fields.room);
  const side = worded('side', values['side'] as string, MESSAGES.JOIN.fields.side);
  if (!bot && context.stdin.isTTY !== true) {
    throw new PaddlewireError('usage', 'There is no keyboard here; use --bot, or run it in a terminal.');
  }
  const device = new MqttDevice({
    url,
    id,
    name,
    observations: true,
    yields: bot,
    join: { room, side },
    ...(values['secret'] !== undefined && { secret: values['secret'] as string }),
  });
  const waiting = joinAgain(device, side, room);
  device.start();
  if (bot) await playBot(device, context);
  else await playKeys(device, keys, context);
  clearInterval(waiting);
  await device.stop();
  return 0;
};

/** Plays by what it is told each tick; says a line when something happens. */
export async function playBot(device: MqttDevice, context: Context): Promise<void> {
  let held = 0;
  device.onMessage((message) => {
    if (message.type === 'OBSERVE') {
      const buttons = botButtons(message.value as PongObservation);
      if (buttons !== held) device.input((held = buttons));
    } else {
      const line = sayMessage(message);
      if (line !== null) print(context, line);
    }
  });
  await stopped(context.stop);
}

/** @returns whether the player quit, or was told to stop */
export async function playKeys(device: MqttDevice, map: KeyMapName, context: Context): Promise<'quit' | 'stopped'> {
  const { stdin, stdout } = context;
  let seen: PongObservation | null = null;
  let status = 'Looking for the hub …';
  const keys = new TerminalKeys(map, (buttons) => {
    if (device.seat !== null) device.input(buttons);
  });
  device.onStatus((now) => {
    if (now === 'searching') status = 'The hub is not there; trying again …';
  });
  device.onMessage((message) => {
    if (message.type === 'OBSERVE') seen = message.value as PongObservation;
    status = sayMessage(message) ?? status;
  });
  const draw = (): void => {
    const court = seen === null ? [] : courtText(seen, COURT.columns, COURT.rows);
    const score =
      seen === null
        ? ''
        : Object.entries(seen.scores)
            .map(([side, points]) => `${side} ${points}`)
            .join('   ');
    const lines = [`Paddlewire · ${map} · q quits`, status, score, ...court];
    stdout.write(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\n')}\u001b[J`);
  };
  stdin.setRawMode?.(true);
  stdout.write('\u001b[?1049h\u001b[?25l');
  const timer = setInterval(draw, DRAW_MS);
  try {
    const stop = stopped(context.stop).then(() => 'stopped' as const);
    return await Promise.race([stop, untilQuit(stdin, keys).then(() => 'quit' as const)]);
  } finally {
    clearInterval(timer);
    keys.stop();
    stdout.write('\u001b[?25h\u001b[?1049l');
    stdin.setRawMode?.(false);
    stdin.pause();
  }
}

const untilQuit = (stdin: Context['stdin'], keys: TerminalKeys): Promise<void> =>
  new Promise((resolve) => {
    stdin.setEncoding('utf8');
    stdin.on('data', (input: string) => {
      if (!keys.push(input)) resolve();
    });
  });

/** A message in words, or null if there is nothing to say. */
function sayMessage(message: DownMessage): string | null {
  switch (message.type) {
    case 'WELCOME':
      return `Welcome, ${message.name}: ${message.lifetimePoints} points and ${message.lifetimeWins} wins so far.`;
    case 'SEAT':
      return message.side === '' ? 'No seat.' : `You are ${message.side} in ${message.room}.`;
    case 'END':
      return `The match is over: ${message.result} (${message.scores.join(':')}).`;
    case 'ERROR':
      return `${message.text} (${message.code})`;
    default:
      return null;
  }
}
