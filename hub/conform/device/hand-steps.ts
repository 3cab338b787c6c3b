/** The steps for which somebody has to press buttons. Without hands they only look whether anything is said unasked. */
import { isUpOf, type Step, type Talk } from './step.ts';
import type { DeviceEntry } from './wire.ts';
import type { Logged } from '../transcript.ts';

const PRESS_MS = 15_000;
const PRESSES = 5;
/** What may come by itself is waited for so long. */
const UNASKED_MS = 1000;

function ask({ hands, log }: Talk, sentence: string): boolean {
  if (hands === null) return false;
  log.add({ kind: 'asked', sentence });
  hands(sentence);
  return true;
}

const heldOf = (entry: Logged<DeviceEntry>): number | null => {
  if (entry.kind !== 'up') return null;
  if (entry.short !== null) return entry.short.buttons;
  return entry.message?.type === 'INPUT' ? entry.message.buttons : null;
};

const isSeveral = (held: number): boolean => (held & (held - 1)) !== 0;

const unseated: Step = {
  name: 'unseated',
  run: async (talk) => {
    const { log } = talk;
    log.begin('refused');
    await log.wait(3000);
    log.begin('unseated');
    if (ask(talk, 'Press and release any button now. (The device has no seat yet.)'))
      await log.next(isUpOf('JOIN', 'INPUT', 'COMMAND'), PRESS_MS);
    await log.wait(UNASKED_MS);
  },
};

const seat: Step = {
  name: 'seat',
  run: async ({ hub, log }) => {
    hub.seats = 'give';
    hub.giveSeat();
    await log.wait(600);
  },
};

const presses: Step = {
  name: 'presses',
  run: async (talk) => {
    const { log } = talk;
    if (!ask(talk, `Now it has a seat. Press and release one button ${PRESSES} times.`)) {
      await log.wait(UNASKED_MS);
      return;
    }
    let inputs = 0;
    const enough = (entry: Logged<DeviceEntry>): boolean =>
      isUpOf('INPUT', 'COMMAND')(entry) && ++inputs >= 2 * PRESSES;
    await log.next(enough, PRESS_MS);
    await log.wait(200);
  },
};

const chord: Step = {
  name: 'chord',
  whyNot: ({ log, hands }) => {
    if (hands === null) return 'Nobody was there to press two buttons.';
    return log.entries.some((entry) => heldOf(entry) !== null) ? null : 'It sent no INPUT.';
  },
  run: async (talk) => {
    ask(talk, 'Hold one button, press a second one too, then let go of both. (Only one button? Wait a little.)');
    await talk.log.next((entry) => isSeveral(heldOf(entry) ?? 0), PRESS_MS);
    await talk.log.next((entry) => heldOf(entry) === 0, 3000);
  },
};

const withdrawn: Step = {
  name: 'withdrawn',
  run: async (talk) => {
    const { hub, log } = talk;
    hub.seats = 'ignore';
    hub.takeSeat();
    await log.wait(200);
    log.begin('without-seat');
    if (ask(talk, 'Its seat was taken away. Press and release any button.'))
      await log.next(isUpOf('JOIN', 'INPUT', 'COMMAND'), PRESS_MS / 2);
    await log.wait(UNASKED_MS);
    log.begin('seat-again');
    hub.seats = 'give';
    hub.giveSeat();
    await log.wait(500);
  },
};

export const handSteps = { unseated: [unseated, seat], seated: [presses, chord], withdrawn: [withdrawn] } as const;
