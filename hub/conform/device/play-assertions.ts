/** What a device does while it plays: PONG, INPUT, COMMAND, REPORT. */
import { SHORT_SEQ_WRAP, SHORT_TIME_WRAP_US } from '../../../shared/contract/short-input.ts';
import { failed, notTried, OK, unless, type Assertion, type Verdict } from '../assertion.ts';
import {
  inputs,
  meantAs,
  messages,
  ofStep,
  pairs,
  said,
  sent,
  ups,
  type SeenInput,
  type Up,
  unansweredPing,
} from './seen.ts';
import type { DeviceTranscript } from './step.ts';

const HELLO = 1;
const REPORT = 9;
const AT_ONCE_MS = 1000;
const CLOCK_TOLERANCE = 0.1;
/** A press that waits on its way arrives so much later than others, in ms. */
const JITTER_MS = 150;
const MAX_PER_SECOND = 200;
const MAX_UNCHANGED = 5;
const NOTHING = 'Nothing came.';
const NO_INPUT = 'It sent no INPUT: nobody pressed, or it has no buttons.';

const isSeveral = (buttons: number): boolean => (buttons & (buttons - 1)) !== 0;

function someInputs(seen: DeviceTranscript, few: number, look: (all: SeenInput[]) => Verdict): Verdict {
  const all = inputs(seen.entries);
  return all.length < few ? notTried(NO_INPUT) : look(all);
}

/** INPUTs and COMMANDs may be numbered in one row or in two. */
function numberGap(seen: DeviceTranscript, type: 'INPUT' | 'COMMAND'): Verdict {
  const own = inputs(seen.entries);
  const commands = messages(seen.entries, 'COMMAND').map(({ entry, message }) => ({
    entry,
    seq: message.seq,
    short: false,
  }));
  const row = type === 'INPUT' ? own : commands;
  const both = [...own, ...commands].toSorted((a, b) => a.entry.at - b.entry.at);
  const grows = ([before, next]: [(typeof both)[number], (typeof both)[number]]): boolean =>
    (next.seq - before.seq - 1) % (before.short || next.short ? SHORT_SEQ_WRAP : 2 ** 32) === 0;
  const wrong = pairs(seen, row).find((pair) => !grows(pair));
  if (wrong === undefined || pairs(seen, both).every(grows)) return OK;
  return failed(`number ${wrong[1].seq} after ${wrong[0].seq}: ${said(wrong[1].entry)}`);
}

function judgeShortTime(seen: DeviceTranscript): Verdict {
  const stamped = inputs(seen.in('presses', 'chord')).filter(({ short, time }) => short && time !== null);
  const off = pairs(seen, stamped).map(([before, next]) => {
    const told = (next.time ?? 0) - (before.time ?? 0);
    const wait = (next.entry.at - before.entry.at) * 1000;
    const difference = (((told - wait) % SHORT_TIME_WRAP_US) + SHORT_TIME_WRAP_US) % SHORT_TIME_WRAP_US;
    return Math.min(difference, SHORT_TIME_WRAP_US - difference) / 1000;
  });
  if (off.length < 3) return notTried('It sent too few short INPUTs for that.');
  const wrong = off.filter((ms) => ms > JITTER_MS).length;
  return wrong * 3 <= off.length ? OK : failed(`${wrong} of ${off.length} times are off by more than ${JITTER_MS} ms.`);
}

function judgeTimes(seen: DeviceTranscript): Verdict {
  const stamped = inputs(seen.entries).filter(({ short, time }) => !short && time !== null);
  if (stamped.length < 2) return notTried('It sent no INPUT with a whole time.');
  const back = pairs(seen, stamped).find(([before, next]) => (((next.time ?? 0) - (before.time ?? 0)) | 0) < 0);
  return unless(back && `${back[1].time} µs after ${back[0].time} µs: ${said(back[1].entry)}`);
}

function judgeClock(seen: DeviceTranscript): Verdict {
  const pongs = messages(seen.in('ping'), 'PONG');
  const [first, last] = [pongs[0], pongs.at(-1)];
  if (first === undefined || last === undefined || last.entry.at - first.entry.at < AT_ONCE_MS)
    return notTried('Too few PONGs came.');
  if (pongs.every(({ message }) => message.time === 0)) return notTried('It has no clock: PONG.time is 0.');
  const rate = ((last.message.time - first.message.time) >>> 0) / ((last.entry.at - first.entry.at) * 1000);
  return Math.abs(rate - 1) <= CLOCK_TOLERANCE
    ? OK
    : failed(`Its clock runs ${rate.toPrecision(3)} times as fast as ours.`);
}

