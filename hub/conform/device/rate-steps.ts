/** The steps in which a serial line changes its rate (docs/serial.md). */
import type { Step, Talk } from './step.ts';

/** What the hub waits between the last bit of BAUD and its own change. */
const SWITCH_MS = 20;
/** A board that hears nothing at a new rate is back after 500 ms. */
const ALONE_MS = 750;
/** In which a PING or two are answered. */
const SETTLE_MS = 600;
/** In which a board that ignored BAUD has surely answered, and one that obeyed cannot have: it is away for 500 ms. */
const IGNORED_MS = 350;

const maxBaud = ({ hub }: Talk): number => hub.hello?.maxBaud ?? 0;

const onLine = ({ wire }: Talk): string | null => (wire.setBaud === null ? 'Only on a serial line.' : null);

/** @param first the rate at which every line begins */
export function rateSteps(first: number): Step[] {
  const offered = (talk: Talk): string | null =>
    onLine(talk) ?? (maxBaud(talk) > first ? null : 'It offers no faster rate: HELLO.maxBaud is 0.');

  const refused: Step = {
    name: 'baud-refused',
    whyNot: onLine,
    run: async (talk) => {
      await quietly(talk, async () => {
        talk.hub.send({ type: 'BAUD', baud: 9600 });
        await talk.log.wait(SWITCH_MS);
        talk.hub.ping();
        await talk.log.wait(IGNORED_MS);
        talk.log.begin('baud-refused-after');
        await talk.log.wait(ALONE_MS);
      });
    },
  };

  const faster: Step = {
    name: 'baud-faster',
    parts: ['baud-slower'],
    whyNot: offered,
    run: async (talk) => {
      talk.say(`The line goes to ${maxBaud(talk)} baud and back.`);
      await quietly(talk, async () => {
        await move(talk, maxBaud(talk));
        talk.log.begin('baud-slower');
        await move(talk, first);
        talk.log.begin('baud-slower-after');
        await talk.log.wait(ALONE_MS);
      });
    },
  };

  const alone: Step = {
    name: 'baud-alone',
    whyNot: offered,
    run: async (talk) => {
      await quietly(talk, async () => {
        talk.hub.send({ type: 'BAUD', baud: maxBaud(talk) });
        await talk.log.wait(ALONE_MS);
        for (let times = 0; times < 3; times++) {
          talk.hub.ping();
          await talk.log.wait(200);
        }
      });
    },
  };
  return [refused, faster, alone];
}

/** Without the PINGs that come by themselves. */
async function quietly({ hub, log }: Talk, run: () => Promise<void>): Promise<void> {
  hub.pings = false;
  await run();
  hub.pings = true;
  await log.wait(SETTLE_MS);
}

/** Both ends go; then it is asked whether they hear each other. */
async function move({ hub, log, wire }: Talk, baud: number): Promise<void> {
  hub.send({ type: 'BAUD', baud });
  await log.wait(SWITCH_MS);
  await wire.setBaud?.(baud);
  for (let times = 0; times < 3; times++) {
    hub.ping();
    await log.wait(100);
  }
}
