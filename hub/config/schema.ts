/** All settings of the hub in one table: default, unit, range. Files, environment, flags and docs come from it. */
import { GAMES, type AnyGame } from '../../shared/games/registry.ts';
import { ACCESS_MODES } from '../broker/access.ts';
import { BEGINS } from '../../shared/contract/api.ts';
import { INVALID_POLICIES } from '../rooms/invalid-policy.ts';
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
    | {
        readonly kind: 'texts';
        readonly default: readonly string[];
        readonly pattern?: RegExp;
        /** What the pattern takes, in words. */
        readonly form?: string;
        /** What of each text must be in the list only once. */
        unique?(text: string): string;
      }
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
/** A room, and after a colon its game; rooms of the league have names of their own. */
const GAME_NAMES = GAMES.map(({ name }) => name);
const ROOM = new RegExp(`^(?!league(-\\d+)?(:|$))[a-z0-9-]{1,24}(:(${GAME_NAMES.join('|')}))?$`);

/** Those that two can play. */
export const LEAGUE_GAMES = GAMES.filter(({ seats }) => seats.length >= 2).map(({ name }) => name);

const OWN = {
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
  'access.teacher': {
    kind: 'text',
    default: '',
    doc: 'password of who leads the class from another computer; empty: only the computer that is the hub may lead',
  },
  'serial.ports': {
    kind: 'texts',
    default: ['auto'],
    doc: 'ports of boards: `auto` (all of USB), `none`, or paths; `*` stands for anything. What a board speaks is found out; `paddlewire:`, `firmata:` or `text:` before a path says it',
    flag: 'serial',
  },
  'serial.maxBaud': integer(
    1_000_000,
    115_200,
    1_000_000,
    'baud',
    'fastest rate offered to boards; 115200 offers none',
  ),
  'rooms.names': {
    kind: 'texts',
    default: ['main'],
    pattern: ROOM,
    form: `a list of different rooms: names of at most 24 letters a to z, digits and dashes; after a colon a game, one of ${GAME_NAMES.join(', ')}`,
    unique: (room) => room.split(':')[0] as string,
    doc: 'rooms: letters a to z, digits, dashes; `quiz:buzzer` is a room for another game than Pong',
  },
  'rooms.rate': integer(60, 10, 250, 'ticks/s', 'speed of the game loop'),
  'rooms.lost': {
    kind: 'choice',
    default: 'pause',
    choices: LOST_POLICIES,
    doc: 'when a device vanishes: `pause` until it is back, `freeze` its paddle, `remove` it, or `end` the match',
  },
  'rooms.invalid': {
    kind: 'choice',
    default: 'ignore',
    choices: INVALID_POLICIES,
    doc: 'when an agent sends a command that its game cannot take: `ignore` it, or `disconnect` the agent; it is told why',
  },
  'rooms.begins': {
    kind: 'choice',
    default: 'itself',
    choices: BEGINS,
    doc: 'when a match begins: by `itself` as soon as enough sit, or when the `teacher` says so on the page Rooms',
  },
  'rooms.graceMs': integer(30_000, 0, 3_600_000, 'ms', 'how long the seat of a vanished device is kept'),
  'rooms.countdownMs': integer(3000, 0, 60_000, 'ms', 'before a match'),
  'rooms.resumeMs': integer(1500, 0, 60_000, 'ms', 'before play goes on after a pause'),
  'rooms.restartMs': integer(6000, 0, 600_000, 'ms', 'between a final result and the next match'),
  'store.commitMs': integer(10, 0, 5000, 'ms', 'how long a point may wait for others to be written with it'),
  'store.capacity': integer(4096, 16, 1_000_000, 'rows', 'how much may wait for the disk before play pauses'),
  'journal.keep': {
    kind: 'choice',
    default: 'on',
    choices: ['on', 'off'],
    doc: 'whether matches are recorded: for replays, and to go on with a match after a crash',
  },
  'journal.days': integer(
    30,
    1,
    36_500,
    'days',
    'how long a journal is kept; a file `NAME.pwj.star` beside it keeps it for ever',
  ),
  'journal.files': integer(1000, 1, 1_000_000, 'files', 'how many journals are kept'),
  'journal.megabytes': integer(500, 1, 1_000_000, 'MB', 'how much room journals may take'),
  'league.key': {
    kind: 'text',
    default: '',
    doc: 'what who registers has to give; empty: the PIN or token of access.secret, or nobody can without who leads',
  },
  'league.game': {
    kind: 'choice',
    default: 'pong',
    choices: LEAGUE_GAMES,
    doc: 'what JOIN `league` means; `league:GAME` is any other',
  },
  'league.everyMs': integer(500, 50, 60_000, 'ms', 'how often those who wait are paired'),
  'league.nearness': integer(
    50,
    0,
    200,
    '%',
    'nearness and waiting bonus of a pair together have to be above this (docs/league.md)',
  ),
  'league.bonus': integer(20, 0, 10_000, '%', 'waiting bonus of a pair for each minute that both have waited together'),
  'league.keepWaiting': integer(
    0,
    0,
    90,
    '%',
    'so many of those in the league stay in the queue while others play, so that there is a choice',
  ),
  'league.maxMatches': integer(8, 1, 200, 'matches', 'how many of the league run at once'),
  'league.countdownMs': integer(1000, 0, 60_000, 'ms', 'before a match of the league'),
  'league.matchMinutes': integer(10, 1, 1440, 'minutes', 'a match that lasts longer ends without a result'),
  'league.bots': {
    kind: 'choice',
    default: 'on',
    choices: ['on', 'off'],
    doc: 'whether a bot of the hub plays with who finds nobody',
  },
  'league.rematchAfterS': integer(
    5,
    0,
    3600,
    's',
    'how long two who have just played each other wait for somebody else, while others play',
  ),
  'league.botAfterS': integer(20, 0, 3600, 's', 'how long one waits before a bot steps in'),
  'league.disconnect': {
    kind: 'choice',
    default: 'end',
    choices: ['end', 'pause'],
    doc: 'when a device goes away in a match of the league: `end` it, or `pause` for league.graceMs',
  },
  'league.graceMs': integer(10_000, 0, 600_000, 'ms', 'how long a paused match of the league waits'),
  'league.disconnectRating': {
    kind: 'choice',
    default: 'none',
    choices: ['none', 'loss'],
    doc: 'what it does to ratings that a device went away: nothing, or its user has lost',
  },
  'league.decayMinutes': integer(
    0,
    0,
    1_000_000,
    'minutes',
    'who plays no rated match for so long becomes less certain; 0: never',
  ),
  'league.decaySigma': integer(50, 1, 1000, '1/100', 'what is added to sigma each time; it never grows above 25/3'),
  'league.forfeitS': integer(60, 0, 3600, 's', 'how long a tournament waits for a player who is away'),
} as const satisfies Record<string, Setting>;

/** `pong.target` and the like: a parameter of a game of the registry. */
type GameSettingKey = `${string}.${string}`;
export type SettingKey = keyof typeof OWN | GameSettingKey;

export const SETTINGS: Readonly<Record<SettingKey, Setting>> = { ...OWN, ...gameSettings(GAMES) };

/** The parameters of every game, under its name. */
function gameSettings(games: readonly AnyGame[]): Record<GameSettingKey, Setting> {
  return Object.fromEntries(
    games.flatMap((game) =>
      Object.entries(game.parameters).map(([name, parameter]) => [`${game.name}.${name}`, { ...parameter }]),
    ),
  );
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
      return setting.form ?? 'a list of texts';
  }
}
