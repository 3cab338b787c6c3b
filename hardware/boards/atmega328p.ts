/**
 * The pins of an ATmega328P as Arduino numbers them.
 * Sources: ATmega48A/PA/88A/PA/168A/PA/328/P datasheet (pin configurations, alternate port functions); pinout diagrams
 * A000066 (Uno Rev3) and A000005 (Nano) of Arduino.
 */
import type { Ability, Pin, Role } from './board.ts';

const PWM = new Set([3, 5, 6, 9, 10, 11]);

function abilities(number: number): Ability[] {
  const more: Ability[] = [];
  if (PWM.has(number)) more.push('pwm');
  if (number <= 1) more.push('uart');
  if (number >= 10) more.push('spi');
  return ['digital', ...more];
}

/** D0 to D7 are port D, D8 to D13 the lower six of port B. */
const digital = Array.from({ length: 14 }, (_, number): Pin => {
  const chip = number < 8 ? `PD${number}` : `PB${number - 8}`;
  return { name: `D${number}`, chip, can: abilities(number) };
});

/** A0 to A5 are the lower six of port C, which are channels 0 to 5 of the converter; A4 and A5 are SDA and SCL. */
const analog = Array.from({ length: 6 }, (_, number): Pin => {
  const i2c: Ability[] = number >= 4 ? ['i2c'] : [];
  return { name: `A${number}`, chip: `PC${number}`, can: ['digital', 'analog', ...i2c] };
});

export const ATMEGA328P_PINS: readonly Pin[] = [...digital, ...analog];

/** What our firmware uses; hardware/boards/pins-h.ts makes device/firmware/uno/pins.h from it. */
export const PADDLE_ROLES: Readonly<Record<string, Role>> = {
  D0: 'serial',
  D1: 'serial',
  D2: 'up',
  D3: 'down',
  D4: 'bar',
  D5: 'bar',
  D6: 'bar',
  D7: 'bar',
  D8: 'bar',
  D11: 'speaker',
  D13: 'light',
  A0: 'knob',
};

export const PADDLE_LIMITS: Readonly<Record<string, string>> = {
  D0: 'serial line to the hub: leave it free',
  D1: 'serial line to the hub: leave it free',
  D11: 'the one pin that Timer2 toggles by itself (OC2A)',
  D13: 'the board’s own light is on it',
};

/** The DC characteristics are given at 20 mA; 40 mA is where damage begins, 200 mA for the whole chip. */
export const AVR_MILLIAMPS = { steady: 10, most: 20 } as const;
