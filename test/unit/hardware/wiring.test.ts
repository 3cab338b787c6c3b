import { describe, expect, it } from 'vitest';
import { BOARDS } from '../../../hardware/boards/boards.ts';
import { pinsFor, type Board } from '../../../hardware/boards/board.ts';
import { esp32 } from '../../../hardware/boards/esp32.ts';
import { microbit } from '../../../hardware/boards/microbit.ts';
import { picoW } from '../../../hardware/boards/pico-w.ts';
import { uno } from '../../../hardware/boards/uno.ts';
import {
  circuitOf,
  DIODE_VOLTS,
  ledOhms,
  needsDiode,
  speakerOhms,
  stockResistor,
  WIRED,
  type Wired,
} from '../../../hardware/wiring/circuit.ts';
import { drawingOf, type Drawing } from '../../../hardware/wiring/drawings.ts';

const KINDS = Object.keys(WIRED) as Wired[];
const drawn = (board: Board, wired: Wired): Drawing => {
  const drawing = drawingOf(board, wired);
  if (typeof drawing === 'string') throw new Error(drawing);
  return drawing;
};

describe('resistors', () => {
  it('are the smallest of the box that is enough', () => {
    expect(stockResistor(330)).toBe(330);
    expect(stockResistor(331)).toBe(680);
    expect(() => stockResistor(10_000)).toThrow('No resistor');
  });

  it.each(BOARDS)('keep an LED and a shorted speaker within what a pin of $name may give', (board) => {
    expect(((board.logicVolts - 2) / ledOhms(board)) * 1000).toBeLessThanOrEqual(board.milliamps.steady);
    expect((board.logicVolts / speakerOhms(board)) * 1000).toBeLessThanOrEqual(board.milliamps.most);
  });

  it('follow the level and the strength of the pins', () => {
    expect([ledOhms(uno), ledOhms(picoW)]).toEqual([330, 330]);
    expect([speakerOhms(uno), speakerOhms(microbit)]).toEqual([330, 680]);
  });
});

describe('NeoPixels', () => {
  it('at 5 V would not see 3.3 V as high; behind a diode they do', () => {
    expect(needsDiode(uno)).toBe(false);
    expect(needsDiode(esp32)).toBe(true);
    expect(0.7 * (5 - DIODE_VOLTS)).toBeLessThan(esp32.logicVolts);
  });

  it('are drawn only where our software drives them', () => {
    const boards = BOARDS.filter((board) => typeof circuitOf(board, 'pixels') !== 'string');
    expect(boards.map(({ id }) => id)).toEqual(['pico-w', 'esp32']);
    expect(circuitOf(uno, 'pixels')).toBe('No software of ours drives NeoPixels on this board.');
  });
});

describe('drawings', () => {
  it.each(BOARDS)('of $name name the pins, ground and supply of its data', (board) => {
    for (const wired of KINDS) {
      const drawing = drawingOf(board, wired);
      if (typeof drawing === 'string') continue;
      const pins =
        wired === 'buttons' ? [...pinsFor(board, 'up'), ...pinsFor(board, 'down')] : pinsFor(board, WIRED[wired].role);
      for (const { name } of pins) expect(drawing.svg, wired).toContain(`>${name}</text>`);
      expect(drawing.svg, wired).toContain(`>${board.power.ground}</text>`);
      if (wired === 'knob') expect(drawing.svg).toContain(`>${board.power.logic}</text>`);
    }
  });

  it('never give a knob more than the level of the pins', () => {
    for (const board of BOARDS.filter(({ logicVolts }) => logicVolts < 5)) {
      const circuit = circuitOf(board, 'knob');
      if (typeof circuit === 'string' || circuit.shape !== 'knob') throw new Error('no knob');
      expect(circuit.supply).not.toBe(board.power.fiveVolts);
    }
  });

  it('say in words what they show', () => {
    const { title, description, svg } = drawn(picoW, 'pixels');
    expect(title).toBe('Raspberry Pi Pico W: a bar of NeoPixels');
    expect(description).toBe(
      'A bar of 8 NeoPixels: DIN to pin GP22 through 330 Ω, 5V to VBUS, through a diode 1N4001, GND to GND, and a capacitor of 1000 µF between 5V and GND of the bar.',
    );
    expect(svg).toContain(`<title id="title">${title}</title>`);
    expect(svg).toContain(`<desc id="description">${description}</desc>`);
    expect(svg).toContain('prefers-color-scheme: dark');
  });
});
