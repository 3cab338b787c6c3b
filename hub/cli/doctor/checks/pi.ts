/** A Raspberry Pi's power, and anybody's temperature. */
import { fail, ok, skipped, warn, type Check, type Finding } from '../check.ts';
import { namesIn, numberIn, piModel, type Machine } from '../machine.ts';

/** Bits of get_throttled, as Raspberry Pi's documentation of `vcgencmd` gives them; those of the past are 16 higher. */
const UNDER_VOLTAGE = 0x1;
const SLOWED = 0x2 | 0x4 | 0x8;
const SINCE_START = 16;

/**
 * `vcgencmd` prints `throttled=0x50005`; the kernel's own file has the same number as bare hexadecimal digits. The file
 * comes second because newer kernels call it deprecated in their log when it is read.
 */
function throttled(machine: Machine): number | null {
  const said = /throttled=0x([0-9a-f]+)/i.exec(machine.run('vcgencmd', 'get_throttled') ?? '')?.[1];
  const file = machine.readFile('/sys/devices/platform/soc/soc:firmware/get_throttled')?.trim() ?? '';
  const digits = said ?? (/^[0-9a-f]+$/i.test(file) ? file : null);
  return digits === null ? null : parseInt(digits, 16);
}

const SUPPLY =
  'Use the supply that Raspberry Pi sells for this model, and put boards on a USB hub with its own supply.';
const COOLER = 'Give it air or a heat sink, and take it out of the sun.';

export const power: Check = {
  name: 'power',
  looksAt:
    'under-voltage and throttling of a Raspberry Pi (`vcgencmd get_throttled`, or the file of the firmware driver)',
  why: 'a Pi that is short of power loses USB boards and spoils its card',
  run(machine) {
    const model = piModel(machine);
    if (model === null) return skipped('This is no Raspberry Pi.');
    const bits = throttled(machine);
    if (bits === null) return skipped('The firmware does not tell about its power.');
    return judgePower(bits) ?? ok(`The ${model} has had all the power it needs since it started.`);
  },
};

function judgePower(bits: number): Finding | null {
  const past = bits >>> SINCE_START;
  if (bits & UNDER_VOLTAGE) return fail('The Pi gets too little voltage right now.', SUPPLY);
  if (bits & SLOWED) return fail('The Pi has slowed itself down right now, because of heat or power.', COOLER);
  if (past & UNDER_VOLTAGE) return warn('The Pi got too little voltage at some time since it started.', SUPPLY);
  if (past & SLOWED) return warn('The Pi had to slow itself down at some time since it started.', COOLER);
  return null;
}

/** A Pi slows down from 80 °C on (its documentation, “Thermal control”); other computers bear more. */
const HOT = { pi: 80, other: 95 };
/** What no chip in use measures is no temperature. */
const BELIEVABLE = { least: -40, most: 150 };

export const temperature: Check = {
  name: 'temperature',
  looksAt: 'the temperature of the processor (`/sys/class/thermal/thermal_zone*/temp`, in 1/1000 °C)',
  why: 'a hot computer slows down, and the game with it',
  run(machine) {
    const folder = '/sys/class/thermal';
    const all = namesIn(machine, folder, /^thermal_zone\d+$/)
      .map((name) => numberIn(machine, `${folder}/${name}/temp`))
      .filter((milli) => milli !== null)
      .map((milli) => milli / 1000)
      .filter((degrees) => degrees > BELIEVABLE.least && degrees < BELIEVABLE.most);
    if (all.length === 0) return skipped('This computer does not tell its temperature.');
    const hottest = Math.round(Math.max(...all));
    const limit = piModel(machine) === null ? HOT.other : HOT.pi;
    if (hottest >= limit) return warn(`The processor is at ${hottest} °C and slows down.`, COOLER);
    return ok(`The processor is at ${hottest} °C.`);
  },
};