function judgePongs(seen: DeviceTranscript): Verdict {
  const open = unansweredPing(seen);
  if (open === null) return OK;
  const other = messages(seen.entries, 'PONG').find(({ entry }) => entry.at >= open.at);
  return failed(`PING ${open.token}: ${other === undefined ? 'no answer' : said(other.entry)}`);
}

function judgeChord(seen: DeviceTranscript): Verdict {
  const all = inputs(seen.in('presses', 'chord'));
  if (all.some(({ buttons }) => isSeveral(buttons))) return OK;
  const swap = pairs(seen, inputs(seen.in('chord'))).find(
    ([before, next]) => before.buttons !== 0 && next.buttons !== 0 && before.buttons !== next.buttons,
  );
  return swap === undefined ? notTried('Nobody pressed two buttons.') : failed(said(swap[1].entry));
}

const state = ({ buttons, axis }: SeenInput): string => `${buttons} ${axis}`;

function judgeUnchanged(all: readonly SeenInput[]): Verdict {
  const again = all.find((input, index) => {
    const row = all.slice(index, index + MAX_UNCHANGED + 1);
    const inTime = (row.at(-1)?.entry.at ?? 0) - input.entry.at < AT_ONCE_MS;
    return row.length > MAX_UNCHANGED && inTime && row.every((other) => state(other) === state(input));
  });
  return unless(again && `more than ${MAX_UNCHANGED} times the same in a second: ${said(again.entry)}`);
}

function judgeRate(seen: DeviceTranscript): Verdict {
  const times = ups(seen).map(({ at }) => at);
  const start = times.findIndex((at, index) => (times[index + MAX_PER_SECOND] ?? Infinity) - at < 1000);
  return start < 0 ? OK : failed(`More than ${MAX_PER_SECOND} messages in a second.`);
}

const firstOf = (some: readonly Up[]): string | null => (some[0] === undefined ? null : said(some[0]));

