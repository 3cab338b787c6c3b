/** What the kit does with a device, step by step. It only provokes and writes down; the assertions judge afterwards. */
import { FIRST_BAUD } from '../../../shared/contract/messages.ts';
import { Transcript } from '../transcript.ts';
import { handSteps } from './hand-steps.ts';
import { HubPart } from './hub-part.ts';
import { PROVOCATIONS, type Provocation } from './provocations.ts';
import { unansweredPing } from './seen.ts';
import { rateSteps } from './rate-steps.ts';
import { isUpOf, type DeviceScript, type DeviceTranscript, type Step, type Talk } from './step.ts';
import type { DeviceEntry } from './wire.ts';

const COMES_BACK_MS = 12_000;
const ALIVE_MS = 2500;
/** Longer than the longest wait between two HELLOs. */
const HELLO_MS = 8000;
/** A device that is asked every 250 ms and has not answered for so long may be gone. */
const SILENT_MS = 1000;

/** Plays it all. @returns what was seen; an empty one if nobody came */
export async function playDevice(script: DeviceScript): Promise<DeviceTranscript> {
  const log = new Transcript<DeviceEntry>(script.clock);
  const hub = new HubPart(script.wire, script.clock, log);
  const talk: Talk = { ...script, hub, log };
  log.begin('open');
  try {
    await hub.open();
    if (await greeted(talk)) await playSteps(talk);
  } finally {
    await hub.close();
  }
  return Object.assign(log, { wireKind: script.wire.kind });
}

const there = ({ kind }: DeviceEntry): boolean => kind === 'up' || kind === 'connected';

/** Waits for the device, then for its HELLO; asks for it if the board was not started by the opening of its port. */
async function greeted({ hub, log, wire, patienceMs }: Talk): Promise<boolean> {
  const hello = isUpOf('HELLO');
  if (wire.kind !== 'serial' && !log.entries.some(there) && (await log.next(there, patienceMs)) === null) return false;
  if (log.entries.some(hello) || (await log.next(hello, ALIVE_MS)) !== null) return true;
  hub.refuse('hello-required', 'Who is there?');
  return (await log.next(hello, HELLO_MS)) !== null;
}

async function playSteps(talk: Talk): Promise<void> {
  for (const { name, parts = [], whyNot, run } of STEPS) {
    const reason = whyNot?.(talk) ?? null;
    if (reason !== null) {
      for (const part of [name, ...parts]) talk.log.skip(part, reason);
      continue;
    }
    if (name !== 'greet' && !(await isThere(talk))) return;
    talk.log.begin(name);
    await run(talk);
  }
}

const answersPing = ({ log }: Talk): boolean => unansweredPing(log) === null;

/** Whether it still answers; if not, it is asked, and then started anew. */
async function isThere(talk: Talk): Promise<boolean> {
  const { hub, log, wire } = talk;
  const silent = log.steps.includes('ping') && answersPing(talk) && hub.now() - hub.answeredAt > SILENT_MS;
  if (hub.welcomed && !silent) return true;
  log.begin('recover');
  hub.refuse('hello-required', 'Are you still there?');
  if ((await log.next(isUpOf('HELLO'), ALIVE_MS)) === null) {
    await wire.reopen?.();
    if ((await log.next(isUpOf('HELLO'), COMES_BACK_MS)) === null) return false;
  }
  hub.giveSeat();
  await log.wait(500);
  return true;
}

const greet: Step = {
  name: 'greet',
  run: async ({ log }) => {
    // The first WELCOME takes a moment.
    await log.wait(500);
    if (!log.entries.some(isUpOf('JOIN'))) await log.next(isUpOf('JOIN'), 3000);
  },
};

const ping: Step = {
  name: 'ping',
  run: async ({ log, say }) => {
    say('PING and PONG.');
    await log.wait(3500);
  },
};

const report: Step = {
  name: 'report',
  run: async ({ hub, log }) => {
    hub.send({ type: 'ASK' });
    await log.wait(1000);
  },
};

/** Every message of a hub, one after the other. */
const everyMessage: Step = {
  name: 'every-message',
  whyNot: (talk) => (answersPing(talk) ? null : DUMB),
  run: async (talk) => {
    const { hub } = talk;
    talk.say('Every message of a hub, and then what no hub should say.');
    hub.send({ type: 'START', match: 'conform', rate: 60, countdown: 100 });
    hub.send({ type: 'SCORE', points: 2, scores: [2, 1], lifetimePoints: 5, lifetimeWins: 1 });
    hub.send({ type: 'EFFECT', effect: 'light', value: 2, ms: 100 });
    hub.send({ type: 'EFFECT', effect: 'tone', value: 440, ms: 60 });
    hub.send({ type: 'EFFECT', effect: 'identify', value: 0, ms: 200 });
    hub.send({ type: 'END', result: 'win', winner: 'left', scores: [5, 2], stats: null });
    hub.send({ type: 'ACK', seq: 4_000_000_000_000 });
    hub.send({ type: 'ERROR', code: 'input-stale', text: 'For a test.', detail: null });
    await stillAlive(talk);
  },
};

