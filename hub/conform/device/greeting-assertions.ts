/** How a device introduces itself, finds its hub again, and stays who it is. */
import { CONTRACT_VERSION } from '../../../shared/contract/messages.ts';
import { isDeviceId } from '../../../shared/contract/topics.ts';
import { failed, notTried, OK, unless, type Assertion } from '../assertion.ts';
import { GIVEN_ID } from './hub-part.ts';
import { inputs, meantAs, messages, ofStep, said, sent, ups } from './seen.ts';
import type { DeviceTranscript } from './step.ts';

const HELLO = 1;
/** What timers of a device and the way to the kit may add, in ms. */
const SLACK_MS = 600;
const SILENCE_MS = 3000;
const LONGEST_WAIT_MS = 4000 + SLACK_MS;
/** HELLOs that the documented waits allow in the 8.5 s of the step: at 0, 0.5, 1.5, 3.5 and 7.5 s; and some more. */
const MAX_HELLOS = 8;

const hellos = (seen: DeviceTranscript, ...steps: string[]): ReturnType<typeof messages<'HELLO'>> =>
  messages(steps.length === 0 ? seen.entries : seen.in(...steps), 'HELLO');

/** All that comes before the first WELCOME, and after the kit asked who is there. */
function beforeWelcome(seen: DeviceTranscript): ReturnType<typeof ups> {
  const asked = seen.entries.findIndex(
    (entry) => entry.kind === 'down' && entry.message.type === 'ERROR' && entry.message.code === 'hello-required',
  );
  const welcome = seen.entries.findIndex((entry) => entry.kind === 'down' && entry.message.type === 'WELCOME');
  const from = welcome >= 0 && asked > welcome ? 0 : Math.max(0, asked);
  const until = welcome < 0 ? seen.entries.length : welcome;
  return seen.entries.slice(from, until).filter((entry) => entry.kind === 'up');
}

const NO_HELLO = 'No HELLO came that could be read.';

