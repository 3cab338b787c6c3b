import { describe, expect, it } from 'vitest';
import { billOfMaterials, lightMilliamps } from '../../../hardware/bom.ts';
import { picoW } from '../../../hardware/boards/pico-w.ts';
import { uno } from '../../../hardware/boards/uno.ts';

const counts = (board = uno, controllers = 4): Record<string, number> =>
  Object.fromEntries(billOfMaterials(board, controllers).map(({ what, count }) => [what, count]));

const hub = (controllers: number) =>
  Object.entries(counts(uno, controllers)).find(([what]) => what.startsWith('USB hub'));

describe('a bill of materials', () => {
  it('counts the parts of the circuits, and one in ten to spare', () => {
    expect(counts()).toMatchObject({
      'Arduino Uno': 5,
      'push button, for a breadboard or a panel': 9,
      // Five of the bar and one of the piezo, times four, and three to spare.
      'resistor 330 Ω': 27,
      'LED, red, 5 mm': 22,
      'potentiometer 10 kΩ, linear': 5,
      'breadboard, half size': 4,
    });
    expect(counts(uno, 12)).toMatchObject({ 'Arduino Uno': 14, 'resistor 330 Ω': 80 });
  });

  it('has USB ports and current for all controllers', () => {
    expect(hub(4)).toEqual(['USB hub with 4 ports and its own power supply of 5 V, 2 A or more', 1]);
    expect(hub(12)).toEqual(['USB hub with 16 ports and its own power supply of 5 V, 8 A or more', 1]);
    expect(hub(20)?.[1]).toBe(2);
    expect(lightMilliamps(uno)).toBeLessThan(200);
  });

  it('follows the board', () => {
    expect(counts(picoW)).toHaveProperty('diode 1N4001', 5);
    expect(counts(uno)).not.toHaveProperty('diode 1N4001');
  });
});
