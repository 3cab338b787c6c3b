/** What a board is, as data: pictures, the pin map of the firmware, pages and the doctor all come from it. */

/** What a pin can do. `pwm` is a square wave made by hardware, which is also what a tone is. */
export type Ability = 'digital' | 'analog' | 'pwm' | 'i2c' | 'spi' | 'uart';

/** What a pin is to a paddle. `bar` is the five LEDs of a score, `pixels` a bar of NeoPixels, `serial` the line to the hub. */
export type Role = 'up' | 'down' | 'speaker' | 'light' | 'knob' | 'bar' | 'pixels' | 'serial';

export interface Pin {
  /** As people call it: D2, GP14, IO18, P0. */
  readonly name: string;
  /** As it is printed on the board, where that is something else. */
  readonly printed?: string;
  /** The chip's own name of it, e.g. PD2. */
  readonly chip?: string;
  readonly can: readonly Ability[];
  readonly role?: Role;
  /** What to beware of. */
  readonly limit?: string;
}

/** By which software a board plays. */
export type Means = 'firmware' | 'firmata' | 'micropython' | 'text';

/** Where something was tried, and the test that does so; null: nowhere yet. */
export type Tested = { readonly where: 'emulator' | 'QEMU' | 'MicroPython interpreter'; readonly test: string } | null;

export interface Drive {
  readonly means: Means;
  /** What the software on this board uses. */
  readonly roles: readonly Role[];
  readonly tested: Tested;
  readonly note?: string;
}

/** How a board shows on USB. */
export interface UsbId {
  readonly vid: number;
  readonly pid: number;
  /** A converter that many kinds of board have: it tells that there is a board, not which. */
  readonly converter?: string;
}

export interface Board {
  /** For file names: small letters, digits and dashes. */
  readonly id: string;
  readonly name: string;
  readonly chip: string;
  readonly logicVolts: 3.3 | 5;
  /** How it gets its power, in words. */
  readonly supply: string;
  /** The pins that give power to parts, as printed, and the pin for ground. */
  readonly power: { readonly logic: string; readonly fiveVolts: string | null; readonly ground: string };
  /** What a pin may give: for a light that is on for hours, and for the short pulls of a loudspeaker. */
  readonly milliamps: { readonly steady: number; readonly most: number };
  readonly pins: readonly Pin[];
  readonly usb: readonly UsbId[];
  readonly drives: readonly Drive[];
  /** What is on the board already, by role: no part needs to be wired for it. */
  readonly onBoard: Readonly<Partial<Record<Role, string>>>;
  /** Said under the pin table. */
  readonly remarks: readonly string[];
}

export const FTDI: UsbId = { vid: 0x0403, pid: 0x6001, converter: 'FTDI FT232R' };
export const CH340: UsbId = { vid: 0x1a86, pid: 0x7523, converter: 'CH340' };
export const CP210X: UsbId = { vid: 0x10c4, pid: 0xea60, converter: 'CP210x' };

/** The pins that have a role, in the order of the board. */
export const pinsFor = (board: Board, role: Role): Pin[] => board.pins.filter((pin) => pin.role === role);

/** @throws Error if the board has not exactly one such pin */
export function pinFor(board: Board, role: Role): Pin {
  const [pin, second] = pinsFor(board, role);
  if (pin === undefined || second !== undefined) throw new Error(`${board.id} has not one pin for ${role}`);
  return pin;
}

/** Whether some software of ours uses this role on this board. */
export const drives = (board: Board, role: Role): boolean => board.drives.some(({ roles }) => roles.includes(role));

/** Pins as data, with their roles and limits put in by name. @throws Error for a name that no pin has */
export function withRoles(
  pins: readonly Pin[],
  roles: Readonly<Record<string, Role>>,
  limits: Readonly<Record<string, string>> = {},
): Pin[] {
  for (const name of [...Object.keys(roles), ...Object.keys(limits)]) {
    if (!pins.some((pin) => pin.name === name)) throw new Error(`There is no pin ${name}`);
  }
  return pins.map((pin) => {
    const role = roles[pin.name];
    const limit = limits[pin.name];
    return { ...pin, ...(role !== undefined && { role }), ...(limit !== undefined && { limit }) };
  });
}

const MEANS: Readonly<Record<Means, string>> = {
  firmware: 'our firmware',
  firmata: 'StandardFirmata',
  micropython: 'MicroPython over WiFi',
  text: 'lines of text over USB',
};

export const nameOfMeans = (means: Means): string => MEANS[means];
