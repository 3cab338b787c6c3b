/** Arduino Nano (classic). Sources: Arduino’s datasheet and pinout A000005; FTDI and WCH data sheets for the converters. */
import { ATMEGA328P_PINS, AVR_MILLIAMPS, PADDLE_LIMITS, PADDLE_ROLES } from './atmega328p.ts';
import { CH340, FTDI, withRoles, type Board, type Pin } from './board.ts';

/** The Nano's smaller package of the chip has two more inputs of the converter, which are nothing else. */
const ANALOG_ONLY: readonly Pin[] = ['A6', 'A7'].map((name) => ({
  name,
  chip: name.replace('A', 'ADC'),
  can: ['analog'],
  limit: 'analog input only',
}));

export const nano: Board = {
  id: 'nano',
  name: 'Arduino Nano',
  chip: 'ATmega328P, 16 MHz',
  logicVolts: 5,
  supply: 'USB 5 V, or 7 to 12 V at VIN',
  power: { logic: '5V', fiveVolts: '5V', ground: 'GND' },
  milliamps: AVR_MILLIAMPS,
  pins: [...withRoles(ATMEGA328P_PINS, PADDLE_ROLES, PADDLE_LIMITS), ...ANALOG_ONLY],
  usb: [FTDI, CH340],
  drives: [
    {
      means: 'firmware',
      roles: ['up', 'down', 'speaker', 'light', 'knob', 'bar', 'serial'],
      tested: { where: 'emulator', test: 'test/firmware/board.test.ts' },
      note: 'tested as an Uno: chip, clock and program are the same, converter and boot loader are not',
    },
    { means: 'firmata', roles: ['up', 'down', 'speaker', 'light', 'serial'], tested: null },
  ],
  onBoard: { light: 'the light “L” on D13' },
  remarks: [
    'The same program as the Uno’s. Boards with the old boot loader are flashed at 57600 baud instead of 115200.',
    'With an FTDI converter, set its latency timer to 1 ms: `paddlewire doctor` says how.',
  ],
};
