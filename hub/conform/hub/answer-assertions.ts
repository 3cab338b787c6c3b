/** How a hub greets, seats and refuses. */
import { CONTRACT_VERSION } from '../../../shared/contract/messages.ts';
import { failed, notTried, OK, unless } from '../assertion.ts';
import { inWords } from '../in-words.ts';
import { refuses, answers, judgeForms, MESSAGES_CLAUSE, type HubAssertion } from './judging.ts';
import { ofStep, told } from './seen.ts';

export const ANSWERS: readonly HubAssertion[] = [
  {
    id: 'lets-in',
    says: 'It lets a device in that has a good id, and lets it listen to its `down`.',
    clause: 'contract.md#rule-client-id',
    change:
      'Accept MQTT 3.1.1 with a keepalive of 30 s. If the hub wants a PIN or token, give it to the kit with --secret.',
    judge: (seen) => {
      const refusal = seen.in('enter').find(({ kind }) => kind === 'refused' || kind === 'denied');
      if (refusal?.kind === 'refused') return failed(refusal.reason);
      if (refusal?.kind === 'denied') return failed(`${refusal.filter} was denied.`);
      const cut = seen.in('before-hello').some(({ who, kind }) => who === 'a' && kind === 'closed');
      return cut ? failed('The connection was ended at its first message.') : OK;
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
  refuses('no-seat', 'seat-missing', 'INPUT without a seat', 'contract.md#rule-join'),
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
  refuses('wrong-direction', 'direction-wrong', 'A message that only the hub sends', 'contract.md#messages'),
];
