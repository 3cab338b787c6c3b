import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drives, pinFor, pinsFor, withRoles, type Board, type Pin, type Role } from '../../../hardware/boards/board.ts';
import { BOARDS, nameOfUsb } from '../../../hardware/boards/boards.ts';
import { esp32 } from '../../../hardware/boards/esp32.ts';
import { pinsHeader } from '../../../hardware/boards/pins-h.ts';
import { uno } from '../../../hardware/boards/uno.ts';
import { packageUrl } from '../../../shared/package-files.ts';

/** What a pin must be able to do for its role. */
const NEEDS: Readonly<Partial<Record<Role, string>>> = {
  up: 'digital',
  down: 'digital',
  speaker: 'pwm',
  light: 'digital',
  knob: 'analog',
  bar: 'digital',
  pixels: 'digital',
};

describe.each(BOARDS)('$name', (board) => {
  it('has each pin once, and each role at one pin that can do it', () => {
    const names = board.pins.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { role, can, name } of board.pins) {
      const need = role && NEEDS[role];
      if (need) expect(can, `${name} as ${role}`).toContain(need);
    }
    for (const role of ['up', 'down'] as const) expect(pinsFor(board, role)).toHaveLength(1);
    for (const role of ['speaker', 'light', 'knob', 'pixels'] as const)
      expect(pinsFor(board, role).length, role).toBeLessThanOrEqual(1);
  });

  it('has a pin, or a part of its own, for all that our software drives on it', () => {
    for (const role of board.drives.flatMap(({ roles }) => roles)) {
      if (role !== 'serial') expect(pinsFor(board, role).length > 0 || role in board.onBoard, role).toBe(true);
    }
  });

  it('names a test that exists where it says tested', () => {
    const tests = board.drives.flatMap(({ tested }) => (tested === null ? [] : [tested.test]));
    expect(tests.filter((test) => !existsSync(packageUrl(test)))).toEqual([]);
  });
});

describe('boards', () => {
  it('have different ids, and no USB id that tells two of them', () => {
    expect(new Set(BOARDS.map(({ id }) => id)).size).toBe(BOARDS.length);
    const own = BOARDS.flatMap(({ usb }) => usb.filter(({ converter }) => converter === undefined));
    const keys = own.map(({ vid, pid }) => `${vid}:${pid}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are known by USB id, a converter as such', () => {
    expect(nameOfUsb(0x2341, 0x0043)).toBe('Arduino Uno');
    expect(nameOfUsb(0x1a86, 0x7523)).toBe('a board with a CH340');
    expect(nameOfUsb(0x046d, 0xc077)).toBeNull();
  });

  it('with WiFi use no pin that WiFi or the start of the chip needs', () => {
    for (const role of ['up', 'down', 'speaker', 'light', 'pixels', 'knob'] as const)
      expect(pinFor(esp32, role).limit ?? '', role).not.toMatch(/strapping|memory/);
    const adc1 = ['IO32', 'IO33', 'IO34', 'IO35', 'VP', 'VN'];
    expect(adc1).toContain(pinFor(esp32, 'knob').name);
    for (const role of ['up', 'down', 'speaker', 'light', 'pixels'] as const)
      expect(pinFor(esp32, role).limit ?? '', role).not.toMatch(/input only/);
  });

  it('take no role at a pin that is not there', () => {
    expect(() => withRoles(uno.pins, { D99: 'up' })).toThrow('no pin D99');
    expect(() => pinFor(uno, 'bar')).toThrow('not one pin');
    expect(drives(uno, 'pixels')).toBe(false);
  });
});

/** The Uno with the role of one pin at another. */
const moved = (from: string, to: string): Board => {
  const role = uno.pins.find(({ name }) => name === from)?.role as Role;
  const pins = uno.pins.map(({ role: own, ...pin }): Pin => {
    if (pin.name === from) return pin;
    return pin.name === to ? { ...pin, role } : { ...pin, ...(own !== undefined && { role: own }) };
  });
  return { ...uno, pins };
};

describe('the pin map of the firmware', () => {
  it('is made of the data', () => {
    expect(readFileSync(packageUrl('device/firmware/uno/pins.h'), 'utf8')).toBe(pinsHeader(uno));
  });

  it('follows a pin that is moved', () => {
    expect(pinsHeader(moved('A0', 'A3'))).toContain('#define KNOB_BIT PC3\n#define KNOB_CHANNEL 3\n');
    expect(pinsHeader(moved('D13', 'D12'))).toContain('#define LIGHT_BIT PB4\n');
  });

  it.each([
    ['D2', 'D9', 'neighbours on one port'],
    ['D11', 'D10', 'speaker must be at PB3'],
    ['A0', 'D12', 'analog input'],
  ])('refuses %s at %s, where the chip cannot do it', (from, to, why) => {
    expect(() => pinsHeader(moved(from, to))).toThrow(why);
  });
});
