/** Our hub with one fault in what it says: the name of the assertion that must fail, and what is wrong. */
import { decode, encode } from '../../../shared/contract/codec.ts';
import { isDown, type DownMessage, type MessageOf } from '../../../shared/contract/messages.ts';
import type { HubEntry } from '../../../hub/conform/hub/wire.ts';
import type { Logged } from '../../../hub/conform/transcript.ts';

export interface HubFault {
  readonly fails: string;
  readonly what: string;
  /** What the kit sees of it instead of one thing that it saw of a hub without fault. */
  readonly wrap: (entry: Logged<HubEntry>) => Logged<HubEntry>[];
}

type Came = Extract<Logged<HubEntry>, { kind: 'came' }>;

const as = (event: Came, bytes: Uint8Array): Came => ({ ...event, bytes });

/** Changes what comes. */
const changing =
  (change: (event: Came, form: 'cbor' | 'json', message: DownMessage | null) => Logged<HubEntry>[]): HubFault['wrap'] =>
  (entry) => {
    if (entry.kind !== 'came') return [entry];
    const decoded = entry.topic.endsWith('/down') ? decode(entry.bytes) : null;
    const message = decoded?.message !== undefined && isDown(decoded.message) ? decoded.message : null;
    return change(entry, decoded?.form ?? 'cbor', message);
  };

/** Changes messages of a type. */
const says = <T extends DownMessage['type']>(
  type: T,
  change: (message: MessageOf<T>, to: { readonly label: string; readonly step: string }) => DownMessage[],
  inForm?: 'cbor' | 'json',
): HubFault['wrap'] =>
  changing((event, form, message) =>
    message?.type !== type
      ? [event]
      : change(message as MessageOf<T>, { label: event.who, step: event.step }).map((other) =>
          as(event, encode(other, inForm ?? form)),
        ),
  );

/** Another code instead of this one. */
const code = (wrong: string, label = 'a', only = ''): HubFault['wrap'] =>
  says('ERROR', (error, { label: to, step }) => [
    error.code === wrong && to === label && (only === '' || step === only)
      ? { ...error, code: 'internal-error' }
      : error,
  ]);

const closed = ({ at, step, who }: Logged<HubEntry>): Logged<HubEntry> => ({ at, step, who, kind: 'closed' });

/** Lets a client in whom the hub refused. */
const admitting =
  (who: string): HubFault['wrap'] =>
  (entry) => [entry.who === who && entry.kind === 'refused' ? { ...entry, kind: 'entered' } : entry];

/** Changes a page that is JSON; null: it never comes. */
const page = (topicEnd: string, change: (text: string) => string | null): HubFault['wrap'] =>
  changing((event) => {
    if (!event.topic.endsWith(topicEnd)) return [event];
    const text = change(Buffer.from(event.bytes).toString());
    return text === null ? [] : [{ ...event, bytes: new TextEncoder().encode(text) }];
  });

const snapshot = (change: (message: MessageOf<'SNAPSHOT'>) => MessageOf<'SNAPSHOT'>[]): HubFault['wrap'] =>
  changing((event) => {
    if (!event.topic.endsWith('/state')) return [event];
    const { message } = decode(event.bytes);
    return message?.type !== 'SNAPSHOT' ? [event] : change(message).map((other) => as(event, encode(other)));
  });

/** Every n-th call. */
const every = (nth: number): (() => boolean) => {
  let count = 0;
  return () => ++count % nth === 0;
};

