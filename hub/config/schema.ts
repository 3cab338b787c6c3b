/** All settings of the hub in one table: default, unit, range. Files, environment, flags and docs come from it. */
import type { Parameters } from '../../shared/games/game.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import { ACCESS_MODES } from '../broker/access.ts';
import { LOST_POLICIES } from '../rooms/lost-policy.ts';

interface Common {
  readonly doc: string;
  /** A flag of `start` and `demo`, without the dashes. */
  readonly flag?: string;
}

export type Setting = Common &
  (
    | {
        readonly kind: 'integer';
        readonly default: number;
        readonly min: number;
        readonly max: number;
        readonly unit: string;
      }
    | { readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[] }
    | { readonly kind: 'text'; readonly default: string; readonly pattern?: RegExp }
    | { readonly kind: 'texts'; readonly default: readonly string[]; readonly pattern?: RegExp; readonly unique?: true }
  );

const integer = (value: number, min: number, max: number, unit: string, doc: string, flag?: string): Setting => ({
  kind: 'integer',
  default: value,
  min,
  max,
  unit,
  doc,
  ...(flag !== undefined && { flag }),
});

const PORT = 'port, 0: any free one';

export const SETTINGS = {
  data: { kind: 'text', default: 'paddlewire-data', doc: 'folder of scores', flag: 'data' },
  host: { kind: 'text', default: '0.0.0.0', doc: 'network address to listen on', flag: 'host' },
  'http.port': integer(8080, 0, 65_535, PORT, 'dashboard, and MQTT over WebSocket on /mqtt', 'http-port'),
  'mqtt.port': integer(1883, 0, 65_535, PORT, 'MQTT over TCP', 'mqtt-port'),
  'mqtt.maxRate': integer(240, 10, 10_000, 'messages/s', 'what one client may publish; twice as many in a burst'),
  'access.mode': {
    kind: 'choice',
    default: 'open',
    choices: ACCESS_MODES,
    doc: 'who may play: all, or who gives the PIN or token as MQTT password; watching is always free',
    flag: 'access',
  },
  'access.secret': { kind: 'text', default: '', doc: 'the PIN or token; empty: a fresh one, printed at start' },
  'serial.ports': {
    kind: 'texts',
    default: ['auto'],
    doc: 'ports of boards: `auto` (ttyACM* and ttyUSB*), `none`, or paths; `*` stands for anything, `firmata:` before a path means StandardFirmata',
    flag: 'serial',
  },
  'rooms.names': {
    kind: 'texts',
    default: ['main'],
    pattern: /^[a-z0-9-]{1,24}$/,
    unique: true,
    doc: 'rooms: letters a to z, digits, dashes',
  },
  'rooms.rate': integer(60, 10, 250, 'ticks/s', 'speed of the game loop'),
  'rooms.lost': {
    kind: 'choice',
    default: 'pause',
    choices: LOST_POLICIES,
    doc: 'when a device vanishes: `pause` until it is back, `freeze` its paddle, or `remove` it',
  },
  'rooms.graceMs': integer(30_000, 0, 3_600_000, 'ms', 'how long the seat of a vanished device is kept'),
  'rooms.countdownMs': integer(3000, 0, 60_000, 'ms', 'before a match'),
  'rooms.resumeMs': integer(1500, 0, 60_000, 'ms', 'before play goes on after a pause'),
  'rooms.restartMs': integer(6000, 0, 600_000, 'ms', 'between a final result and the next match'),
  'store.commitMs': integer(50, 0, 5000, 'ms', 'how long a point may wait for others to be written with it'),
  'store.capacity': integer(4096, 16, 1_000_000, 'rows', 'how much may wait for the disk before play pauses'),
  ...gameSettings('pong', pong.parameters),
} as const satisfies Record<string, Setting>;

export type SettingKey = keyof typeof SETTINGS;

function gameSettings<N extends string, P extends Parameters>(
  game: N,
  parameters: P,
): { [K in `${N}.${Extract<keyof P, string>}`]: Setting } {
  const entries = Object.entries(parameters).map(([name, parameter]) => [`${game}.${name}`, { ...parameter }]);
  return Object.fromEntries(entries) as { [K in `${N}.${Extract<keyof P, string>}`]: Setting };
}

/** A setting's range, for messages and docs. */
export function rangeOf(setting: Setting): string {
  switch (setting.kind) {
    case 'integer':
      return `an integer from ${setting.min} to ${setting.max} (${setting.unit})`;
    case 'choice':
      return `one of ${setting.choices.join(', ')}`;
    case 'text':
      return 'a text';
    case 'texts':
      return setting.unique ? 'a list of different texts' : 'a list of texts';
  }
}
