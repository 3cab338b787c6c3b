/** The JSON that the hub publishes beside messages: pages that are retained, and events. For documents and checks. */
import { BEGINS, LOST_POLICIES, lab } from './api.ts';
import { DEVICE_KINDS, ROOM_PHASES } from './messages.ts';
import { anything, byName, choice, flag, integer, list, number, object, optional, orNull, text } from './schema.ts';
import { PRESENCES } from './topics.ts';

const count = (what: string) => integer(0, Number.MAX_SAFE_INTEGER, what);
const linkKind = orNull(choice(['serial', 'mqtt', 'bot'], 'how it is attached'));
const quantiles = object(
  { p50: number('half of them were shorter'), p99: number('99 %'), max: number('the longest') },
  'in ms',
);

export const ROOM_EVENTS = [
  'point',
  'serve',
  'bounce',
  'start',
  'pause',
  'resume',
  'end',
  'join',
  'leave',
  'lost',
  'back',
  'go',
  'nobody',
  'false-start',
  'buzz',
  'tie',
] as const;

export const PAUSE_REASONS = ['device-lost', 'score-buffer-full', 'teacher', 'recovered'] as const;

export const presencePage = object(
  {
    state: choice(PRESENCES, '`lost` is what the will of a connection says'),
    session: count('births of the device: a late farewell can be told from a fresh start'),
    name: optional(text(32, 'its name')),
    kind: optional(choice(DEVICE_KINDS, 'what plays')),
    link: optional(linkKind),
    room: optional(orNull(text(24, 'where it sits'))),
    seat: optional(orNull(text(12, 'its seat'))),
  },
  'What is known of a device; of one that has never said HELLO only the state that it says itself',
);

export const roomEvent = object(
  {
    event: choice(ROOM_EVENTS, 'what happened'),
    tick: count('tick of the match'),
    seat: orNull(text(12, 'whose')),
    device: orNull(text(32, 'who sat there')),
  },
  'Something that happened in a room',
);

export const scoreboardPage = object(
  {
    room: text(24, 'room'),
    game: text(32, 'its game'),
    match: orNull(text(36, 'id of the match')),
    phase: choice(ROOM_PHASES, 'what the room is doing'),
    rate: count('ticks a second'),
    minSeats: count('seats that have to be taken before a match begins'),
    parameters: byName(anything('value'), 'of the game'),
    policy: choice(LOST_POLICIES, 'what happens when a device vanishes'),
    begins: choice(BEGINS, 'when a match begins: by itself, or when the teacher says so'),
    countdownMs: count('until play begins or goes on'),
    reason: orNull(choice(PAUSE_REASONS, 'why it is paused')),
    winner: orNull(text(12, 'seat that won; null until the result is on disk')),
    final: flag('whether the result is on disk'),
    target: anything('points that win, if the game has such a parameter; else null'),
    seats: list(
      object({
        seat: text(12, 'seat'),
        index: count('its number in the game'),
        device: orNull(text(32, 'who has it')),
        name: orNull(text(32, 'its name')),
        kind: orNull(choice(DEVICE_KINDS, 'what plays')),
        link: linkKind,
        present: flag('false: it has vanished, and the seat is kept for it'),
        points: count('in this match'),
        lifetimePoints: count('on disk'),
        lifetimeWins: count('on disk'),
      }),
      'all seats, in their order',
    ),
    lab: byName(lab, 'what the lab does, by seat; only seats to which it does something'),
  },
  'A room: who sits where, and how it stands',
);

export const healthPage = object(
  {
    uptime: count('s'),
    rooms: count('rooms'),
    devices: count('devices that have a link'),
    clients: count('MQTT clients of any kind'),
    tickLatenessMs: orNull(quantiles),
    tickWorkMs: orNull(quantiles),
    ticksSkipped: count('ticks left out after a stall'),
    perRoom: list(
      object({
        room: text(24, 'room'),
        game: text(32, 'its game'),
        phase: choice(ROOM_PHASES, 'what it is doing'),
        seatsTaken: count('seats that somebody has'),
        tickLatenessMs: quantiles,
        tickWorkMs: quantiles,
        ticksSkipped: count('ticks left out after a stall'),
      }),
      'each room',
    ),
    messagesPerSecond: object({ in: number('from devices'), out: number('to devices') }),
    memoryBytes: count('resident memory of the hub'),
    eventLoopBusy: number('share of the last second in which the main thread had work'),
    diskFreeBytes: orNull(count('room on the disk of the data folder')),
    journalLagMs: count('how old the oldest is that is in no journal on disk'),
    journalLagBytes: count('bytes of journals that are not on disk'),
    store: text(32, '`ok`, or the code of what keeps scores from being written'),
    unsaved: count('rows of scores that are not on disk'),
    refused: byName(count('times'), 'what was refused, by code'),
    links: list(anything('as GET /api/devices gives it'), 'devices'),
    ports: list(anything('as GET /api/ports gives it'), 'serial ports'),
  },
  'How the hub is',
);

const rockPaperScissors = choice(['R', 'P', 'S'], 'rock, paper or scissors');

export const choicesPage = object({ user_choice: rockPaperScissors, AI_choice: rockPaperScissors }, 'Both choices');

export const choicesTallyPage = object({ human_score: count('wins'), AI_score: count('wins') }, 'Lifetime wins');