export const hubFaults = (): HubFault[] => {
  const [third, tenth] = [every(3), every(10)];
  return [
    { fails: 'before-hello-refused', what: 'another code for hello-required', wrap: code('hello-required') },
    { fails: 'version-refused', what: 'another code for version-unsupported', wrap: code('version-unsupported') },
    { fails: 'other-id-refused', what: 'another code for id-mismatch', wrap: code('id-mismatch') },
    {
      fails: 'hello-welcome',
      what: 'no WELCOME for who has a name',
      wrap: says('WELCOME', (welcome, { label }) => (label === 'a' ? [] : [welcome])),
    },
    {
      fails: 'welcome-version',
      what: 'WELCOME of version 2',
      wrap: says('WELCOME', (welcome) => [{ ...welcome, version: 2 }]),
    },
    {
      fails: 'welcome-id',
      what: 'WELCOME with another id',
      wrap: says('WELCOME', (welcome, { label }) => [label === 'a' ? { ...welcome, id: 'other' } : welcome]),
    },
    {
      fails: 'welcome-name',
      what: 'forgets the name',
      wrap: says('WELCOME', (welcome, { label }) => [label === 'a' ? { ...welcome, name: 'Otter' } : welcome]),
    },
    {
      fails: 'nameless-id',
      what: 'an empty id for who has none',
      wrap: says('WELCOME', (welcome, { label }) => [label === 'c' ? { ...welcome, id: '' } : welcome]),
    },
    {
      fails: 'nameless-name',
      what: 'no name for who has none',
      wrap: says('WELCOME', (welcome, { label }) => [label === 'c' ? { ...welcome, name: '' } : welcome]),
    },
    { fails: 'same-form', what: 'CBOR for everybody', wrap: says('WELCOME', (welcome) => [welcome], 'cbor') },
    { fails: 'no-seat-refused', what: 'another code for seat-missing', wrap: code('seat-missing') },
    { fails: 'room-unknown-refused', what: 'another code for room-unknown', wrap: code('room-unknown') },
    { fails: 'seat-taken-refused', what: 'another code for seat-taken', wrap: code('seat-taken', 'c') },
    {
      fails: 'seat-taken-free',
      what: 'does not tell the free seats',
      wrap: says('ERROR', (error) => [error.code === 'seat-taken' ? { ...error, detail: null } : error]),
    },
    { fails: 'seat-unknown-refused', what: 'another code for seat-unknown', wrap: code('seat-unknown', 'c') },
    { fails: 'stale-refused', what: 'another code for input-stale', wrap: code('input-stale') },
    { fails: 'unknown-type-refused', what: 'another code for message-unknown', wrap: code('message-unknown') },
    { fails: 'bad-field-refused', what: 'another code for message-field', wrap: code('message-field') },
    { fails: 'too-large-refused', what: 'another code for message-too-large', wrap: code('message-too-large') },
    { fails: 'wrong-direction-refused', what: 'another code for direction-wrong', wrap: code('direction-wrong') },
    {
      fails: 'error-budget',
      what: 'answers each of a flood',
      wrap: says('ERROR', (error, { label }) => (label === 'twin' ? [error, error, error] : [error])),
    },
    { fails: 'ping-rhythm', what: 'every third PING only', wrap: says('PING', (ping) => (third() ? [ping] : [])) },
    { fails: 'ping-tokens', what: 'always the same token', wrap: says('PING', (ping) => [{ ...ping, token: 1 }]) },
    { fails: 'ack-number', what: 'ACK of another number', wrap: says('ACK', (ack) => [{ ...ack, seq: 2 }]) },
    { fails: 'start', what: 'no START', wrap: says('START', (start, { label }) => (label === 'a' ? [] : [start])) },
    {
      fails: 'observe-wanted',
      what: 'OBSERVE now and then',
      wrap: says('OBSERVE', (observe) => (every(1)() && tenth() && tenth() ? [observe] : [])),
    },
    {
      fails: 'observe-unwanted',
      what: 'OBSERVE for everybody',
      wrap: says('SCORE', (score, { label }) =>
        label === 'b' ? [score, { type: 'OBSERVE', tick: 1, value: null }] : [score],
      ),
    },
    {
      fails: 'well-formed',
      what: 'half a SCORE',
      wrap: changing((event, _form, message) =>
        message?.type === 'SCORE' ? [{ ...event, bytes: event.bytes.subarray(0, 3) }] : [event],
      ),
    },
    {
      fails: 'snapshot-ticks',
      what: 'a tick that stands still',
      wrap: snapshot((message) => [{ ...message, tick: 7 }]),
    },
    { fails: 'snapshot-rate', what: 'every tenth SNAPSHOT', wrap: snapshot((message) => (tenth() ? [message] : [])) },
    {
      fails: 'presence-ready',
      what: 'a presence that is always init',
      wrap: page('/presence', (text) => text.replace('"ready"', '"init"')),
    },
    {
      fails: 'scoreboard',
      what: 'a scoreboard without seats',
      wrap: page('/scoreboard', (text) => text.replace('"seats"', '"places"')),
    },
    { fails: 'health', what: 'no health', wrap: page('/health', () => null) },
    {
      fails: 'presence-lost',
      what: 'calls every loss a goodbye',
      wrap: page('/presence', (text) => text.replace('"lost"', '"disconnected"')),
    },
    {
      fails: 'presence-disconnected',
      what: 'calls every goodbye a loss',
      wrap: page('/presence', (text) => text.replace('"disconnected"', '"lost"')),
    },
    {
      fails: 'return-seat',
      what: 'keeps no seat',
      wrap: says('SEAT', (seat, { label }) => [label === 'back' ? { ...seat, side: '' } : seat]),
    },
    {
      fails: 'leave-seat',
      what: 'LEAVE changes nothing',
      wrap: says('SEAT', (seat, { label }) => [label === 'twin' ? { ...seat, side: 'left' } : seat]),
    },
    {
      fails: 'twin',
      what: 'lets both stay',
      wrap: (entry) => (entry.kind === 'closed' && entry.who === 'back' ? [] : [entry]),
    },
    {
      fails: 'foreign-publish',
      what: 'takes what is foreign',
      wrap: (entry) => (entry.kind === 'closed' && entry.who === 'd' ? [] : [entry]),
    },
    {
      fails: 'foreign-listen',
      what: 'grants every subscription',
      wrap: (entry) => [entry.kind === 'denied' ? { ...entry, kind: 'granted' } : entry],
    },
    { fails: 'bad-id', what: 'lets any id in', wrap: admitting('stranger') },
    { fails: 'no-keepalive', what: 'lets in who gives no keepalive', wrap: admitting('sleeper') },
    {
      fails: 'malformed-cbor-refused',
      what: 'another code for half CBOR',
      wrap: code('message-malformed', 'a', 'malformed-cbor'),
    },
    {
      fails: 'malformed-json-refused',
      what: 'another code for half JSON',
      wrap: code('message-malformed', 'a', 'malformed-json'),
    },
    {
      fails: 'nameless-welcome',
      what: 'no WELCOME for who has no name',
      wrap: says('WELCOME', (welcome, { label }) => (label === 'c' ? [] : [welcome])),
    },
    {
      fails: 'join-seat',
      what: 'no answer to JOIN',
      wrap: says('SEAT', (seat, { step }) => (step === 'join' ? [] : [seat])),
    },
    {
      fails: 'input-taken',
      what: 'does not know the short INPUT',
      wrap: says('PING', (ping, { label, step }) =>
        label === 'a' && step === 'input'
          ? [ping, { type: 'ERROR', code: 'message-malformed', text: '', detail: null }]
          : [ping],
      ),
    },
    { fails: 'record-ack', what: 'no ACK', wrap: says('ACK', (ack, { step }) => (step === 'record' ? [] : [ack])) },
    {
      fails: 'record-again-ack',
      what: 'no second ACK',
      wrap: says('ACK', (ack, { step }) => (step === 'record' ? [ack] : [])),
    },
    {
      fails: 'goes-on',
      what: 'ends the connection of who floods',
      wrap: (entry) => [entry.step === 'calm-again' && entry.who === 'twin' ? closed(entry) : entry],
    },
    {
      fails: 'lets-in',
      what: 'refuses the watcher',
      wrap: (entry) => [
        entry.kind === 'granted' && entry.filter.endsWith('/state') ? { ...entry, kind: 'denied' } : entry,
      ],
    },
  ];
};
