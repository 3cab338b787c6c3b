/** Node, clock and disk. */
import { fail, ok, skipped, warn, type Check, type Finding } from '../check.ts';
import { hasSystemd, type Machine } from '../machine.ts';

/** As `engines` of package.json has it; a test holds the two equal. */
export const NODE_NEEDED = [20, 19] as const;
const MIB = 2 ** 20;
/** Under the first no lesson is safe, under the second a term is not. */
const FREE_BYTES = { fail: 50 * MIB, warn: 500 * MIB };
/** A point is on disk within 50 ms where the disk keeps up (`store.commitMs`). */
const SLOW_WRITE_MS = 50;
const STUCK_WRITE_MS = 1000;
/** Nobody who has this program lives outside of these years. */
const YEARS = { first: 2026, last: 2100 };

export const node: Check = {
  name: 'node',
  looksAt: 'the version of Node',
  why: 'an older one lacks what the hub uses',
  run({ nodeVersion }) {
    const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
    const [neededMajor, neededMinor] = NODE_NEEDED;
    const enough = major > neededMajor || (major === neededMajor && minor >= neededMinor);
    if (enough) return ok(`Node is ${nodeVersion}.`);
    return fail(`Node is ${nodeVersion}.`, `Install Node ${neededMajor}.${neededMinor} or newer.`);
  },
};

/** systemd-timesyncd.service(8): the file is touched when the clock was set; timedatectl(1) asks whoever keeps time. */
function isSynchronised(machine: Machine): boolean | null {
  if (machine.readFile('/run/systemd/timesync/synchronized') !== null) return true;
  const said = hasSystemd(machine) ? machine.run('timedatectl', 'show', '--property=NTPSynchronized', '--value') : null;
  const word = said?.trim();
  return word === 'yes' || word === 'no' ? word === 'yes' : null;
}

export const clock: Check = {
  name: 'clock',
  looksAt: 'the date, and whether a time server has set it (`timedatectl`)',
  why: 'a Pi without network starts in the past, and scores then carry a wrong date',
  run(machine) {
    const date = new Date(machine.now());
    const day = date.toISOString().slice(0, 10);
    const set = 'Connect it to a network with a time server for a minute, or: sudo date --set "2026-01-31 08:00".';
    const year = date.getUTCFullYear();
    if (year < YEARS.first || year > YEARS.last) return fail(`The clock says ${day}, which cannot be.`, set);
    const synchronised = isSynchronised(machine);
    if (synchronised === false) return warn(`The clock says ${day}, but no time server has set it.`, set);
    return ok(
      synchronised
        ? `The clock is set by a time server: ${day}.`
        : `The clock says ${day}; who set it was not looked at.`,
    );
  },
};

export const diskSpace: Check = {
  name: 'disk-space',
  looksAt: 'free space on the disk of the data folder',
  why: 'on a full disk points stay in memory until there is room',
  run(machine, { dataFolder }) {
    const space = machine.space(dataFolder);
    if (space === null) return skipped('This system does not tell how much space is free.');
    const free = `${Math.floor(space.freeBytes / MIB)} MB are free on the disk of ${dataFolder}`;
    const remedy = 'Delete what is not needed, or give a folder on another disk with --data.';
    if (space.freeBytes < FREE_BYTES.fail) return fail(`Only ${free}.`, remedy);
    if (space.freeBytes < FREE_BYTES.warn) return warn(`Only ${free}.`, remedy);
    return ok(`${free}.`);
  },
};

export const diskSpeed: Check = {
  name: 'disk-speed',
  looksAt:
    'how long 20 small writes in the data folder take until they are on the disk (fsync), and that it can be written',
  why: 'a result is final only when it is on disk: a worn card makes everybody wait',
  run(machine, { dataFolder }) {
    const times = machine.writeTimesMs(dataFolder);
    if (times === null || times.length === 0)
      return fail(`${dataFolder} cannot be written.`, 'Give another folder with --data, or change its owner.');
    return judgeTimes(times.toSorted((a, b) => a - b));
  },
};

function judgeTimes(sorted: readonly number[]): Finding {
  const median = sorted[Math.floor(sorted.length / 2)] as number;
  const worst = sorted.at(-1) as number;
  const text = `A write takes ${readable(median)} to reach the disk, the slowest of ${sorted.length} took ${readable(worst)}.`;
  if (worst < STUCK_WRITE_MS && median < SLOW_WRITE_MS) return ok(text);
  return warn(text, 'Use another card (class A1 or better) or a USB disk; --data puts the scores there.');
}

const readable = (ms: number): string => (ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`);
