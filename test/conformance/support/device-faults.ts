/** Faults of devices, one rule each: the name of the assertion that must fail, and what is wrong. */
import { encode } from '../../../shared/contract/codec.ts';
import { type DownMessage, type UpMessage } from '../../../shared/contract/messages.ts';
import { topics } from '../../../shared/contract/topics.ts';
import type { ScriptedDevice } from './scripted-device.ts';
import type { LinkFault } from './scripted-wires.ts';

export interface SeededFault {
  readonly fails: string;
  readonly what: string;
  readonly link: 'serial' | 'mqtt';
  readonly fault: LinkFault;
  readonly options?: Partial<ScriptedDevice['options']>;
}

type Says = NonNullable<LinkFault['says']>;
type Of<T extends UpMessage['type']> = Extract<UpMessage, { type: T }>;

/** Changes messages of one type. */
const says =
  <T extends UpMessage['type']>(type: T, change: (message: Of<T>, device: ScriptedDevice) => ReturnType<Says>): Says =>
  (message, device) =>
    message.type === type ? change(message as Of<T>, device) : [message];

/** Dies of something that comes. */
const dies = (of: (bytes: Uint8Array, message: DownMessage | null) => boolean): LinkFault => ({
  hears: (bytes, message, device) => {
    if (of(bytes, message)) device.dead = true;
    return device.dead;
  },
});

/** Does not hear one type of message. */
const deafTo = (of: (message: DownMessage, device: ScriptedDevice) => boolean): LinkFault => ({
  hears: (_bytes, message, device) => message !== null && of(message, device),
});

const begins = (bytes: Uint8Array, ...start: number[]): boolean => start.every((byte, index) => bytes[index] === byte);
const raw = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
/** Counts its own calls. */
const counter = (): (() => number) => {
  let count = 0;
  return () => ++count;
};

const serial = (fails: string, what: string, fault: LinkFault, options = {}): SeededFault => ({
  fails,
  what,
  link: 'serial',
  fault,
  options,
});
const mqtt = (fails: string, what: string, fault: LinkFault, options = {}): SeededFault => ({
  fails,
  what,
  link: 'mqtt',
  fault,
  options,
});

