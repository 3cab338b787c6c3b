/** What is wired to what, and with which values: computed from a board's data, drawn by drawings.ts, counted by bom.ts. */
import { drives, pinFor, pinsFor, type Board, type Role } from '../boards/board.ts';

export type Wired = 'buttons' | 'knob' | 'led' | 'bar' | 'piezo' | 'pixels';

/** A thing that hangs between a pin and ground. */
export type Element =
  | { readonly kind: 'button'; readonly label: string }
  | { readonly kind: 'resistor'; readonly ohms: number }
  | { readonly kind: 'led'; readonly label: string }
  | { readonly kind: 'piezo'; readonly label: string };

/** From a pin down to ground. */
export interface Drop {
  readonly pin: string;
  readonly elements: readonly Element[];
}

export type Circuit =
  | { readonly shape: 'drops'; readonly drops: readonly Drop[] }
  | { readonly shape: 'knob'; readonly pin: string; readonly supply: string; readonly kiloohms: number }
  | {
      readonly shape: 'pixels';
      readonly pin: string;
      readonly supply: string;
      readonly count: number;
      readonly ohms: number;
      readonly microfarads: number;
      /** The board's level is too low for pixels at 5 V: a diode lowers their supply. */
      readonly diode: boolean;
    };

/** What a drawing is about; `role` is the pin's that it needs. */
export const WIRED: Readonly<Record<Wired, { readonly role: Role; readonly title: string }>> = {
  buttons: { role: 'up', title: 'two buttons' },
  knob: { role: 'knob', title: 'a knob' },
  led: { role: 'light', title: 'an LED' },
  bar: { role: 'bar', title: 'a bar of five LEDs' },
  piezo: { role: 'speaker', title: 'a piezo' },
  pixels: { role: 'pixels', title: 'a bar of NeoPixels' },
};

/** Forward voltage of a red LED; other colours take more, and so get less current. */
const LED_VOLTS = 2;
/** What a classroom's box has. */
const STOCK_OHMS = [330, 680, 1000, 2200, 4700] as const;
const KNOB_KILOOHMS = 10;
const PIXELS = 8;
/** WS2812B datasheet: a high level is at least 0.7 of the supply; the supply is 3.5 to 5.3 V. */
const PIXEL_HIGH = 0.7;
export const DIODE_VOLTS = 0.7;
/** In series with the data line of pixels, and across their supply: against reflections and the pull of the first moment. */
const DATA_OHMS = 330;
const SUPPLY_MICROFARADS = 1000;

/** The smallest resistor of the box that is large enough, in Ω. @throws Error if none is */
export function stockResistor(atLeastOhms: number): number {
  const found = STOCK_OHMS.find((ohms) => ohms >= atLeastOhms);
  if (found === undefined) throw new Error(`No resistor of ${atLeastOhms} Ω or more`);
  return found;
}

/** Before an LED that may be on for hours, in Ω. */
export const ledOhms = ({ logicVolts, milliamps }: Board): number =>
  stockResistor(((logicVolts - LED_VOLTS) / milliamps.steady) * 1000);

/** Before a piezo or small loudspeaker: even a short circuit stays within what the pin may give. In Ω. */
export const speakerOhms = ({ logicVolts, milliamps }: Board): number =>
  stockResistor((logicVolts / milliamps.most) * 1000);

/** Whether the board's high level is one for pixels at 5 V. */
export const needsDiode = ({ logicVolts }: Board): boolean => logicVolts < PIXEL_HIGH * 5;

/** The circuit, or in words why there is none. */
export function circuitOf(board: Board, wired: Wired): Circuit | string {
  if (wired === 'bar' && !drives(board, 'bar')) return 'Only our own firmware shows the score on a bar of LEDs.';
  if (wired === 'pixels' && !drives(board, 'pixels')) return 'No software of ours drives NeoPixels on this board.';
  const { role } = WIRED[wired];
  if (pinsFor(board, role).length === 0) {
    const own = board.onBoard[role];
    return own === undefined ? 'No software of ours drives one on this board.' : `It has its own: ${own}.`;
  }
  switch (wired) {
    case 'buttons':
      return { shape: 'drops', drops: [button(board, 'up'), button(board, 'down')] };
    case 'knob': {
      const supply = board.power.logic;
      return { shape: 'knob', pin: pinFor(board, 'knob').name, supply, kiloohms: KNOB_KILOOHMS };
    }
    case 'led':
      return { shape: 'drops', drops: [led(board, pinFor(board, 'light').name, 'LED')] };
    case 'bar':
      return {
        shape: 'drops',
        drops: pinsFor(board, 'bar').map(({ name }, index) => led(board, name, `${index + 1}`)),
      };
    case 'piezo':
      return { shape: 'drops', drops: [piezo(board)] };
    case 'pixels':
      return pixels(board);
  }
}

const button = (board: Board, role: 'up' | 'down'): Drop => ({
  pin: pinFor(board, role).name,
  elements: [{ kind: 'button', label: role }],
});

const led = (board: Board, pin: string, label: string): Drop => ({
  pin,
  elements: [
    { kind: 'resistor', ohms: ledOhms(board) },
    { kind: 'led', label },
  ],
});

const piezo = (board: Board): Drop => ({
  pin: pinFor(board, 'speaker').name,
  elements: [
    { kind: 'resistor', ohms: speakerOhms(board) },
    { kind: 'piezo', label: 'piezo' },
  ],
});

function pixels(board: Board): Circuit | string {
  const supply = board.power.fiveVolts;
  if (supply === null) return 'The board has no 5 V for them.';
  return {
    shape: 'pixels',
    pin: pinFor(board, 'pixels').name,
    supply,
    count: PIXELS,
    ohms: DATA_OHMS,
    microfarads: SUPPLY_MICROFARADS,
    diode: needsDiode(board),
  };
}

/** The same in a sentence, for who cannot see the picture. */
export function describeCircuit(board: Board, circuit: Circuit): string {
  const { ground } = board.power;
  switch (circuit.shape) {
    case 'drops':
      return circuit.drops
        .map(({ pin, elements }) => `From pin ${pin} through ${elements.map(nameOf).join(' and ')} to ${ground}.`)
        .join(' ');
    case 'knob':
      return `A potentiometer of ${circuit.kiloohms} kΩ: one end to ${circuit.supply}, the middle to pin ${circuit.pin}, the other end to ${ground}.`;
    case 'pixels': {
      const supply = circuit.diode ? `${circuit.supply}, through a diode 1N4001` : circuit.supply;
      return `A bar of ${circuit.count} NeoPixels: DIN to pin ${circuit.pin} through ${circuit.ohms} Ω, 5V to ${supply}, GND to ${ground}, and a capacitor of ${circuit.microfarads} µF between 5V and GND of the bar.`;
    }
  }
}

function nameOf(element: Element): string {
  switch (element.kind) {
    case 'button':
      return `the button ${element.label}`;
    case 'resistor':
      return `a resistor of ${element.ohms} Ω`;
    case 'led':
      return element.label === 'LED' ? 'an LED (long leg to the resistor)' : `LED ${element.label}`;
    case 'piezo':
      return 'a piezo';
  }
}
