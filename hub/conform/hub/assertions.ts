/** All that is asserted of a hub, in the order of the report. */
import { decode, formOf } from '../../../shared/contract/codec.ts';
import { CONTRACT_VERSION, type DownMessage } from '../../../shared/contract/messages.ts';
import { failed, notTried, OK, unless, type Assertion, type Verdict } from '../assertion.ts';
import { inWords } from '../in-words.ts';
import type { HubTranscript } from './script.ts';
import { downOf } from './visitor.ts';
import { came, ended, ofStep, retained, stateOf, told } from './seen.ts';

type HubAssertion = Assertion<HubTranscript>;

const CODE = 'Answer with ERROR and this code (docs/errors.md), and go on with the device as if nothing had been.';

/** In a step something is refused with a code. */
const refuses = (step: string, code: string, what: string, clause: string, who = 'a'): HubAssertion => ({
  id: `${step}-refused`,
  says: `${what} is answered with ERROR ${code}.`,
  clause,
  change: CODE,
  judge: (seen) =>
    ofStep(seen, step, () => {
      const errors = told(seen, step, who, 'ERROR');
      if (errors.some(({ message }) => message.code === code)) return OK;
      const other = seen
        .in(step)
        .filter((entry) => entry.who === who)
        .map((entry) => (downOf(entry) !== null && entry.kind === 'came' ? entry.bytes : null));
      const shown = other.find((bytes) => bytes !== null && !isPing(bytes));
      return failed(shown ? inWords(shown) : 'No answer.');
    }),
});

const isPing = (bytes: Uint8Array): boolean => decode(bytes).message?.type === 'PING';

/** In a step a message comes, and something holds for it. */
const answers = <T extends DownMessage['type']>(
  id: string,
  [step, who, type]: readonly [step: string, who: string, type: T],
  says: string,
  clause: string,
  change: string,
  holds: (message: Extract<DownMessage, { type: T }>, seen: HubTranscript) => boolean = () => true,
): HubAssertion => ({
  id,
  says,
  clause,
  change,
  judge: (seen) =>
    ofStep(seen, step, () => {
      const all = told(seen, step, who, type);
      const newest = all.at(-1);
      if (newest === undefined)
        return id === idOfFirst(type, step) ? failed(`No ${type} within 2.5 s.`) : notTried(`No ${type} came.`);
      return holds(newest.message, seen) ? OK : failed(inWords(newest.bytes));
    }),
});

/** Only one assertion of a message is about its coming at all. */
const idOfFirst = (type: string, step: string): string => `${step}-${type.toLowerCase()}`;

function judgeRhythm(seen: HubTranscript): Verdict {
  const pings = told(seen, 'ping', 'a', 'PING').length;
  return pings >= 9 && pings <= 16 ? OK : failed(`${pings} PINGs in 3 s.`);
}

function judgeTokens(seen: HubTranscript): Verdict {
  const tokens = told(seen, 'ping', 'a', 'PING').map(({ message }) => message.token);
  if (tokens.length < 2) return notTried('Too few PINGs came.');
  const twice = tokens.find((token, index) => tokens.indexOf(token) !== index);
  return twice === undefined ? OK : failed(`Token ${twice} came twice.`);
}

function judgeForms(seen: HubTranscript): Verdict {
  const [a, c] = [told(seen, 'hello', 'a', 'WELCOME')[0], told(seen, 'nameless', 'c', 'WELCOME')[0]];
  if (a === undefined || c === undefined) return notTried('No WELCOME came.');
  const wrong = formOf(a.bytes) === 'cbor' ? (formOf(c.bytes) === 'json' ? null : c) : a;
  return unless(wrong && inWords(wrong.bytes));
}

function judgeBudget(seen: HubTranscript): Verdict {
  const count = told(seen, 'flood', 'twin', 'ERROR').length;
  // Two seconds may begin within the step.
  return count <= 20 ? OK : failed(`${count} ERRORs in a second.`);
}

