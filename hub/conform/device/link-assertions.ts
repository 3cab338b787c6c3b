/** What a device has to survive, and the rules of its kind of link. */
import { isDeviceId, PRESENCES, maySubscribe, mayPublish, topics } from '../../../shared/contract/topics.ts';
import { failed, notTried, OK, unless, type Assertion, type Verdict } from '../assertion.ts';
import { NEWER_TOKEN } from './provocations.ts';
import { messages, ofStep, said, sent, survived, ups } from './seen.ts';
import type { DeviceTranscript } from './step.ts';
import type { Greeting } from './wire.ts';

const survives = (
  id: string,
  step: string,
  what: string,
  clause: string,
  change: string,
): Assertion<DeviceTranscript> => ({
  id,
  says: `It survives ${what}.`,
  clause,
  change,
  judge: (seen) => survived(seen, step),
});

const IGNORE = 'Ignore what you do not understand and go on: no crash, no new start, no end of the connection.';

function ofMqtt(seen: DeviceTranscript, look: (greeting: Greeting) => Verdict): Verdict {
  if (seen.wireKind !== 'mqtt') return notTried('Only over MQTT.');
  const found = seen.entries.find((entry) => entry.kind === 'connected');
  return found?.kind === 'connected' ? look(found.greeting) : notTried('No client connected.');
}

/** Whether a PING that was sent in these steps was answered in them. */
function answeredIn(seen: DeviceTranscript, ...steps: string[]): boolean {
  const tokens = new Set(sent(seen.in(...steps), 'PING').map(({ message }) => message.token));
  return messages(seen.in(...steps), 'PONG').some(({ message }) => tokens.has(message.token));
}

const answers = (seen: DeviceTranscript, steps: readonly [string, ...string[]], otherwise: string): Verdict =>
  ofStep(seen, steps[0], () => (answeredIn(seen, ...steps) ? OK : failed(otherwise)));

function wrongWill({ will, clientId }: Greeting): string | null {
  if (will === null) return null;
  if (will.topic !== topics.presence(clientId)) return `its topic is ${will.topic}`;
  if (!will.retain) return 'it is not retained';
  return presenceOf(will.payload) === null ? `it says ${will.payload.slice(0, 80)}` : null;
}

function presenceOf(text: string): string | null {
  try {
    const { state } = JSON.parse(text) as { state?: unknown };
    return PRESENCES.find((known) => known === state) ?? null;
  } catch {
    return null;
  }
}