export const deviceFaults = (): SeededFault[] => {
  const [inputs, records, hellos] = [counter(), counter(), counter()];
  return [
    serial('hello-comes', 'never says HELLO', { says: says('HELLO', () => []) }),
    serial('hello-well-formed', 'a HELLO whose id is a number', {
      says: says('HELLO', () => [raw('8a010107006060000000')]),
    }),
    serial('version', 'HELLO of version 2', { says: says('HELLO', (hello) => [{ ...hello, version: 2 }]) }),
    serial('id-valid', 'an id with a space', {}, { id: 'my paddle' }),
    serial('hello-first', 'JOIN before WELCOME', {
      says: says('HELLO', (hello) => [
        hello,
        ...(hellos() === 1 ? [{ type: 'JOIN', room: '', side: '' } as const] : []),
      ]),
    }),
    serial('join-after-welcome', 'waits to be given a seat', {
      says: says('JOIN', (join, device) => (device.seated || device.time > 30_000_000 ? [join] : [])),
    }),
    serial('join-patient', 'JOIN after each refusal', {
      hears: (_bytes, message, device) => {
        if (message?.type === 'ERROR' && message.code === 'seat-taken')
          device.after(100, () => device.say({ type: 'JOIN', room: '', side: '' }));
        return false;
      },
    }),
    serial(
      'hello-when-asked',
      'does not know hello-required',
      deafTo((message) => message.type === 'ERROR' && message.code === 'hello-required'),
    ),
    serial('hello-not-too-often', 'ten HELLOs for one hello-required', {
      hears: (_bytes, message, device) => {
        if (message?.type !== 'ERROR' || message.code !== 'hello-required') return false;
        for (let time = 0; time < 10; time++) device.hello();
        return true;
      },
    }),
    serial('last-seq', 'lastSeq is always 0', { says: says('HELLO', (hello) => [{ ...hello, lastSeq: 0 }]) }),
    serial('notices-silence', 'waits 10 s for PING', {}, { silenceMs: 10_000 }),
    serial('keeps-searching', 'gives up after one HELLO', {}, { waits: [60_000] }),
    serial('searches-calmly', 'HELLO every 0.3 s', {}, { waits: [300] }),
    serial('comes-back', 'is silent after its second start', {
      says: (message, device) => (device.restarts > 1 ? [] : [message]),
    }),
    serial('same-id', 'a new id at each start', {
      says: says('HELLO', (hello, device) => [{ ...hello, id: `uno-${device.restarts}` }]),
    }),
    serial('keeps-given-id', 'forgets the id of WELCOME', {}, { keepsId: false }),
    serial('restarts-grow', 'counts its starts backwards', {
      says: says('HELLO', (hello) => [{ ...hello, restarts: 100 - hello.restarts }]),
    }),
    serial('pong', 'keeps 16 bits of the token', {
      says: says('PONG', (pong) => [{ ...pong, token: pong.token % 65_536 }]),
    }),
    serial('pong-once', 'answers twice', { says: says('PONG', (pong) => [pong, pong]) }),
    serial('clock', 'PONG.time in ms', {
      says: says('PONG', (pong) => [{ ...pong, time: Math.floor(pong.time / 1000) }]),
    }),
    serial('lost-grows', 'PONG.lost jumps back', {
      says: says('PONG', (pong) => [{ ...pong, lost: 10 - (pong.token % 5) }]),
    }),
    serial('no-input-without-seat', 'INPUT instead of JOIN', {
      says: says('JOIN', (join, device) =>
        device.held === 0
          ? [join]
          : [{ type: 'INPUT', seq: ++device.seq, time: device.time, buttons: device.held, axis: null }],
      ),
    }),
    serial('input-seq', 'skips a number', {
      says: says('INPUT', (input, device) => [{ ...input, seq: inputs() === 4 ? ++device.seq : device.seq }]),
    }),
    mqtt('input-time', 'a time that runs backwards', {
      says: says('INPUT', (input) => [{ ...input, time: 4_000_000_000 - input.time }]),
    }),
    serial('short-time', 'short time in ms', {
      says: says('INPUT', (input) => [{ ...input, time: Math.floor(input.time / 1000) * 128 }]),
    }),
    serial('all-buttons', 'tells the newest button only', {
      says: says('INPUT', (input) => [{ ...input, buttons: input.buttons & 2 ? 2 : input.buttons }]),
    }),
    serial('input-releases', 'tells no release', {
      says: says('INPUT', (input, device) => (input.buttons === 0 ? (device.seq--, []) : [input])),
    }),
    serial('input-on-change', 'INPUT every 100 ms', {
      hears: (_bytes, message, device) => {
        if (message?.type === 'START')
          for (let time = 1; time < 12; time++) device.after(time * 20, () => device.input());
        return false;
      },
    }),
    serial('rate', 'an axis with noise, 1000 times a second', {
      hears: (_bytes, message, device) => {
        if (message?.type === 'START')
          for (let time = 1; time < 250; time++)
            device.after(time, () =>
              device.say({ type: 'INPUT', seq: ++device.seq, time: device.time, buttons: 0, axis: time % 7 }),
            );
        return false;
      },
    }),
    mqtt(
      'command-seq',
      'COMMANDs with a number of their own, always 7',
      { says: says('COMMAND', (command) => [{ ...command, seq: 7 }]) },
      { commands: true },
    ),
    serial('record-grows', 'one number for all records', { says: says('RECORD', (record) => [{ ...record, seq: 1 }]) }),
    serial('record-repeats', 'sends a record once', {
      says: says('RECORD', (record) => (record.seq === records() ? [record] : [])),
    }),
    serial(
      'record-ends',
      'does not know ACK',
      deafTo((message) => message.type === 'ACK'),
    ),
    serial('report', 'a REPORT with a number for a list', { says: says('REPORT', () => [raw('8409050280')]) }),
    serial('well-formed', 'an empty array after SEAT', {
      hears: (_bytes, message, device) => {
        if (message?.type === 'SCORE') device.say(raw('80') as never);
        return false;
      },
      says: (message) => [message],
    }),
    serial(
      'every-message',
      'dies of EFFECT tone',
      dies((_bytes, message) => message?.type === 'EFFECT' && message.effect === 'tone'),
    ),
    serial(
      'unknown-type',
      'dies of an unknown type',
      dies((bytes) => begins(bytes, 0x82, 0x18, 0x63)),
    ),
    serial('newer-fields', 'compares the length of the array', { hears: (bytes) => begins(bytes, 0x84, 0x12) }),
    serial(
      'too-large',
      'dies of a large message',
      dies((bytes) => bytes.length > 200),
    ),
    serial(
      'malformed',
      'dies of half a message',
      dies((bytes) => bytes.length === 3 && begins(bytes, 0x84, 0x0b)),
    ),
    serial('bad-field', 'starts anew at an effect of 9', {
      hears: (bytes, _message, device) => {
        if (begins(bytes, 0x84, 0x0f, 0x09)) device.start();
        return false;
      },
    }),
    serial(
      'wrong-direction',
      'dies of an INPUT',
      dies((bytes) => begins(bytes, 0x85, 0x04)),
    ),
    serial('bad-crc', 'takes a wrong CRC for the end', { line: onBadFrame(12) }),
    serial('garbage', 'dies of garbage', {
      line: (bytes, device) => begins(bytes, 0xff, 0x00, 0xff) && (device.dead = true),
    }),
    serial('endless', 'dies when its buffer is full', {
      line: (bytes, device) => bytes.length > 5000 && (device.dead = true),
    }),
    serial('frames-whole', 'a spoilt frame before each INPUT', {
      frame: (frame, device) => (device.time > 0 && frame[1] === 0x43 ? Uint8Array.of(3, 9, 9, 0, ...frame) : frame),
    }),
    serial(
      'asks-again',
      'does not know seat-missing',
      deafTo((message) => message.type === 'ERROR' && message.code === 'seat-missing'),
    ),
    serial('baud-refused', 'obeys any BAUD', {
      hears: (_bytes, message, device) => {
        if (message?.type === 'BAUD' && message.baud < 115_200) {
          device.baud = message.baud;
          device.after(500, () => (device.baud = 115_200));
        }
        return false;
      },
    }),
    serial(
      'baud-faster',
      'promises a rate it does not have',
      deafTo((message) => message.type === 'BAUD'),
    ),
    serial(
      'baud-slower',
      'does not come back',
      deafTo((message, { baud }) => message.type === 'BAUD' && baud > 115_200 && message.baud === 115_200),
    ),
    serial('baud-alone', 'stays at a rate where nobody speaks', {
      hears: (_bytes, message, device) => {
        if (message?.type !== 'BAUD' || message.baud < 1_000_000) return false;
        device.after(5, () => (device.baud = message.baud));
        return true;
      },
    }),
    mqtt(
      'client-id',
      'another id in HELLO',
      { says: says('HELLO', (hello) => [{ ...hello, id: 'other' }]) },
      { keepsId: false },
    ),
    mqtt('protocol', 'MQTT 3.1', { greeting: { protocol: 3 } }),
    mqtt('keepalive', 'no keepalive', { greeting: { keepaliveS: 0 } }),
    mqtt('will', 'a will for somebody else', {
      greeting: { will: { topic: topics.presence('other'), payload: '{"state":"lost"}', retain: true } },
    }),
    mqtt('listens-first', 'HELLO before its subscription', { subscribesLate: true }),
    mqtt('subscribes-own', 'listens to everything', { filters: [topics.down('client-1'), '#'] }),
    mqtt('publishes-own', 'publishes a score', { published: [{ topic: 'game/score', payload: '7' }] }),
    mqtt('presence', 'says “online”', { published: [{ topic: topics.presence('client-1'), payload: 'online' }] }),
    mqtt('not-retained', 'retains what it sends', { retain: true }),
    mqtt(
      'well-formed',
      'JSON with a comma too many',
      { says: says('RECORD', () => [Buffer.from('{"type":"RECORD","seq":1,}')]) },
      { form: 'json' },
    ),
    mqtt(
      'unknown-type',
      'dies of an unknown name',
      dies((bytes) => Buffer.from(bytes).includes('NEWS')),
      { form: 'json' },
    ),
  ];
};

/** Dies of a frame of some length whose CRC is wrong. */
function onBadFrame(length: number): NonNullable<LinkFault['line']> {
  const good = Buffer.from(encode({ type: 'PING', token: 1 }));
  return (bytes, device) => {
    if (bytes.length <= length && Buffer.from(bytes).includes(good.subarray(0, 2)) && isPingOne(bytes))
      device.dead = true;
  };
}

/** The spoilt PING 1 of the kit. */
const isPingOne = (bytes: Uint8Array): boolean => begins(bytes.subarray(1), 0x82, 0x12, 0x01) && bytes.length === 7;
