/** Arduino Uno Rev3. Sources: Arduino’s datasheet and pinout A000066; USB ids from `boards.txt` of ArduinoCore-avr. */
import { ATMEGA328P_PINS, AVR_MILLIAMPS, PADDLE_LIMITS, PADDLE_ROLES } from './atmega328p.ts';
import { CH340, withRoles, type Board, type Pin } from './board.ts';

/** The Uno prints digital pins as bare numbers, with a wave before those that have PWM. */
const printed = (pin: Pin): Pin =>
  pin.name.startsWith('D') ? { ...pin, printed: `${pin.can.includes('pwm') ? '~' : ''}${pin.name.slice(1)}` } : pin;

export const uno: Board = {
  id: 'uno',
  name: 'Arduino Uno',
  chip: 'ATmega328P, 16 MHz',
  logicVolts: 5,
  supply: 'USB 5 V, or 7 to 12 V at the round socket',
  power: { logic: '5V', fiveVolts: '5V', ground: 'GND' },
  milliamps: AVR_MILLIAMPS,
  pins: withRoles(ATMEGA328P_PINS, PADDLE_ROLES, PADDLE_LIMITS).map(printed),
  usb: [
    { vid: 0x2341, pid: 0x0043 },
    { vid: 0x2341, pid: 0x0001 },
    { vid: 0x2a03, pid: 0x0043 },
    { vid: 0x2341, pid: 0x0243 },
    CH340,
  ],
  drives: [
    {
      means: 'firmware',
      roles: ['up', 'down', 'speaker', 'light', 'knob', 'bar', 'serial'],
      tested: { where: 'emulator', test: 'test/firmware/board.test.ts' },
    },
    {
      means: 'firmata',
      roles: ['up', 'down', 'speaker', 'light', 'serial'],
      tested: { where: 'emulator', test: 'test/integration/johnny-five' },
    },
  ],
  onBoard: { light: 'the light “L” on D13' },
  remarks: [
    'Digital pins are printed as bare numbers, with a wave (~) before those that have PWM.',
    'Buttons need no resistors: the chip’s own pull-ups are on.',
    'Copies with a CH340 show up as that converter; they work the same.',
  ],
};