function judgeGoesOn(seen: HubTranscript): Verdict {
  if (
    seen
      .in('enter', 'unknown-type', 'malformed-cbor', 'malformed-json', 'ping')
      .some(({ who, kind }) => who === 'a' && kind === 'closed')
  )
    return failed('The hub ended the connection of a device that had said something wrong.');
  if (seen.in('flood', 'calm-again').some(({ who, kind }) => who === 'twin' && kind === 'closed'))
    return failed('The hub ended the connection of a device that had said 60 wrong things.');
  return OK;
}

function judgeSnapshots(seen: HubTranscript, look: (snapshots: { tick: number; at: number }[]) => Verdict): Verdict {
  const frames = seen
    .in('play')
    .flatMap((entry) =>
      entry.kind === 'came' && entry.who === 'watcher' && entry.topic.endsWith('/state') ? [entry] : [],
    );
  if (told(seen, 'play', 'a', 'OBSERVE').length === 0 && frames.length < 10) return notTried('No match began.');
  return look(
    frames.flatMap(({ bytes, at }) => {
      const tick = tickOf(bytes);
      return tick === null ? [] : [{ tick, at }];
    }),
  );
}

function tickOf(bytes: Uint8Array): number | null {
  try {
    const { message } = decode(bytes);
    return message?.type === 'SNAPSHOT' ? message.tick : null;
  } catch {
    return null;
  }
}

const unreadable = (seen: HubTranscript): Verdict =>
  unless(
    seen.entries.flatMap((entry) =>
      entry.kind === 'came' &&
      (entry.topic.endsWith('/state')
        ? tickOf(entry.bytes) === null
        : entry.topic.endsWith('/down') && downOf(entry) === null)
        ? [`${entry.topic}: ${inWords(entry.bytes)}`]
        : [],
    )[0],
  );

const MESSAGES_CLAUSE = 'contract.md#rule-errors';

