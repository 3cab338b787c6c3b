/**
 * The HTTP API of a hub, as one table: the hub answers by it, pages ask by it, and docs/openapi.json is made of it.
 * `{name}` in a path stands for one part of any text. Whatever changes something is POST, and for who leads
 * the class; in the league also for users and administrators.
 */
import { LEAGUE_ENDPOINTS } from './league-api.ts';
import { MAX_SEATS } from './messages.ts';
import { anything, byName, choice, flag, integer, list, number, object, optional, orNull, text } from './schema.ts';
import type { Schema, ValueIn } from './schema.ts';

/** Why a device's network is made worse on purpose. Kept in the journal as op `lab`. */
export const LAB_LIMITS = { delayMs: 1000, jitterMs: 500, lossPercent: 90 } as const;
export const LOST_POLICIES = ['pause', 'freeze', 'remove', 'end'] as const;
/** When a match begins: by itself as soon as enough sit, or when who leads the class says so. */
export const BEGINS = ['itself', 'teacher'] as const;
export type Begins = (typeof BEGINS)[number];
export const PERIODS = ['lifetime', 'today'] as const;

const id = (what: string): Schema<string> => text(64, what);
const count = (what: string): Schema<number> => integer(0, Number.MAX_SAFE_INTEGER, what);
const time = (what: string): Schema<number> => integer(0, Number.MAX_SAFE_INTEGER, `${what}, in ms since 1970`);
const delays = object(
  { p50: number('half of them were shorter'), p95: number('95 %'), p99: number('99 %') },
  'quantiles, in ms',
);

export const lab = object(
  {
    delayMs: integer(0, LAB_LIMITS.delayMs, 'added to each way, in ms'),
    jitterMs: integer(0, LAB_LIMITS.jitterMs, 'up to so much more or less than the delay, in ms'),
    lossPercent: integer(0, LAB_LIMITS.lossPercent, 'so many of a hundred messages are dropped, either way'),
  },
  'What the lab does to the messages between the hub and one seat',
);
export type Lab = ValueIn<typeof lab>;

export const parameter = object(
  {
    kind: choice(['integer', 'choice'], 'what values it has'),
    doc: text(200, 'a sentence'),
    default: anything('the value if none is given'),
    min: optional(number('smallest integer')),
    max: optional(number('largest integer')),
    unit: optional(text(32, 'of the integer')),
    choices: optional(list(text(32, 'a choice'), 'all choices')),
  },
  'One parameter of a game',
);

export const hubInfo = object(
  {
    version: text(32, 'of the program'),
    games: list(
      object({
        name: text(32, 'name'),
        about: text(200, 'what one does in it, in a sentence'),
        seats: list(text(12, 'seat'), 'all seats, in their order'),
        minSeats: count('seats that have to be taken before a match begins'),
        parameters: byName(parameter, 'what a room can set'),
        bots: flag('whether the hub has a bot that plays it'),
      }),
      'what can be played',
    ),
    needsPin: flag('whether who plays has to give the PIN or token'),
    locked: flag('whether the lobby is locked: nobody new gets a seat'),
    frozen: flag('whether every room is held by the teacher'),
  },
  'What a page has to know of the hub',
);
export type HubInfo = ValueIn<typeof hubInfo>;

export const joinInfo = object(
  {
    pin: orNull(text(64, 'PIN or token that players give; null: none is needed')),
    addresses: list(text(200, 'http://host:port'), 'under which phones reach this hub, the best first'),
  },
  'How to join: for the projector, so only for who leads the class',
);
export type JoinInfo = ValueIn<typeof joinInfo>;

export const leaderboardLine = object({
  device: id('device'),
  name: text(32, 'its name'),
  kind: text(16, 'board, browser or agent'),
  points: count('points on disk'),
  wins: count('matches won'),
  matches: count('matches in which it sat'),
});
export type LeaderboardLine = ValueIn<typeof leaderboardLine>;