const DUMB = 'It does not answer PING, so nobody can tell whether it survives this.';

function provoke({ step, message, line }: Provocation): Step {
  return {
    name: step,
    whyNot: (talk) => {
      if (message === null && talk.wire.line === null) return 'Only on a serial line.';
      if (message !== null && talk.wire.raw === null) return 'This link carries whole messages only.';
      return answersPing(talk) ? null : DUMB;
    },
    run: async (talk) => {
      const { hub } = talk;
      if (message !== null) hub.provoke(hub.json ? Buffer.from(message.json) : message.cbor);
      for (const bytes of line) hub.provoke(bytes, true);
      await stillAlive(talk);
    },
  };
}

/** Waits for the answer to a PING that is sent after now, and then a little. */
async function stillAlive({ hub, log }: Talk): Promise<void> {
  const tokens = new Set<number>();
  await log.next((entry) => {
    if (entry.kind === 'down' && entry.message.type === 'PING') tokens.add(entry.message.token);
    return entry.kind === 'up' && entry.message?.type === 'PONG' && tokens.has(entry.message.token);
  }, 2 * ALIVE_MS);
  hub.ping();
  await log.wait(300);
}

const helloRequired: Step = {
  name: 'hello-required',
  run: async ({ hub, log, say }) => {
    say('The hub says that it was restarted.');
    hub.refuse('hello-required', 'Say HELLO.');
    await log.next(isUpOf('HELLO'), 1500);
    await log.wait(500);
  },
};

const seatMissing: Step = {
  name: 'seat-missing',
  whyNot: ({ wire }) => (wire.kind === 'mqtt' ? 'A rule of boards on a serial port.' : null),
  run: async ({ hub, log }) => {
    hub.refuse('seat-missing', 'You have no seat.');
    await log.next(isUpOf('JOIN'), 1500);
    await log.wait(300);
  },
};

const silence: Step = {
  name: 'silence',
  parts: ['search'],
  whyNot: ({ wire }) =>
    wire.kind === 'mqtt'
      ? 'Over MQTT the end of the connection tells that the hub is gone; see the reconnection.'
      : null,
  run: async ({ hub, log, say }) => {
    say('The hub falls silent for a while: 12 seconds.');
    hub.pings = false;
    hub.answersHello = false;
    if ((await log.next(isUpOf('HELLO'), 4500)) !== null) {
      log.begin('search');
      await log.wait(8500);
    }
    log.begin('found');
    hub.pings = true;
    hub.answersHello = true;
    const found = log.in('search').length === 0 || (await log.next(isUpOf('HELLO'), 5000)) !== null;
    if (!found) hub.welcome();
    await log.wait(500);
  },
};

const reopen: Step = {
  name: 'reopen',
  whyNot: ({ wire }) => (wire.reopen === null ? 'This link cannot be cut.' : null),
  run: async ({ hub, log, say, wire }) => {
    say('The connection is cut; the device has to come back.');
    const back = log.next(isUpOf('HELLO'), COMES_BACK_MS);
    await wire.reopen?.();
    await log.next(isUpOf('HELLO'), ALIVE_MS);
    if (wire.kind === 'serial' && log.in('reopen').filter(isUpOf('HELLO')).length === 0)
      hub.refuse('hello-required', 'Who is there?');
    if ((await back) !== null) await log.wait(1000);
  },
};

const records: Step = {
  name: 'records',
  whyNot: ({ log }) => (log.entries.some(isUpOf('RECORD')) ? null : 'It sent no RECORD.'),
  run: ({ log }) => log.wait(6000),
};

function ifItAnswers(step: Step): Step {
  return { ...step, whyNot: (talk) => step.whyNot?.(talk) ?? (answersPing(talk) ? null : DUMB) };
}

const STEPS: readonly Step[] = [
  greet,
  ...handSteps.unseated,
  ping,
  ...handSteps.seated,
  report,
  everyMessage,
  ...PROVOCATIONS.map((provocation) => provoke(provocation)),
  ...handSteps.withdrawn,
  seatMissing,
  helloRequired,
  ...rateSteps(FIRST_BAUD).map(ifItAnswers),
  silence,
  reopen,
  records,
];
