/**
 * The one table of messages that every device speaks, whatever its link. docs/contract.md and docs/contract.cddl are
 * generated from it. A field's position in the CBOR array is its position here, after the type number.
 */
import { bytes, data, oneOf, text, uint, uintOrNull, uints, type Field, type ValueOf } from './fields.ts';

/** The version of this contract, sent in HELLO and WELCOME. */
export const CONTRACT_VERSION = 1;

/** The largest message of any type, in bytes as sent; also the payload limit of a serial frame and of device topics. */
export const MAX_MESSAGE_BYTES = 1024;

/** The most seats a game can have. */
export const MAX_SEATS = 32;

/** The rate at which every serial line begins, and the fastest that BAUD may name. */
export const FIRST_BAUD = 115_200;
export const MAX_BAUD = 4_000_000;

const UINT32 = 0xffff_ffff;
/** Record numbers may grow for the life of a device: up to 2^53 - 1. */
const SAFE = Number.MAX_SAFE_INTEGER;

/** Bits of INPUT.buttons. A board with two buttons uses up and down, on whatever side it sits. */
export const BUTTON = { up: 1, down: 2, left: 4, right: 8, action: 16 } as const;

/** Bits of HELLO.wants: what the device wants to be sent besides what concerns its seat. */
export const WANTS = { observations: 1, sync: 2, yields: 4 } as const;

