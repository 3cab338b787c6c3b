/**
 * ESP32-DevKitC V4 with an ESP32-WROOM-32. Sources: Espressif’s user guide of the ESP32-DevKitC V4 (headers J2 and J3;
 * pins 16 and 17 are the module’s own on a WROVER), ESP-IDF “GPIO & RTC GPIO” (strapping pins, input-only pins, flash
 * pins), ESP-IDF “ADC” (ADC2 is the WiFi driver’s while WiFi is on), Silicon Labs CP2102N datasheet for the USB id.
 */
import { CH340, CP210X, withRoles, type Ability, type Board, type Pin } from './board.ts';

const HEADERS = [34, 35, 32, 33, 25, 26, 27, 14, 12, 13, 23, 22, 21, 19, 18, 5, 17, 16, 4, 0, 2, 15];
const INPUT_ONLY = new Set([34, 35, 36, 39]);
const STRAPPING = new Set([0, 2, 5, 12, 15]);
const ADC1 = new Set([32, 33, 34, 35, 36, 39]);
const ADC2 = new Set([0, 2, 4, 12, 13, 14, 15, 25, 26, 27]);

function limitOf(number: number): string | undefined {
  if (INPUT_ONLY.has(number)) return 'input only, without pull-ups';
  if (STRAPPING.has(number)) return 'strapping pin: its level at the start decides how the chip boots';
  if (number === 16 || number === 17) return 'taken by the memory on boards with a WROVER module';
  return ADC2.has(number) ? 'not analog while WiFi is on (ADC2)' : undefined;
}

/** PWM, UART, I²C and SPI reach every pin that can be an output, through the GPIO matrix. */
function pin(number: number, name = `IO${number}`): Pin {
  const input: Ability[] = ADC1.has(number) ? ['digital', 'analog'] : ['digital'];
  const limit = limitOf(number);
  return {
    name,
    printed: name.replace('IO', ''),
    chip: `GPIO${number}`,
    can: INPUT_ONLY.has(number) ? input : [...input, 'pwm', 'i2c', 'spi', 'uart'],
    ...(limit !== undefined && { limit }),
  };
}

export const esp32: Board = {
  id: 'esp32',
  name: 'ESP32-DevKitC',
  chip: 'ESP32 (WROOM-32)',
  logicVolts: 3.3,
  supply: 'USB 5 V',
  power: { logic: '3V3', fiveVolts: '5V', ground: 'GND' },
  milliamps: { steady: 4, most: 20 },
  pins: withRoles([pin(36, 'VP'), pin(39, 'VN'), ...HEADERS.map((number) => pin(number))], {
    IO18: 'up',
    IO19: 'down',
    IO25: 'speaker',
    IO23: 'light',
    IO26: 'pixels',
    IO34: 'knob',
  }),
  usb: [CP210X, CH340],
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
    'No pin bears 5 V. The knob goes to 3V3, never to 5V.',
    'The pins D0 to D3, CMD and CLK are the flash memory’s: leave them free. TX and RX are the USB line.',
    'The headers may print bare numbers: IO18 is “18”.',
  ],
};