export const GREETING: readonly Assertion<DeviceTranscript>[] = [
  {
    id: 'hello-comes',
    says: 'It says HELLO, by itself or when asked with ERROR hello-required.',
    clause: 'contract.md#rule-hello',
    change: 'Send HELLO when the program has started, and whenever ERROR hello-required comes.',
    judge: (seen) =>
      ups(seen).some((up) => up.message?.type === 'HELLO' || meantAs(up) === HELLO)
        ? OK
        : failed(ups(seen)[0] === undefined ? 'Nothing at all.' : said(ups(seen)[0] as never)),
  },
  {
    id: 'hello-well-formed',
    says: 'HELLO has the fields of the contract, each in its range.',
    clause: 'contract.md#hello',
    change: 'Compare your bytes with the examples of HELLO, field by field; the text in brackets names the field.',
    judge: (seen) => {
      const broken = ups(seen).find((up) => meantAs(up) === HELLO);
      if (broken !== undefined) return failed(said(broken));
      return hellos(seen).length > 0 ? OK : notTried(NO_HELLO);
    },
  },
  {
    id: 'version',
    says: `HELLO.version is ${CONTRACT_VERSION}.`,
    clause: 'contract.md#hello',
    change: `Send ${CONTRACT_VERSION} as the first field after the type.`,
    judge: (seen) => {
      const wrong = hellos(seen).find(({ message }) => message.version !== CONTRACT_VERSION);
      return hellos(seen).length === 0 ? notTried(NO_HELLO) : unless(wrong && said(wrong.entry));
    },
  },
  {
    id: 'id-valid',
    says: 'HELLO.id is empty, or 1 to 32 letters, digits, dots, dashes and underscores, beginning with a letter or digit.',
    clause: 'contract.md#rule-client-id',
    change: 'Take other characters out of the id: no spaces, no slashes, no accents.',
    judge: (seen) => {
      const wrong = hellos(seen).find(({ message }) => message.id !== '' && !isDeviceId(message.id));
      return hellos(seen).length === 0 ? notTried(NO_HELLO) : unless(wrong && said(wrong.entry));
    },
  },
  {
    id: 'hello-first',
    says: 'Nothing but HELLO comes before WELCOME.',
    clause: 'contract.md#rule-hello',
    change: 'Wait for WELCOME before you send JOIN, INPUT or anything else.',
    judge: (seen) =>
      hellos(seen).length === 0
        ? notTried(NO_HELLO)
        : unless(
            beforeWelcome(seen)
              .filter((up) => up.message?.type !== 'HELLO' && meantAs(up) !== HELLO)
              .map(said)[0],
          ),
  },
  {
    id: 'join-after-welcome',
    says: 'It asks for a seat with JOIN when it is welcome.',
    clause: 'contract.md#rule-join',
    change: 'Send JOIN when WELCOME has come; [2] is enough.',
    judge: (seen) =>
      ofStep(seen, 'greet', () =>
        messages(seen.in('open', 'greet', 'refused', 'unseated'), 'JOIN').length > 0
          ? OK
          : failed('No JOIN within 3 s of WELCOME.'),
      ),
  },
  {
    id: 'join-patient',
    says: 'Refused with seat-taken, it does not ask again and again.',
    clause: 'contract.md#rule-join',
    change: 'After seat-taken or seat-none-free wait for a button or some seconds before the next JOIN.',
    judge: (seen) =>
      ofStep(seen, 'refused', () => {
        const joins = messages(seen.in('refused'), 'JOIN').length;
        return joins <= 3 ? OK : failed(`${joins} JOINs in 3 s.`);
      }),
  },
  {
    id: 'hello-when-asked',
    says: 'It says HELLO again at once when ERROR hello-required comes: the hub was restarted.',
    clause: 'contract.md#rule-hello',
    change: 'On ERROR with the code hello-required, send HELLO within a second.',
    judge: (seen) =>
      ofStep(seen, 'hello-required', () =>
        hellos(seen, 'hello-required').length > 0 ? OK : failed('No HELLO within 1.5 s.'),
      ),
  },
  {
    id: 'hello-not-too-often',
    says: 'It answers one hello-required with one HELLO, not with many.',
    clause: 'serial.md#how-a-paddle-finds-its-hub',
    change: 'Do not repeat a HELLO that is less than 0.1 s old; after it wait 0.5 s.',
    judge: (seen) =>
      ofStep(seen, 'hello-required', () => {
        const count = hellos(seen, 'hello-required').length;
        return count <= 3 ? OK : failed(`${count} HELLOs for one ERROR.`);
      }),
  },
  {
    id: 'last-seq',
    says: 'HELLO.lastSeq is the number of its newest INPUT.',
    clause: 'contract.md#hello',
    change: 'Keep the number of the last INPUT and send it as lastSeq; 0 only after a start.',
    judge: (seen) =>
      ofStep(seen, 'hello-required', () => {
        const hello = hellos(seen, 'hello-required')[0];
        if (hello === undefined) return notTried('No HELLO came in that step.');
        // A board that was started anew meanwhile counts from 0 again.
        const since = hellos(seen).findLast(({ entry }) => entry.at < hello.entry.at)?.entry.at ?? 0;
        const between = seen.entries.filter(({ at }) => at > since && at <= hello.entry.at);
        const newest = inputs(between).at(-1);
        const command = messages(between, 'COMMAND').at(-1);
        if (newest === undefined) return notTried('It sent no INPUT.');
        const { lastSeq } = hello.message;
        const same = newest.short ? lastSeq % 128 === newest.seq : lastSeq === newest.seq;
        return same || lastSeq === command?.message.seq
          ? OK
          : failed(`${said(hello.entry)}; the newest INPUT was number ${newest.seq}`);
      }),
  },
  {
    id: 'notices-silence',
    says: 'After 3 s without PING it looks for the hub again.',
    clause: 'contract.md#rule-ping',
    change: 'Start a timer of 3 s at each PING; when it ends, say HELLO again.',
    judge: (seen) =>
      ofStep(seen, 'silence', () => {
        const hello = hellos(seen, 'silence')[0];
        const ping = seen.entries.filter(
          (entry) => entry.kind === 'down' && entry.message.type === 'PING' && entry.step !== 'found',
        );
        const last = ping.findLast(({ at }) => at <= (hello?.entry.at ?? Infinity));
        if (hello === undefined) return failed('No HELLO within 4.5 s of silence.');
        const from = last?.at ?? 0;
        const waited = hello.entry.at - from;
        const longest = SILENCE_MS + 2 * SLACK_MS + seen.stallsIn(from, hello.entry.at);
        const inTime = waited >= SILENCE_MS - SLACK_MS && waited <= longest;
        return inTime ? OK : failed(`HELLO ${Math.round(waited)} ms after the last PING.`);
      }),
  },
  {
    id: 'keeps-searching',
    says: 'While no hub answers it says HELLO again, at least every 4 s.',
    clause: 'contract.md#rule-ping',
    change: 'Repeat HELLO after 0.5, 1, 2 and then every 4 s until WELCOME comes; never give up.',
    judge: (seen) =>
      ofStep(seen, 'search', () => {
        const [first] = hellos(seen, 'silence');
        const times = [first?.entry.at ?? 0, ...hellos(seen, 'search', 'found').map(({ entry }) => entry.at)];
        const gaps = times.slice(1).map((at, index) => {
          const from = times[index] ?? 0;
          return at - from - seen.stallsIn(from, at);
        });
        const gap = Math.max(...gaps, 0);
        if (times.length < 3) return failed(`${times.length} HELLO in 8.5 s.`);
        return gap <= LONGEST_WAIT_MS ? OK : failed(`${Math.round(gap)} ms between two HELLOs.`);
      }),
  },
  {
    id: 'searches-calmly',
    says: 'While no hub answers it waits longer and longer: 0.5, 1, 2, then 4 s.',
    clause: 'contract.md#rule-ping',
    change: 'Double the wait after each HELLO, from 0.5 s up to 4 s.',
    judge: (seen) =>
      ofStep(seen, 'search', () => {
        const count = hellos(seen, 'search').length;
        return count <= MAX_HELLOS ? OK : failed(`${count} HELLOs in 8.5 s.`);
      }),
  },
  {
    id: 'comes-back',
    says: 'When the connection was cut it comes back and says HELLO, within 12 s.',
    clause: 'contract.md#rule-hello',
    change: 'Connect again when the connection ends, and begin with HELLO each time.',
    judge: (seen) =>
      ofStep(seen, 'reopen', () => (hellos(seen, 'reopen').length > 0 ? OK : failed('No HELLO within 12 s.'))),
  },
  {
    id: 'same-id',
    says: 'It has the same id whenever it says HELLO.',
    clause: 'contract.md#hello',
    change: 'Store the id, or make it from something that stays (a chip number); no random id at each start.',
    judge: (seen) => {
      const ids = [
        ...new Set(
          hellos(seen)
            .map(({ message }) => message.id)
            .filter(Boolean),
        ),
      ];
      if (hellos(seen).length < 2) return notTried('It said HELLO only once.');
      return ids.length <= 1 ? OK : failed(`The ids ${ids.join(', ')}.`);
    },
  },
  {
    id: 'keeps-given-id',
    says: 'A board without an id keeps the one that WELCOME brings, over a new connection too.',
    clause: 'contract.md#welcome',
    change: 'Store WELCOME.id where it outlives a restart (EEPROM, a file), and send it in every HELLO from then on.',
    judge: (seen) =>
      ofStep(seen, 'reopen', () => {
        const [first] = hellos(seen);
        if (first?.message.id !== '' || sent(seen.entries, 'WELCOME')[0]?.message.id !== GIVEN_ID)
          return notTried('It has an id of its own.');
        const later = hellos(seen, 'reopen')[0];
        if (later === undefined) return notTried('It said no HELLO after that.');
        return later.message.id === '' ? failed(said(later.entry)) : OK;
      }),
  },
  {
    id: 'restarts-grow',
    says: 'HELLO.restarts never gets smaller.',
    clause: 'contract.md#hello',
    change: 'Count starts where they outlive a restart, or leave the field 0.',
    judge: (seen) => {
      const all = hellos(seen);
      if (all.length < 2) return notTried('It said HELLO only once.');
      const back = all.find(
        ({ message }, index) => index > 0 && message.restarts < (all[index - 1]?.message.restarts ?? 0),
      );
      return unless(back && said(back.entry));
    },
  },
];