export const DEVICE_KINDS = ['board', 'browser', 'agent'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** What a room is doing; the phase of a snapshot. */
export const ROOM_PHASES = ['waiting', 'countdown', 'playing', 'paused', 'over'] as const;
export type RoomPhase = (typeof ROOM_PHASES)[number];

type Direction = 'up' | 'down' | 'room';
interface Definition {
  readonly type: number;
  readonly direction: Direction;
  readonly maxBytes: number;
  readonly doc: string;
  readonly fields: Readonly<Record<string, Field<unknown>>>;
}

const define = <const D extends Definition>(definition: D): D => definition;

export const MESSAGES = {
  // Up: from a device to the hub.
  HELLO: define({
    type: 1,
    direction: 'up',
    maxBytes: 160,
    doc: 'Introduces the device. First message of a link, and again whenever the hub asks for it or fell silent.',
    fields: {
      version: uint(255, 'version of the contract: 1'),
      id: text(32, 'stable id; empty on a board that has none yet: WELCOME gives it one to keep'),
      kind: oneOf(DEVICE_KINDS, 'what plays', 'agent'),
      name: text(32, 'name for people; empty: the hub makes one', ''),
      firmware: text(24, 'program and version, e.g. `uno 0.1.0`', ''),
      restarts: uint(UINT32, 'how often the device has started in its life', 0),
      lastSeq: uint(UINT32, 'number of its newest INPUT, 0 after a start', 0),
      wants: uint(
        255,
        'bit 0: send OBSERVE each tick; bit 1: send SYNC; bit 2: it gives its seat to whoever finds none, as a bot should',
        0,
      ),
      maxBaud: uint(MAX_BAUD, 'fastest rate of its serial line, in baud; 0: the rate stays 115200', 0),
    },
  }),
  JOIN: define({
    type: 2,
    direction: 'up',
    maxBytes: 64,
    doc: 'Asks for a seat. First come, first served.',
    fields: {
      room: text(24, 'room; empty: the hub chooses; `league` or `league:GAME`: to be paired (docs/league.md)', ''),
      side: text(12, 'wished seat, e.g. `left`; empty: the next free one', ''),
    },
  }),
  LEAVE: define({
    type: 3,
    direction: 'up',
    maxBytes: 16,
    doc: 'Gives the seat back. Points are on disk at once.',
    fields: {},
  }),
  INPUT: define({
    type: 4,
    direction: 'up',
    maxBytes: 64,
    doc: 'What the device senses, whenever it changes. Has a short form of four bytes, see below.',
    fields: {
      seq: uint(UINT32, 'counts up by one each INPUT; older ones are dropped'),
      time: uint(UINT32, "device clock in µs, modulo 2^32, at the press's first edge", 0),
      buttons: uint(255, 'held buttons: 1 up, 2 down, 4 left, 8 right, 16 action', 0),
      axis: uintOrNull(4095, 'position of a knob or slider'),
    },
  }),
  COMMAND: define({
    type: 5,
    direction: 'up',
    maxBytes: 512,
    doc: "An agent's command, in the words of the game (docs/games.md).",
    fields: {
      seq: uint(UINT32, 'counts up by one each COMMAND'),
      tick: uint(UINT32, 'tick of the observation it answers', 0),
      value: data('the command', null),
    },
  }),
  RECORD: define({
    type: 6,
    direction: 'up',
    maxBytes: 768,
    doc: 'Data that must not be lost: kept on the device until ACK, stored once however often it is sent.',
    fields: {
      seq: uint(SAFE, "strictly growing for the device's life, over restarts too"),
      data: data('what to keep', null),
    },
  }),
  PONG: define({
    type: 7,
    direction: 'up',
    maxBytes: 32,
    doc: 'Answers PING.',
    fields: {
      token: uint(UINT32, "the PING's token"),
      time: uint(UINT32, 'device clock in µs, modulo 2^32', 0),
      lost: uint(65_535, 'frames that were lost on the way to the device since it started; 65535 for more', 0),
    },
  }),
  REPORT: define({
    type: 9,
    direction: 'up',
    maxBytes: 96,
    doc: "Answers ASK: the device's self-test.",
    fields: {
      bounce: uints(8, 65_535, 'longest bounce of each button since the last REPORT, in µs, in the order of the bits'),
      stuck: uint(255, 'buttons that have been held for 10 s or longer, as bits', 0),
      lost: uints(
        8,
        65_535,
        'frames lost on the way to the device since it started: too long, too short, bad stuffing, bad CRC, no message; then bytes: bad, no room',
      ),
    },
  }),
  // Of a room: to everybody who watches.
  SNAPSHOT: define({
    type: 8,
    direction: 'room',
    maxBytes: 256,
    doc: 'The state of a match for spectators, on `rooms/<room>/state`, each tick of play. Older ticks are to be ignored.',
    fields: {
      tick: uint(UINT32, 'tick of the match'),
      phase: oneOf(ROOM_PHASES, 'what the room is doing'),
      view: bytes(240, "the game's own layout (docs/games.md)"),
    },
  }),
  // Down: from the hub to one device.
  WELCOME: define({
    type: 10,
    direction: 'down',
    maxBytes: 160,
    doc: 'Answers HELLO.',
    fields: {
      version: uint(255, 'version of the contract: 1'),
      id: text(32, 'the id of the device; a board without one stores it'),
      name: text(32, 'the name it is shown by'),
      lifetimePoints: uint(UINT32, 'points on disk of all its matches'),
      lifetimeWins: uint(UINT32, 'wins on disk of all its matches'),
    },
  }),
  SEAT: define({
    type: 11,
    direction: 'down',
    maxBytes: 64,
    doc: 'The seat the device has now.',
    fields: {
      room: text(24, 'room'),
      side: text(12, 'seat; empty: none'),
      index: uint(255, "the seat's number in the game, from 0"),
    },
  }),
  START: define({
    type: 12,
    direction: 'down',
    maxBytes: 64,
    doc: 'A match is about to begin or to go on.',
    fields: {
      match: text(36, 'id of the match'),
      rate: uint(1000, 'ticks a second'),
      countdown: uint(60_000, 'ms until it begins'),
    },
  }),
  OBSERVE: define({
    type: 13,
    direction: 'down',
    maxBytes: 512,
    doc: 'What the seat is told each tick, if HELLO.wants asked for it. A slow link gets the newest only.',
    fields: { tick: uint(UINT32, 'tick of the match'), value: data("the game's observation for this seat") },
  }),
  SCORE: define({
    type: 14,
    direction: 'down',
    maxBytes: 160,
    doc: 'Scores, when the device sits down and at every point.',
    fields: {
      points: uint(65_535, 'of this seat in this match'),
      scores: uints(MAX_SEATS, 65_535, 'of all seats in this match, in the order of the game'),
      lifetimePoints: uint(UINT32, 'of this device, on disk'),
      lifetimeWins: uint(UINT32, 'of this device, on disk'),
    },
  }),
  EFFECT: define({
    type: 15,
    direction: 'down',
    maxBytes: 32,
    doc: 'Something to be seen, heard or felt.',
    fields: {
      effect: oneOf(['light', 'tone', 'identify'], 'what'),
      value: uint(20_000, 'light: 0 off, 1 on, 2 flash; tone: frequency in Hz; identify: unused', 0),
      ms: uint(60_000, 'how long; 0: until changed; identify also ends by a press on the device', 0),
    },
  }),
  END: define({
    type: 16,
    direction: 'down',
    maxBytes: 160,
    doc: 'The match is over and its result is on disk.',
    fields: {
      result: oneOf(['win', 'loss', 'draw', 'void'], 'for this device'),
      winner: text(12, 'seat that won; empty: none'),
      scores: uints(MAX_SEATS, 65_535, 'of all seats'),
      stats: data('for an agent: numbers of the game for its seat, by name, where there is room', null),
    },
  }),
  ACK: define({
    type: 17,
    direction: 'down',
    maxBytes: 32,
    doc: 'The RECORD is on disk.',
    fields: { seq: uint(SAFE, "the RECORD's number") },
  }),
  PING: define({
    type: 18,
    direction: 'down',
    maxBytes: 16,
    doc: 'Sent four times a second; answer with PONG at once. On a serial line, none for 3 s means that the hub is lost; over MQTT the end of the connection does.',
    fields: { token: uint(UINT32, 'to be sent back') },
  }),
  ERROR: define({
    type: 19,
    direction: 'down',
    maxBytes: 512,
    doc: 'Something the device sent was not taken. Costs nothing else.',
    fields: {
      code: text(32, 'stable code of docs/errors.md'),
      text: text(200, 'a sentence', ''),
      detail: data('what helps, e.g. {"free": ["up", "down"]}', null),
    },
  }),
  ASK: define({ type: 20, direction: 'down', maxBytes: 16, doc: 'Asks for a REPORT.', fields: {} }),
  BAUD: define({
    type: 21,
    direction: 'down',
    maxBytes: 16,
    doc: 'On a serial line only: both ends go to another rate now. See docs/serial.md.',
    fields: { baud: uint(MAX_BAUD, 'the rate to go to, at most the `maxBaud` of HELLO, or 115200') },
  }),
  SYNC: define({
    type: 22,
    direction: 'down',
    maxBytes: MAX_MESSAGE_BYTES,
    doc: 'The whole state of the match, for a seat that plays ahead of the hub by the same rules (docs/prediction.md), each tick of play, if HELLO.wants asked for it. Older ticks are to be ignored.',
    fields: {
      tick: uint(UINT32, 'tick of the match'),
      seq: uint(UINT32, 'number of the newest INPUT of this device that the tick has counted; 0: none'),
      commands: data('the command that each seat gave in this tick, in the order of the game; null: none', []),
      state: data('the state of the rules, without what never changes in a match', null),
    },
  }),
  NOTE: define({
    type: 23,
    direction: 'down',
    maxBytes: 224,
    doc: 'A sentence for whoever looks after an agent: of its place in the queue, or why it is not paired. Asks for nothing.',
    fields: { text: text(200, 'the sentence') },
  }),
} as const;

export type MessageName = keyof typeof MESSAGES;
type FieldsOf<N extends MessageName> = (typeof MESSAGES)[N]['fields'];
/** A message as an object: its name as `type`, then its fields. */
export type MessageOf<N extends MessageName> = {
  [K in N]: { type: K } & { [F in keyof FieldsOf<K>]: ValueOf<FieldsOf<K>[F]> };
}[N];
type Named<D extends Direction> = {
  [N in MessageName]: (typeof MESSAGES)[N]['direction'] extends D ? N : never;
}[MessageName];

export type Message = MessageOf<MessageName>;
export type UpMessage = MessageOf<Named<'up'>>;
export type DownMessage = MessageOf<Named<'down'>>;
export type SnapshotMessage = MessageOf<'SNAPSHOT'>;

const BY_TYPE = new Map<number, MessageName>(
  Object.entries(MESSAGES).map(([name, definition]) => [definition.type, name as MessageName]),
);

/** The name of a type number, or undefined. */
export const messageName = (type: number): MessageName | undefined => BY_TYPE.get(type);

export const isUp = (message: Message): message is UpMessage => MESSAGES[message.type].direction === 'up';
export const isDown = (message: Message): message is DownMessage => MESSAGES[message.type].direction === 'down';