export const matchLine = object({
  match: id('id of the match'),
  room: text(24, 'room'),
  game: text(32, 'game'),
  startedAt: time('its beginning'),
  endedAt: orNull(time('its end')),
  outcome: orNull(choice(['win', 'draw', 'void'], 'null while it goes on')),
  winner: orNull(text(12, 'seat that won')),
  journal: flag('whether its journal is there'),
  starred: flag('whether its journal is kept for ever'),
  players: list(
    object({
      seat: text(12, 'seat'),
      device: id('device'),
      name: text(32, 'its name'),
      points: count('its points on that seat'),
      won: flag('whether it won'),
    }),
    'who scored or sat there',
  ),
});
export type MatchLine = ValueIn<typeof matchLine>;

export const badge = object(
  {
    device: id('device'),
    name: text(32, 'its name'),
    kind: text(16, 'board, browser or agent'),
    link: orNull(text(16, 'serial, mqtt or bot')),
    address: orNull(text(200, 'port or client id')),
    firmware: text(24, 'program and version'),
    update: orNull(text(32, 'version that it can be brought to')),
    restarts: count('starts in its life'),
    room: orNull(text(24, 'where it sits')),
    banned: flag('whether it may not play'),
    buttons: integer(0, 255, 'buttons that are held, as bits of INPUT'),
    axis: orNull(integer(0, 4095, 'its knob')),
    roundTripMs: orNull(delays),
    pressToHubMs: orNull(delays),
    clock: orNull(object({ boundMs: number('how exactly a press is placed'), driftPpm: number('of its clock') })),
    inputs: count('INPUTs taken'),
    inputsPerSecond: number('of late'),
    lost: byName(count('frames'), 'frames lost on the way to the hub, by cause'),
    missedInputs: count('INPUTs whose number never came'),
    lostOnDevice: count('frames that it says it lost'),
    late: count('commands that came too late'),
    refused: count('messages refused'),
    report: orNull(
      object({ bounceUs: list(count('µs'), 'longest bounce of each button'), stuck: integer(0, 255, 'held for 10 s') }),
    ),
  },
  'A device that has a link',
);
export type BadgeInfo = ValueIn<typeof badge>;

const done = object({}, 'It is done');
const seatName = text(12, 'seat');

export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly doc: string;
  /** Whether only who leads the class may: from the hub's own computer, or with the teacher's password. */
  readonly leader: boolean;
  /** Whether who is logged in may, or an administrator of the league (or who leads); `all`: whoever asks, though it is a POST. */
  readonly who?: 'all' | 'user' | 'admin';
  readonly body?: Schema<unknown>;
  readonly answer: Schema<unknown>;
  /** Media type of the answer, where it is not JSON. */
  readonly type?: string;
}

const get = <A>(doc: string, answer: Schema<A>) => ({ method: 'GET', doc, leader: false, answer }) as const;
const post = <B, A>(doc: string, body: Schema<B>, answer: Schema<A>) =>
  ({ method: 'POST', doc, leader: true, body, answer }) as const;
const nothing = object({}, 'Nothing is needed');