export const HUB_ASSERTIONS: readonly HubAssertion[] = [
  {
    id: 'lets-in',
    says: 'It lets a device in that has a good id, and lets it listen to its `down`.',
    clause: 'contract.md#rule-client-id',
    change: 'Accept MQTT 3.1.1 with a keepalive of 30 s (and the secret, if you gave one).',
    judge: (seen) => {
      const refusal = seen.in('enter').find(({ kind }) => kind === 'refused' || kind === 'denied');
      return refusal?.kind === 'refused'
        ? failed(refusal.reason)
        : refusal?.kind === 'denied'
          ? failed(`${refusal.filter} was denied.`)
          : OK;
    },
  },
  refuses('before-hello', 'hello-required', 'What comes before HELLO', 'contract.md#rule-hello'),
  refuses('version', 'version-unsupported', 'HELLO of version 2', 'contract.md#hello'),
  refuses('other-id', 'id-mismatch', 'HELLO with an id that is not the client id', 'contract.md#rule-client-id'),
  answers(
    'hello-welcome',
    ['hello', 'a', 'WELCOME'],
    'HELLO is answered with WELCOME.',
    'contract.md#rule-hello',
    'Answer each good HELLO.',
  ),
  answers(
    'welcome-version',
    ['hello', 'a', 'WELCOME'],
    `WELCOME.version is ${CONTRACT_VERSION}.`,
    'contract.md#welcome',
    `Send ${CONTRACT_VERSION}.`,
    ({ version }) => version === CONTRACT_VERSION,
  ),
  answers(
    'welcome-id',
    ['hello', 'a', 'WELCOME'],
    'WELCOME.id is the id of HELLO.',
    'contract.md#welcome',
    'Leave an id that a device has.',
    ({ id }, { tag }) => id === `conform-a-${tag}`,
  ),
  answers(
    'welcome-name',
    ['hello', 'a', 'WELCOME'],
    'WELCOME.name is the name of HELLO.',
    'contract.md#welcome',
    'Take the name that HELLO brings.',
    ({ name }) => name === 'Conform',
  ),
  answers(
    'nameless-welcome',
    ['nameless', 'c', 'WELCOME'],
    'HELLO in JSON with defaults left out is welcome too.',
    'contract.md#rule-defaults',
    'Fill in the defaults of the table of HELLO.',
  ),
  answers(
    'nameless-id',
    ['nameless', 'c', 'WELCOME'],
    'A device whose HELLO has no id gets one: its client id.',
    'contract.md#hello',
    'Put the client id into WELCOME.id.',
    ({ id }, { tag }) => id === `conform-c-${tag}`,
  ),
  answers(
    'nameless-name',
    ['nameless', 'c', 'WELCOME'],
    'A device without a name gets one.',
    'contract.md#hello',
    'Make a name; WELCOME.name is never empty.',
    ({ name }) => name !== '',
  ),
  {
    id: 'same-form',
    says: 'CBOR is answered in CBOR and JSON in JSON.',
    clause: 'contract.md#rule-same-form',
    change: 'Remember the form of the last message of each device.',
    judge: judgeForms,
  },
  refuses('no-seat', 'seat-missing', 'INPUT without a seat', 'errors.md#seat-missing'),
  refuses('room-unknown', 'room-unknown', 'JOIN of a room that is not there', 'contract.md#join'),
  answers(
    'join-seat',
    ['join', 'a', 'SEAT'],
    'JOIN without a wish is answered with SEAT and a side.',
    'contract.md#rule-join',
    'Give the next free seat.',
    ({ side, room }) => side !== '' && room !== '',
  ),
  refuses('seat-taken', 'seat-taken', 'JOIN of a seat that is taken', 'contract.md#rule-join', 'c'),
  {
    id: 'seat-taken-free',
    says: 'ERROR seat-taken tells the free seats.',
    clause: 'contract.md#rule-join',
    change: 'Put {"free": [names]} into ERROR.detail.',
    judge: (seen) =>
      ofStep(seen, 'seat-taken', () => {
        const error = told(seen, 'seat-taken', 'c', 'ERROR').find(({ message }) => message.code === 'seat-taken');
        if (error === undefined) return notTried('No such ERROR came.');
        return Array.isArray((error.message.detail as { free?: unknown } | null)?.free)
          ? OK
          : failed(inWords(error.bytes));
      }),
  },
  refuses('seat-unknown', 'seat-unknown', 'JOIN of a seat that the game does not have', 'contract.md#join', 'c'),
  {
    id: 'input-taken',
    says: 'A whole and a short INPUT are taken without a word.',
    clause: 'contract.md#the-short-input',
    change: 'Read the short form too: a CBOR byte string of three bytes.',
    judge: (seen) =>
      ofStep(seen, 'input', () => unless(told(seen, 'input', 'a', 'ERROR').map(({ bytes }) => inWords(bytes))[0])),
  },
  refuses('stale', 'input-stale', 'INPUT with a number that was there before', 'contract.md#rule-input'),
  refuses('unknown-type', 'message-unknown', 'A message of an unknown type', MESSAGES_CLAUSE),
  refuses('bad-field', 'message-field', 'A field out of its range', MESSAGES_CLAUSE),
  refuses('too-large', 'message-too-large', 'A message over the size of its type', 'contract.md#rule-size'),
  refuses('malformed-cbor', 'message-malformed', 'CBOR that ends in its middle', MESSAGES_CLAUSE),
  refuses('malformed-json', 'message-malformed', 'JSON that ends in its middle', MESSAGES_CLAUSE),
  refuses('wrong-direction', 'direction-wrong', 'A message that only the hub sends', 'errors.md#direction-wrong'),
  {
    id: 'error-budget',
    says: 'A flood of wrong messages is answered with at most ten ERRORs a second.',
    clause: 'contract.md#rule-errors',
    change: 'Count ERRORs for each device and second, and send no more than ten.',
    judge: (seen) => ofStep(seen, 'flood', () => judgeBudget(seen)),
  },
  {
    id: 'goes-on',
    says: 'What is wrong costs nothing else: the connection stays.',
    clause: 'contract.md#rule-errors',
    change: 'Do not end the connection of a device for a wrong message.',
    judge: judgeGoesOn,
  },
  {
    id: 'ping-rhythm',
    says: 'PING comes four times a second.',
    clause: 'contract.md#rule-ping',
    change: 'Send PING every 250 ms to each device that is welcome.',
    judge: (seen) => ofStep(seen, 'ping', () => judgeRhythm(seen)),
  },
  {
    id: 'ping-tokens',
    says: 'No two PINGs have the same token.',
    clause: 'contract.md#ping',
    change: 'Count the tokens, so that an answer belongs to one question.',
    judge: (seen) => ofStep(seen, 'ping', () => judgeTokens(seen)),
  },
  answers(
    'record-ack',
    ['record', 'a', 'ACK'],
    'RECORD is answered with ACK.',
    'contract.md#ack',
    'Send ACK when the record is on disk.',
  ),
  answers(
    'ack-number',
    ['record', 'a', 'ACK'],
    'ACK has the number of the RECORD.',
    'contract.md#ack',
    'Send back RECORD.seq.',
    ({ seq }) => seq === 1,
  ),
  answers(
    'record-again-ack',
    ['record-again', 'a', 'ACK'],
    'A RECORD that comes again is acknowledged again.',
    'contract.md#record',
    'Store it once, and send ACK each time: the first one may have been lost.',
  ),
  {
    id: 'start',
    says: 'Before a match each player is told START.',
    clause: 'contract.md#start',
    change: 'Send START to everybody who has a seat.',
    judge: (seen) =>
      ofStep(seen, 'match', () => {
        if (told(seen, 'play', 'a', 'OBSERVE').length === 0 && told(seen, 'match', 'b', 'START').length === 0)
          return notTried('No match began.');
        return told(seen, 'match', 'a', 'START').length > 0 ? OK : failed('A match without START.');
      }),
  },
  {
    id: 'observe-wanted',
    says: 'Who wants observations gets OBSERVE while the match is played.',
    clause: 'contract.md#observe',
    change: 'Look at bit 0 of HELLO.wants.',
    judge: (seen) =>
      ofStep(seen, 'match', () => {
        if (told(seen, 'match', 'a', 'START').length + told(seen, 'match', 'b', 'START').length === 0)
          return notTried('No match began.');
        return told(seen, 'play', 'a', 'OBSERVE').length >= 10
          ? OK
          : failed(`${told(seen, 'play', 'a', 'OBSERVE').length} OBSERVEs in 2.5 s.`);
      }),
  },
  {
    id: 'observe-unwanted',
    says: 'Who does not want observations gets none.',
    clause: 'contract.md#hello',
    change: 'Look at bit 0 of HELLO.wants.',
    judge: (seen) =>
      ofStep(seen, 'match', () => unless(told(seen, null, 'b', 'OBSERVE').map(({ bytes }) => inWords(bytes))[0])),
  },
  {
    id: 'well-formed',
    says: 'Every message and every SNAPSHOT can be read.',
    clause: 'contract.md#rule-forms',
    change: 'Compare the bytes with the examples.',
    judge: unreadable,
  },
  {
    id: 'snapshot-ticks',
    says: 'The ticks of SNAPSHOT grow while a match is played.',
    clause: 'contract.md#snapshot',
    change: 'Number the snapshots by the tick of the match.',
    judge: (seen) =>
      ofStep(seen, 'match', () =>
        judgeSnapshots(seen, (all) => {
          const back = all.find(({ tick }, index) => index > 0 && tick <= (all[index - 1]?.tick ?? 0));
          return unless(back && `tick ${back.tick} after ${all[all.indexOf(back) - 1]?.tick}`);
        }),
      ),
  },
  {
    id: 'snapshot-rate',
    says: 'SNAPSHOT comes each tick of play: at least half of START.rate a second.',
    clause: 'contract.md#topics',
    change: 'Publish the state of the match at each tick.',
    judge: (seen) =>
      ofStep(seen, 'match', () =>
        judgeSnapshots(seen, (all) => {
          const rate =
            [...told(seen, 'match', 'a', 'START'), ...told(seen, 'match', 'b', 'START')].at(-1)?.message.rate ?? 60;
          const frames = new Set(all.map(({ at }) => at)).size;
          return frames >= rate ? OK : failed(`${frames} SNAPSHOTs in 2.5 s, of ${rate} a second.`);
        }),
      ),
  },
  {
    id: 'presence-ready',
    says: 'The presence of a device that is welcome is kept: state ready.',
    clause: 'contract.md#topics',
    change: 'Publish it retained when WELCOME is sent.',
    judge: (seen) => ofStep(seen, 'retained', () => retained(seen, '/presence', (page) => page['state'] === 'ready')),
  },
  {
    id: 'scoreboard',
    says: 'The scoreboard is kept: JSON with the phase and the seats.',
    clause: 'contract.md#topics',
    change: 'Publish it retained whenever it changes.',
    judge: (seen) =>
      ofStep(seen, 'retained', () => retained(seen, '/scoreboard', (page) => 'phase' in page && 'seats' in page)),
  },
  {
    id: 'health',
    says: 'The health of the hub is kept as JSON.',
    clause: 'contract.md#topics',
    change: 'Publish it retained, about once a second.',
    judge: (seen) => ofStep(seen, 'retained', () => retained(seen, '/health', () => true)),
  },
  {
    id: 'foreign-listen',
    says: 'Nobody may listen to what another device is told.',
    clause: 'contract.md#topics',
    change: 'Refuse the subscription (SUBACK 0x80).',
    judge: (seen) =>
      ofStep(seen, 'foreign-listen', () =>
        seen.in('foreign-listen').some(({ kind }) => kind === 'granted') ? failed('The subscription was granted.') : OK,
      ),
  },
  {
    id: 'foreign-publish',
    says: 'Who publishes on a topic of another device is disconnected.',
    clause: 'contract.md#rule-own-topics',
    change: 'End the connection, and take nothing of it.',
    judge: (seen) =>
      ofStep(seen, 'foreign-publish', () =>
        ended(seen, 'foreign-publish', 'd') ? OK : failed('The connection stayed.'),
      ),
  },
  {
    id: 'presence-lost',
    says: 'The presence of a device whose connection broke is lost.',
    clause: 'contract.md#topics',
    change: 'Publish it when the connection ends without DISCONNECT; a will can be missing.',
    judge: (seen) => ofStep(seen, 'cut', () => stateOf(seen, 'cut', `conform-a-${seen.tag}`, 'lost')),
  },
  answers(
    'return-seat',
    ['return', 'back', 'SEAT'],
    'A device that comes back finds its seat kept: SEAT follows WELCOME.',
    'contract.md#rule-join',
    'Keep the seat for the grace time.',
    ({ side }) => side !== '',
  ),
  {
    id: 'twin',
    says: 'Of two connections with one id the newer one stays.',
    clause: 'contract.md#rule-client-id',
    change: 'End the older connection, as MQTT wants it (3.1.4).',
    judge: (seen) => ofStep(seen, 'twin', () => (ended(seen, 'twin', 'back') ? OK : failed('Both stayed.'))),
  },
  answers(
    'leave-seat',
    ['leave', 'twin', 'SEAT'],
    'LEAVE is answered with SEAT without a side.',
    'contract.md#rule-leave',
    'Free the seat, and say so.',
    ({ side }) => side === '',
  ),
  {
    id: 'presence-disconnected',
    says: 'The presence of a device that said goodbye is disconnected.',
    clause: 'contract.md#topics',
    change: 'Tell DISCONNECT apart from a connection that broke.',
    judge: (seen) => ofStep(seen, 'goodbye', () => ofB(seen)),
  },
  {
    id: 'bad-id',
    says: 'A client with an id that is none is not let in.',
    clause: 'contract.md#rule-client-id',
    change: 'Refuse it in CONNACK (2, identifier rejected).',
    judge: (seen) => ofStep(seen, 'bad-id', () => (came(seen, 'bad-id', 'stranger') ? failed('It was let in.') : OK)),
  },
  {
    id: 'no-keepalive',
    says: 'A client without a keepalive is not let in.',
    clause: 'contract.md#rule-client-id',
    change: 'Refuse a keepalive of 0 or over 120 s.',
    judge: (seen) =>
      ofStep(seen, 'no-keepalive', () => (came(seen, 'no-keepalive', 'sleeper') ? failed('It was let in.') : OK)),
  },
];

const ofB = (seen: HubTranscript): Verdict =>
  seen.entries.some(({ who, kind }) => who === 'b' && kind === 'entered')
    ? stateOf(seen, 'goodbye', `conform-b-${seen.tag}`, 'disconnected')
    : notTried('There was no second player.');
