/**
 * BBC micro:bit V1 and V2. Sources: the edge connector page of the micro:bit developer documentation (P5 and P11 are
 * buttons A and B with pull-ups on the board; P3, P4, P6, P7, P9, P10 belong to the 25 LEDs; P12 is reserved; P19 and P20
 * are the I²C of the motion sensor) and the DAPLink interface’s USB id.
 */
import { withRoles, type Ability, type Board, type Pin } from './board.ts';

const ANALOG = new Set([0, 1, 2, 3, 4, 10]);
const LEDS = new Set([3, 4, 6, 7, 9, 10]);
const NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 19, 20];

function pin(number: number): Pin {
  if (number >= 19) return { name: `P${number}`, can: ['i2c'], limit: 'the motion sensor is on it' };
  const more: Ability[] = number >= 13 && number <= 15 ? ['pwm', 'spi'] : ['pwm'];
  return {
    name: `P${number}`,
    can: ANALOG.has(number) ? ['digital', 'analog', ...more] : ['digital', ...more],
    ...(LEDS.has(number) && { limit: 'belongs to the 25 LEDs' }),
    ...(number === 12 && { limit: 'reserved: leave it free' }),
  };
}

export const microbit: Board = {
  id: 'microbit',
  name: 'BBC micro:bit',
  chip: 'nRF51822 (V1), nRF52833 (V2)',
  logicVolts: 3.3,
  supply: 'USB 5 V, or a box with two batteries',
  power: { logic: '3V', fiveVolts: null, ground: 'GND' },
  milliamps: { steady: 4, most: 5 },
  pins: withRoles(
    NUMBERS.map(pin),
    { P0: 'speaker', P1: 'knob', P5: 'up', P11: 'down' },
    { P5: 'button A, with its pull-up on the board', P11: 'button B, with its pull-up on the board' },
  ),
  usb: [{ vid: 0x0d28, pid: 0x0204 }],
  drives: [
    {
      means: 'text',
      roles: ['up', 'down', 'serial'],
      tested: { where: 'QEMU', test: 'test/integration/microbit/microbit-paddle.test.ts' },
      note: 'a V1; QEMU has no motion sensor and does not light the LEDs',
    },
  ],
  onBoard: {
    up: 'button A',
    down: 'button B',
    light: 'the 25 LEDs (score and face)',
    knob: 'tilting it, by its motion sensor',
  },
  remarks: [
    'Buttons of your own beside A and B go to P5 and P11: they are the same lines, so no program changes.',
    'P0, P1 and P2 have the large holes for crocodile clips. P5 and P11 need an edge connector.',
  ],
};