export const ENDPOINTS = {
  'GET /healthz': get('How the hub is.', anything('the JSON of the topic hub/health')),
  'GET /metrics': {
    ...get('How the hub is, for Prometheus (text format 0.0.4).', anything('metrics')),
    type: 'text/plain; version=0.0.4; charset=utf-8',
  },
  'GET /api/hub': get('What can be played, and on what terms.', hubInfo),
  'GET /api/join': { ...get('How to join.', joinInfo), leader: true },
  'GET /api/rooms': get('The scoreboard of every room.', list(anything('as on rooms/<room>/scoreboard'), 'rooms')),
  'GET /api/ports': get('Every serial port that is there.', list(anything('port'), 'ports')),
  'GET /api/devices': get('Every device that has a link.', list(badge, 'devices')),
  'GET /api/devices/{device}/history': get(
    'The matches of a device, the newest first, at most 200.',
    list(matchLine, 'matches'),
  ),
  'GET /api/scores': get('Lifetime scores, as `paddlewire scores --json` prints them.', anything('scores')),
  'GET /api/leaderboard/{period}': get(
    'Who has the most wins, then points: `lifetime`, or `today` by the clock of the hub; at most 200.',
    list(leaderboardLine, 'the best first'),
  ),
  'GET /api/matches': get('Matches, the newest first, at most 200.', list(matchLine, 'matches')),
  'GET /api/matches/{match}/journal': {
    ...get('The journal of a match (docs/journal.md), as far as it is on disk.', anything('bytes')),
    type: 'application/vnd.paddlewire.journal',
  },

  'POST /api/hub': post(
    'Holds every room or lets them go on; locks the lobby or opens it.',
    object({ frozen: optional(flag('hold every room')), locked: optional(flag('nobody new gets a seat')) }),
    hubInfo,
  ),
  'POST /api/rooms': post(
    'Opens a room.',
    object({
      name: text(24, 'lower-case letters, digits, hyphens'),
      game: text(32, 'game'),
      parameters: optional(byName(anything('value'), 'by name; what is missing has its default')),
      policy: optional(choice(LOST_POLICIES, 'what happens when a device vanishes')),
      begins: optional(choice(BEGINS, 'when a match begins: by itself, or when the teacher says so')),
    }),
    done,
  ),
  'POST /api/rooms/{room}/close': post('Ends its match as void and closes the room.', nothing, done),
  'POST /api/rooms/{room}/settings': post(
    'Changes a room. Policy and beginning at once; game and parameters begin with a new match: the running one ends as void.',
    object({
      game: optional(text(32, 'game')),
      parameters: optional(byName(anything('value'), 'by name')),
      policy: optional(choice(LOST_POLICIES, 'what happens when a device vanishes')),
      begins: optional(choice(BEGINS, 'when a match begins: by itself, or when the teacher says so')),
    }),
    done,
  ),
  'POST /api/rooms/{room}/start': post('Begins the match that waits for it, or the next one.', nothing, done),
  'POST /api/rooms/{room}/pause': post('Stops the clock.', nothing, done),
  'POST /api/rooms/{room}/resume': post('Play goes on after a countdown.', nothing, done),
  'POST /api/rooms/{room}/reset': post('Ends the match as void; the next one begins at once.', nothing, done),
  'POST /api/rooms/{room}/host': post('A word of who leads the game.', object({ word: text(32, 'e.g. `arm`') }), done),
  'POST /api/rooms/{room}/fork': post(
    'Goes on from a moment of another match, with who sits here now.',
    object({ match: id('match'), tick: count('tick') }),
    done,
  ),
  'POST /api/rooms/{room}/bots': post(
    'Brings bots in, on free seats, or takes them out, until there are so many.',
    object({ count: integer(0, MAX_SEATS, 'bots in this room') }),
    object({ count: integer(0, MAX_SEATS, 'bots there are now') }),
  ),
  'POST /api/rooms/{room}/lab': post(
    'Makes the network of a seat worse, or good again.',
    object({ seat: seatName, lab }),
    done,
  ),
  'POST /api/matches/{match}/star': post(
    'Keeps a journal for ever, or no longer.',
    object({ starred: flag('keep it') }),
    done,
  ),
  'POST /api/devices/{device}/identify': post('Lets it blink until it is found.', nothing, done),
  'POST /api/devices/{device}/self-test': post('Asks it for a REPORT.', nothing, done),
  'POST /api/devices/{device}/update': post(
    'Flashes the newest firmware.',
    nothing,
    object({ firmware: text(64, 'the program it has then') }),
  ),
  'POST /api/devices/{device}/rename': post('Gives it a name.', object({ name: text(32, 'name') }), done),
  'POST /api/devices/{device}/seat': post(
    'Gives it a seat; an empty room takes its seat away.',
    object({ room: text(24, 'room'), seat: optional(seatName) }),
    done,
  ),
  'POST /api/devices/{device}/kick': post('Takes its seat and cuts its link; it may come back.', nothing, done),
  'POST /api/devices/{device}/ban': post(
    'Takes its seat, and gives it none until it is allowed again.',
    object({ banned: flag('whether it may not play') }),
    done,
  ),

  ...LEAGUE_ENDPOINTS,
} as const satisfies Readonly<Record<string, Endpoint>>;

export type EndpointName = keyof typeof ENDPOINTS;
export type AnswerOf<N extends EndpointName> = ValueIn<(typeof ENDPOINTS)[N]['answer']>;
export type BodyOf<N extends EndpointName> = (typeof ENDPOINTS)[N] extends { readonly body: infer B }
  ? ValueIn<B>
  : never;
