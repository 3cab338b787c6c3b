/**
 * Arduino Leonardo and its small sister, the SparkFun Pro Micro: the chip speaks USB itself. Sources: Arduino’s pinout
 * A000057 and the variant `leonardo` of ArduinoCore-avr; SparkFun’s hookup guide DEV-12640 and its `boards.txt`;
 * ATmega16U4/32U4 datasheet.
 */
import { AVR_MILLIAMPS } from './atmega328p.ts';
import { withRoles, type Ability, type Board, type Pin, type Role } from './board.ts';

const PWM = new Set([3, 5, 6, 9, 10, 11, 13]);
/** Digital pins that are inputs of the converter too, by the name that has then. */
const ALSO_ANALOG = new Map([
  [4, 'A6'],
  [6, 'A7'],
  [8, 'A8'],
  [9, 'A9'],
  [10, 'A10'],
  [12, 'A11'],
]);

function digital(number: number): Pin {
  const more: Ability[] = [];
  if (PWM.has(number)) more.push('pwm');
  if (ALSO_ANALOG.has(number)) more.push('analog');
  if (number <= 1) more.push('uart');
  if (number === 2 || number === 3) more.push('i2c');
  if (number >= 14) more.push('spi');
  return { name: `D${number}`, printed: String(number), can: ['digital', ...more] };
}

const analog = (count: number): Pin[] =>
  Array.from({ length: count }, (_, number) => ({ name: `A${number}`, can: ['digital', 'analog'] }));
const numbers = (...list: number[]): Pin[] => list.map(digital);

const BUTTONS_AND_KNOB: Readonly<Record<string, Role>> = { D2: 'up', D3: 'down', A0: 'knob' };
const I2C_LIMIT = 'also SDA or SCL: no I²C part beside buttons';

export const leonardo: Board = {
  id: 'leonardo',
  name: 'Arduino Leonardo',
  chip: 'ATmega32U4, 16 MHz',
  logicVolts: 5,
  supply: 'USB 5 V, or 7 to 12 V at the round socket',
  power: { logic: '5V', fiveVolts: '5V', ground: 'GND' },
  milliamps: AVR_MILLIAMPS,
  pins: withRoles(
    [...numbers(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13), ...analog(6)],
    { ...BUTTONS_AND_KNOB, D11: 'speaker', D13: 'light' },
    { D2: I2C_LIMIT, D3: I2C_LIMIT, D13: 'the board’s own light is on it' },
  ),
  usb: [
    { vid: 0x2341, pid: 0x8036 },
    { vid: 0x2341, pid: 0x0036 },
    { vid: 0x2a03, pid: 0x8036 },
    { vid: 0x2a03, pid: 0x0036 },
  ],
  drives: [{ means: 'firmata', roles: ['up', 'down', 'speaker', 'light', 'serial'], tested: null }],
  onBoard: { light: 'the light “L” on D13' },
  remarks: [
    'Its serial line is the USB socket itself: D0 and D1 are free.',
    'Opening its port does not reset it. The Arduino Micro is the same chip (USB 2341:8037).',
  ],
};

/** SparkFun DEV-12640, 5 V and 16 MHz. The 3.3 V kind runs at 8 MHz and has other USB ids. */
export const proMicro: Board = {
  id: 'pro-micro',
  name: 'Pro Micro (5\u00a0V)',
  chip: 'ATmega32U4, 16 MHz',
  logicVolts: 5,
  supply: 'USB 5 V',
  power: { logic: 'VCC', fiveVolts: 'VCC', ground: 'GND' },
  milliamps: AVR_MILLIAMPS,
  pins: withRoles([...numbers(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 15, 16), ...analog(4)], BUTTONS_AND_KNOB, {
    D2: I2C_LIMIT,
    D3: I2C_LIMIT,
  }),
  usb: [
    { vid: 0x1b4f, pid: 0x9206 },
    { vid: 0x1b4f, pid: 0x9205 },
  ],
  drives: [{ means: 'firmata', roles: ['up', 'down', 'serial'], tested: null }],
  onBoard: {},
  remarks: [
    'It has no pins 11 and 13, so our Firmata paddle has neither loudspeaker nor light on it: buttons only.',
    'D0 and D1 are printed RXI and TXO. Many copies carry the USB ids of a Leonardo.',
  ],
};
