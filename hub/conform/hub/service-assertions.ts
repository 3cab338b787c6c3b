/** What a hub does all the time: PING, records, matches, topics. */
import { failed, notTried, OK, unless } from '../assertion.ts';
import { inWords } from '../in-words.ts';
import {
  answers,
  judgeRhythm,
  judgeTokens,
  judgeBudget,
  judgeGoesOn,
  judgeSnapshots,
  unreadable,
  judgeGoodbye,
  type HubAssertion,
} from './judging.ts';
import { came, ended, ofStep, retained, stateOf, told } from './seen.ts';

export const SERVICE: readonly HubAssertion[] = [
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
    judge: (seen) => ofStep(seen, 'flood', () => judgeGoesOn(seen)),
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
    judge: (seen) => (seen.entries.some(({ kind }) => kind === 'came') ? unreadable(seen) : notTried('Nothing came.')),
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
    judge: (seen) => ofStep(seen, 'goodbye', () => judgeGoodbye(seen)),
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