export const SURVIVAL: readonly Assertion<DeviceTranscript>[] = [
  survives(
    'every-message',
    'every-message',
    'every message of a hub',
    'contract.md#messages',
    'Take each message of the table, or ignore it.',
  ),
  survives(
    'unknown-type',
    'unknown-type',
    'a message of an unknown type',
    'contract.md#messages',
    `${IGNORE} A newer hub may have more to say.`,
  ),
  {
    id: 'newer-fields',
    says: 'It reads a message that has more fields at the end than it knows.',
    clause: 'contract.md#rule-defaults',
    change:
      'Read the fields you know by their position or name, and leave the rest; do not compare the length of the array.',
    judge: (seen) =>
      ofStep(seen, 'newer-fields', () =>
        messages(seen.in('newer-fields'), 'PONG').some(({ message }) => message.token === NEWER_TOKEN)
          ? OK
          : failed(`PING ${NEWER_TOKEN} with two more fields was not answered.`),
      ),
  },
  survives(
    'too-large',
    'too-large',
    'a message over the size of its type',
    'contract.md#rule-size',
    `Check the length before you copy. ${IGNORE}`,
  ),
  survives(
    'malformed',
    'malformed',
    'a message that ends in its middle',
    'contract.md#rule-forms',
    `Check that there are bytes left before you read one. ${IGNORE}`,
  ),
  survives(
    'bad-field',
    'bad-field',
    'fields out of their range',
    'contract.md#effect',
    `Check a number before you use it as a pin, a time or a place in a list. ${IGNORE}`,
  ),
  survives('wrong-direction', 'wrong-direction', 'a message that only devices send', 'contract.md#messages', IGNORE),
  survives(
    'bad-crc',
    'bad-crc',
    'frames with a wrong CRC',
    'serial.md#what-is-lost-and-why',
    'Compute the CRC over the whole frame; drop the frame if it is not 0.',
  ),
  survives(
    'garbage',
    'garbage',
    'bytes that are no frames',
    'serial.md#what-is-lost-and-why',
    'Check each COBS block against the end of the frame; begin anew at the next 0.',
  ),
  survives(
    'endless',
    'endless',
    '10,000 bytes without a delimiter',
    'serial.md#what-is-lost-and-why',
    'Stop storing when your buffer is full, and wait for the next 0.',
  ),
  {
    id: 'frames-whole',
    says: 'Every frame that it sends is whole: COBS, CRC, delimiter.',
    clause: 'serial.md#a-frame',
    change: 'Compare a frame with the example “By hand”, byte by byte; the CRC goes low byte first.',
    judge: (seen) => {
      if (seen.wireKind !== 'serial') return notTried('Only on a serial line.');
      if (ups(seen).length === 0) return notTried('Nothing came.');
      const steps = seen.entries.filter(
        ({ kind, step }) => kind === 'spoilt' && !/^(open|reopen|baud-.*|recover)$/.test(step),
      );
      const count = steps.reduce((sum, entry) => sum + (entry.kind === 'spoilt' ? entry.frames : 0), 0);
      return count === 0 ? OK : failed(`${count} spoilt frames.`);
    },
  },
  {
    id: 'asks-again',
    says: 'After ERROR seat-missing it asks for a seat at once.',
    clause: 'serial.md#how-a-paddle-finds-its-hub',
    change: 'On ERROR with the code seat-missing, send JOIN.',
    judge: (seen) =>
      ofStep(seen, 'seat-missing', () =>
        messages(seen.in('seat-missing'), 'JOIN').length > 0 ? OK : failed('No JOIN within 1.5 s.'),
      ),
  },
  {
    id: 'baud-refused',
    says: 'It ignores BAUD with a rate below 115200.',
    clause: 'serial.md#the-rate-of-the-line',
    change: 'Obey BAUD only from 115200 up to your maxBaud.',
    judge: (seen) => answers(seen, ['baud-refused'], 'Nothing at 115200 baud after BAUD 9600.'),
  },
  {
    id: 'baud-faster',
    says: 'After BAUD it answers PING at the new rate within 300 ms.',
    clause: 'serial.md#the-rate-of-the-line',
    change: 'Let the transmitter run empty, change the rate, wait for a PING and answer it; or send maxBaud 0.',
    judge: (seen) => answers(seen, ['baud-faster'], 'Nothing at the new rate.'),
  },
  {
    id: 'baud-slower',
    says: 'BAUD 115200 brings it back.',
    clause: 'serial.md#the-rate-of-the-line',
    change: 'Obey BAUD 115200 too, in the same way.',
    judge: (seen) =>
      ofStep(seen, 'baud-slower', () => {
        if (!answeredIn(seen, 'baud-faster')) return notTried('It was not at a faster rate.');
        return answeredIn(seen, 'baud-slower') ? OK : failed('Nothing at 115200 baud.');
      }),
  },
  {
    id: 'baud-alone',
    says: 'It comes back to 115200 by itself when it hears nothing at the new rate for 500 ms.',
    clause: 'serial.md#the-rate-of-the-line',
    change: 'Start a timer of 500 ms when the rate changes; a whole frame ends it, else go back to 115200.',
    judge: (seen) => answers(seen, ['baud-alone'], 'Nothing at 115200 baud, 1.3 s after BAUD.'),
  },
  {
    id: 'client-id',
    says: 'The client id of MQTT is a device id, and the id in HELLO is the same or empty.',
    clause: 'contract.md#rule-client-id',
    change: 'Use one and the same id for both.',
    judge: (seen) =>
      ofMqtt(seen, ({ clientId }) => {
        if (!isDeviceId(clientId)) return failed(`The client id “${clientId}”.`);
        const other = messages(seen.entries, 'HELLO').find(
          ({ message }) => message.id !== '' && message.id !== clientId,
        );
        return unless(other && `${said(other.entry)} from client ${clientId}`);
      }),
  },
  {
    id: 'protocol',
    says: 'It speaks MQTT 3.1.1.',
    clause: 'contract.md#rule-client-id',
    change: 'Choose version 3.1.1 (4) in your MQTT library.',
    judge: (seen) => ofMqtt(seen, ({ protocol }) => (protocol === 4 ? OK : failed(`Protocol version ${protocol}.`))),
  },
  {
    id: 'keepalive',
    says: 'Its keepalive is between 1 and 120 s.',
    clause: 'contract.md#rule-client-id',
    change: 'Set the keepalive of your MQTT library; 2 s lets the hub notice soon that you are gone.',
    judge: (seen) =>
      ofMqtt(seen, ({ keepaliveS }) => (keepaliveS >= 1 && keepaliveS <= 120 ? OK : failed(`${keepaliveS} s.`))),
  },
  {
    id: 'will',
    says: 'Its will, if it has one, is a retained presence of its own.',
    clause: 'contract.md#topics',
    change: 'Give the will your own presence topic, {"state":"lost"} and retain.',
    judge: (seen) =>
      ofMqtt(seen, (greeting) => (greeting.will === null ? notTried('It has no will.') : unless(wrongWill(greeting)))),
  },
  {
    id: 'listens-first',
    says: 'It subscribes to its `down` before it says HELLO.',
    clause: 'contract.md#topics',
    change: 'Subscribe first and wait for the answer; else WELCOME is lost.',
    judge: (seen) =>
      ofMqtt(seen, ({ clientId }) => {
        const hello = seen.entries.findIndex((entry) => entry.kind === 'up' && entry.message?.type === 'HELLO');
        const heard = seen.entries.findIndex(
          (entry) => entry.kind === 'subscribed' && entry.filter === topics.down(clientId),
        );
        if (hello < 0) return notTried('It said no HELLO.');
        if (heard < 0) return failed(`No subscription to ${topics.down(clientId)}.`);
        return heard < hello ? OK : failed('It subscribed after its HELLO.');
      }),
  },
  {
    id: 'subscribes-own',
    says: 'It subscribes only to its own `down` and to what is public.',
    clause: 'contract.md#topics',
    change: 'Take the other filters out: a hub refuses them.',
    judge: (seen) =>
      ofMqtt(seen, ({ clientId }) => {
        const wrong = seen.entries.find(
          (entry) => entry.kind === 'subscribed' && !maySubscribe(clientId, entry.filter),
        );
        return unless(wrong?.kind === 'subscribed' ? wrong.filter : null);
      }),
  },
  {
    id: 'publishes-own',
    says: 'It publishes only on its own topics.',
    clause: 'contract.md#rule-own-topics',
    change: 'Publish on your own `up` and `presence` alone: a hub ends the connection for anything else.',
    judge: (seen) =>
      ofMqtt(seen, ({ clientId, will }) => {
        const wrong = seen.entries.find(
          (entry) => entry.kind === 'published' && entry.topic !== will?.topic && !mayPublish(clientId, entry.topic),
        );
        return unless(wrong?.kind === 'published' ? `${wrong.topic}: ${wrong.payload.slice(0, 80)}` : null);
      }),
  },
  {
    id: 'presence',
    says: 'What it says of its presence is the JSON of a presence.',
    clause: 'contract.md#topics',
    change: 'Publish {"state":"ready"} (or init, disconnected, sleeping, lost), or nothing: the hub does it for you.',
    judge: (seen) =>
      ofMqtt(seen, ({ clientId, will }) => {
        const own = seen.entries.flatMap((entry) =>
          entry.kind === 'published' && entry.topic === topics.presence(clientId) && entry.payload !== will?.payload
            ? [entry.payload]
            : [],
        );
        if (own.length === 0) return notTried('It says nothing of its presence; the hub does.');
        return unless(own.find((payload) => presenceOf(payload) === null)?.slice(0, 80));
      }),
  },
  {
    id: 'not-retained',
    says: 'What it publishes on `up` is not retained.',
    clause: 'contract.md#topics',
    change: 'Publish with retain false: a retained press would be played again and again.',
    judge: (seen) =>
      ofMqtt(seen, () =>
        unless(
          ups(seen)
            .filter(({ retain }) => retain)
            .map(said)[0],
        ),
      ),
  },
];
