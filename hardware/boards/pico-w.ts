/**
 * Raspberry Pi Pico W. Sources: Raspberry Pi’s Pico W datasheet (pinout; the light is on the WiFi chip) and the RP2040
 * datasheet (GPIO functions, drive strength up to 12 mA); USB id of MicroPython from its `ports/rp2` build.
 */
import { withRoles, type Ability, type Board, type Pin } from './board.ts';

/** GP23, GP24, GP25 and GP29 are inside the board; GP26 to GP28 are the inputs of the converter. */
const NUMBERS = [...Array.from({ length: 23 }, (_, number) => number), 26, 27, 28];

/** All pins reach PWM, SPI, UART and I²C through the chip's function select. */
const pins = NUMBERS.map((number): Pin => {
  const analog: Ability[] = number >= 26 ? ['analog'] : [];
  return { name: `GP${number}`, chip: `GPIO${number}`, can: ['digital', ...analog, 'pwm', 'i2c', 'spi', 'uart'] };
});

export const picoW: Board = {
  id: 'pico-w',
  name: 'Raspberry Pi Pico W',
  chip: 'RP2040 and CYW43439 (WiFi)',
  logicVolts: 3.3,
  supply: 'USB 5 V, or 1.8 to 5.5 V at VSYS',
  power: { logic: '3V3(OUT)', fiveVolts: 'VBUS', ground: 'GND' },
  milliamps: { steady: 4, most: 12 },
  pins: withRoles(pins, {
    GP14: 'up',
    GP15: 'down',
    GP16: 'speaker',
    GP17: 'light',
    GP22: 'pixels',
    GP26: 'knob',
  }),
  usb: [{ vid: 0x2e8a, pid: 0x0005 }],
  drives: [
    {
      means: 'micropython',
      roles: ['up', 'down', 'speaker', 'light', 'knob', 'pixels'],
      tested: { where: 'MicroPython interpreter', test: 'test/integration/micropython/wifi-paddle.test.ts' },
      note: 'on a computer, with stand-ins for pins, WiFi and sockets',
    },
  ],
  onBoard: {},
  remarks: [
    'No pin bears 5 V. The knob goes to 3V3(OUT), never to VBUS.',
    'The small light on the board hangs on the WiFi chip (in MicroPython `Pin("LED")`).',
  ],
};
