/**
 * Arduino Mega 2560 Rev3. Sources: Arduino’s pinout A000067 and the variant `mega` of ArduinoCore-avr; ATmega2560
 * datasheet; USB ids from `boards.txt`.
 */
import { AVR_MILLIAMPS } from './atmega328p.ts';
import { CH340, withRoles, type Ability, type Board, type Pin } from './board.ts';

const between = (number: number, low: number, high: number): boolean => number >= low && number <= high;

function abilities(number: number): Ability[] {
  const more: Ability[] = [];
  if (between(number, 2, 13) || between(number, 44, 46)) more.push('pwm');
  if (between(number, 0, 1) || between(number, 14, 19)) more.push('uart');
  if (between(number, 20, 21)) more.push('i2c');
  if (between(number, 50, 53)) more.push('spi');
  return ['digital', ...more];
}

const digital = Array.from({ length: 54 }, (_, number): Pin => ({
  name: `D${number}`,
  printed: String(number),
  can: abilities(number),
}));
const analog = Array.from({ length: 16 }, (_, number): Pin => ({ name: `A${number}`, can: ['digital', 'analog'] }));

export const mega: Board = {
  id: 'mega',
  name: 'Arduino Mega 2560',
  chip: 'ATmega2560, 16 MHz',
  logicVolts: 5,
  supply: 'USB 5 V, or 7 to 12 V at the round socket',
  power: { logic: '5V', fiveVolts: '5V', ground: 'GND' },
  milliamps: AVR_MILLIAMPS,
  pins: withRoles(
    [...digital, ...analog],
    { D0: 'serial', D1: 'serial', D2: 'up', D3: 'down', D11: 'speaker', D13: 'light', A0: 'knob' },
    {
      D0: 'serial line to the hub: leave it free',
      D1: 'serial line to the hub: leave it free',
      D13: 'the board’s own light is on it',
    },
  ),
  usb: [
    { vid: 0x2341, pid: 0x0010 },
    { vid: 0x2341, pid: 0x0042 },
    { vid: 0x2a03, pid: 0x0010 },
    { vid: 0x2a03, pid: 0x0042 },
    { vid: 0x2341, pid: 0x0210 },
    { vid: 0x2341, pid: 0x0242 },
    CH340,
  ],
  drives: [{ means: 'firmata', roles: ['up', 'down', 'speaker', 'light', 'serial'], tested: null }],
  onBoard: { light: 'the light “L” on D13' },
  remarks: ['It plays with StandardFirmata, which the Arduino IDE has under File, Examples, Firmata.'],
};