export const PLAY: readonly Assertion<DeviceTranscript>[] = [
  {
    id: 'pong',
    says: 'It answers each PING with PONG and the same token, within a second.',
    clause: 'contract.md#rule-ping',
    change: 'Answer PING at once, in every state, with the token that came; it has up to 32 bits.',
    judge: (seen) => ofStep(seen, 'ping', () => judgePongs(seen)),
  },
  {
    id: 'pong-once',
    says: 'It sends PONG once for each PING, and none unasked.',
    clause: 'contract.md#pong',
    change: 'Send PONG only where PING is handled.',
    judge: (seen) =>
      ofStep(seen, 'ping', () => {
        const [asked, answers] = [sent(seen.entries, 'PING').length, messages(seen.entries, 'PONG').length];
        return answers <= asked + 1 ? OK : failed(`${answers} PONGs for ${asked} PINGs.`);
      }),
  },
  {
    id: 'clock',
    says: 'PONG.time is its clock in µs: it runs as fast as ours.',
    clause: 'contract.md#pong',
    change: 'Send microseconds (micros() on an Arduino), not milliseconds, and let them overflow at 2^32.',
    judge: (seen) => ofStep(seen, 'ping', () => judgeClock(seen)),
  },
  {
    id: 'lost-grows',
    says: 'PONG.lost never gets smaller while it runs.',
    clause: 'contract.md#pong',
    change: 'Count lost frames since the start, and stay at 65535 when there were more.',
    judge: (seen) => {
      const pongs = messages(seen.entries, 'PONG');
      if (pongs.length < 2) return notTried('Too few PONGs came.');
      const back = pairs(seen, pongs).find(([before, next]) => next.message.lost < before.message.lost);
      return unless(back && `${back[1].message.lost} after ${back[0].message.lost}: ${said(back[1].entry)}`);
    },
  },
  {
    id: 'no-input-without-seat',
    says: 'Without a seat it sends no INPUT and no COMMAND.',
    clause: 'contract.md#rule-join',
    change: 'Send INPUT only between SEAT with a side and SEAT without one; a press may send JOIN instead.',
    judge: (seen) =>
      ofStep(seen, 'unseated', () => {
        const steps = seen.in('greet', 'refused', 'unseated', 'without-seat');
        return unless(
          inputs(steps).map(({ entry }) => said(entry))[0] ??
            messages(steps, 'COMMAND').map(({ entry }) => said(entry))[0],
        );
      }),
  },
  {
    id: 'input-seq',
    says: 'INPUT.seq grows by one each time.',
    clause: 'contract.md#input',
    change: 'Add one to the number for each INPUT, also for those that release a button.',
    judge: (seen) => someInputs(seen, 2, () => numberGap(seen, 'INPUT')),
  },
  {
    id: 'input-time',
    says: 'INPUT.time never goes back.',
    clause: 'contract.md#input',
    change: 'Stamp each INPUT with the running µs of your clock at the first edge; 0 if you have none.',
    judge: judgeTimes,
  },
  {
    id: 'short-time',
    says: 'The time of the short INPUT counts units of 128 µs.',
    clause: 'contract.md#the-short-input',
    change: 'Divide microseconds by 128 (shift right by 7) and send the lowest 12 bits.',
    judge: judgeShortTime,
  },
  {
    id: 'input-releases',
    says: 'INPUT tells what is held: a release is told as well as a press.',
    clause: 'contract.md#rule-input',
    change: 'Send INPUT with buttons 0 when the last button is let go.',
    judge: (seen) => {
      const all = inputs(seen.in('presses'));
      const pressed = all.filter(({ buttons }) => buttons !== 0).length;
      if (pressed < 2) return notTried(NO_INPUT);
      return all.some(({ buttons }) => buttons === 0) ? OK : failed(`${pressed} presses and no release.`);
    },
  },
  {
    id: 'all-buttons',
    says: 'One INPUT tells all buttons that are held.',
    clause: 'contract.md#input',
    change: 'Add the bits of all held buttons: 1 up, 2 down, 4 left, 8 right, 16 action.',
    judge: (seen) => ofStep(seen, 'chord', () => judgeChord(seen)),
  },
  {
    id: 'input-on-change',
    says: 'INPUT comes when something changes, not all the time.',
    clause: 'contract.md#rule-input',
    change: 'Compare with what you sent last, and send only if it differs.',
    judge: (seen) => someInputs(seen, 1, judgeUnchanged),
  },
  {
    id: 'rate',
    says: `It sends at most ${MAX_PER_SECOND} messages a second.`,
    clause: 'contract.md#rule-input',
    change: 'Filter the knob (report it only when it moved by more than its noise) and debounce the buttons.',
    judge: (seen) => (ups(seen).length === 0 ? notTried(NOTHING) : judgeRate(seen)),
  },
  {
    id: 'command-seq',
    says: 'COMMAND.seq grows by one each time.',
    clause: 'contract.md#command',
    change: 'Add one to the number for each COMMAND.',
    judge: (seen) =>
      messages(seen.entries, 'COMMAND').length < 2 ? notTried('It sent no COMMANDs.') : numberGap(seen, 'COMMAND'),
  },
  {
    id: 'report',
    says: 'ASK is answered with a REPORT that has the fields of the contract.',
    clause: 'contract.md#report',
    change: 'Compare with the example of REPORT: two lists and a number.',
    judge: (seen) =>
      ofStep(seen, 'report', () => {
        const broken = ups(seen).filter((up) => meantAs(up) === REPORT);
        if (broken.length > 0) return unless(firstOf(broken));
        return messages(seen.entries, 'REPORT').length > 0
          ? OK
          : notTried('It has no self-test: ASK was not answered.');
      }),
  },
  {
    id: 'well-formed',
    says: 'Every other message can be read and is one that a device may send.',
    clause: 'contract.md#rule-forms',
    change: 'Compare your bytes with the examples in the contract; the text in brackets says what is wrong.',
    judge: (seen) =>
      ups(seen).length === 0
        ? notTried(NOTHING)
        : unless(firstOf(ups(seen).filter((up) => up.problem !== null && ![HELLO, REPORT].includes(meantAs(up) ?? 0)))),
  },
];
