/** The firmware's core, tested in C on this computer under sanitizers; each case of it is a test here. */
import { describe, expect, test } from 'vitest';
import { ERRORS } from '../../shared/errors.ts';
import { BUTTON, CONTRACT_VERSION, DEVICE_KINDS, MAX_MESSAGE_BYTES, MESSAGES } from '../../shared/contract/messages.ts';
import { missing } from '../support/needs.ts';
import { runCoreTests, type CoreRun } from './support/core-tests.ts';

const skip = missing('cc');
// The cases' names come from the program, so it has to run before they are collected.
const run: CoreRun = skip ? { cases: [], contract: [], complaint: '' } : runCoreTests();
const suites = [...new Set(run.cases.map(({ suite }) => suite))];

describe.skipIf(skip)('the core in C', () => {
  test('no sanitizer complains, and the program runs to its end', () => {
    expect(run.complaint).toBe('');
    expect(run.cases.length).toBeGreaterThan(200);
  });

  describe.each(suites)('%s', (suite) => {
    for (const { name, failure } of run.cases.filter((one) => one.suite === suite)) {
      test(name, () => expect(failure).toBe(''));
    }
  });
});

const rows = (kind: string): readonly (readonly string[])[] => run.contract.filter(([first]) => first === kind);
const constant = (name: string): number => Number(rows('constant').find((row) => row[1] === name)?.[2]);

describe.skipIf(skip)('the contract as the firmware has it', () => {
  test('types and sizes are those of the table', () => {
    for (const [, name, type, bytes] of rows('contract')) {
      const definition = MESSAGES[name as keyof typeof MESSAGES];
      expect([name, Number(type)]).toEqual([name, definition.type]);
      if (definition.direction === 'down') expect([name, Number(bytes)]).toEqual([name, definition.maxBytes]);
    }
  });

  test('every message that a hub sends to a device is in it', () => {
    const known = rows('contract').map(([, name]) => name);
    for (const [name, { direction }] of Object.entries(MESSAGES)) {
      if (direction === 'down') expect(known).toContain(name);
    }
  });

  test('fields are of the kinds of the table', () => {
    for (const [, name, , , ...kinds] of rows('contract')) {
      const fields = Object.values(MESSAGES[name as keyof typeof MESSAGES].fields);
      for (const [index, kind] of kinds.entries()) {
        const field = fields[index];
        if (kind === 'ANY') continue;
        expect([name, index, field?.cddl.startsWith('tstr')]).toEqual([name, index, kind === 'TEXT']);
        expect([name, index, field?.fallback !== undefined]).toEqual([name, index, kind === 'OPTIONAL']);
      }
    }
  });

  test('constants are those of the table', () => {
    expect(constant('CONTRACT_VERSION')).toBe(CONTRACT_VERSION);
    expect(constant('CONTRACT_MAX_MESSAGE_BYTES')).toBe(MAX_MESSAGE_BYTES);
    expect(MESSAGES.WELCOME.fields.id.kind).toBe(`text, at most ${constant('CONTRACT_MAX_ID_BYTES')} bytes`);
    expect(MESSAGES.INPUT.fields.axis.cddl).toBe(`0..${constant('CONTRACT_MAX_AXIS')} / null`);
    expect(MESSAGES.PING.doc).toContain(`${constant('CONTRACT_HUB_SILENCE_MS') / 1000} s`);
    expect(DEVICE_KINDS[constant('KIND_BOARD')]).toBe('board');
    expect([constant('BUTTON_UP'), constant('BUTTON_DOWN')]).toEqual([BUTTON.up, BUTTON.down]);
    const { effect } = MESSAGES.EFFECT.fields;
    for (const word of ['light', 'tone', 'identify'] as const) {
      expect(constant(`EFFECT_${word.toUpperCase()}`)).toBe(effect.pack?.(word));
    }
    expect(constant('RESULT_WIN')).toBe(MESSAGES.END.fields.result.pack?.('win'));
  });

  test('codes that a paddle acts on are in the table of errors', () => {
    for (const [, code] of rows('code')) expect(Object.keys(ERRORS)).toContain(code);
    expect(rows('code').length).toBe(4);
  });
});
