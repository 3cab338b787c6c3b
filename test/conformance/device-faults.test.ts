/** The kit against a device that keeps every rule, and against ones that break a single one. */
import { describe, expect, it } from 'vitest';
import { DEVICE_ASSERTIONS } from '../../hub/conform/device/assertions.ts';
import { reportLines } from '../../hub/conform/report.ts';
import { deviceFaults } from './support/device-faults.ts';
import { conformMqtt, conformSerial, named } from './support/scripted-wires.ts';

describe('a device that keeps every rule', () => {
  it.each([
    ['on a serial line', () => conformSerial()],
    ['on a serial line, with an id and one rate', () => conformSerial({}, { id: 'uno-1', maxBaud: 0, short: false })],
    ['by MQTT in CBOR', () => conformMqtt({}, { commands: true })],
    ['by MQTT in JSON', () => conformMqtt({}, { form: 'json' })],
  ])('%s: nothing fails', async (_name, play) => {
    const results = await play();
    expect(reportLines(results).filter((line) => line.includes('FAILED'))).toEqual([]);
    expect(named(results, 'ok').length).toBeGreaterThan(25);
  });
});

describe('each fault of a device fails its own assertion and no other', () => {
  const faults = deviceFaults();

  it.each(faults)('$fails ($link): $what', async ({ fails, link, fault, options }) => {
    const results = await (link === 'serial' ? conformSerial : conformMqtt)(fault, options);
    expect(named(results, 'failed')).toEqual([fails]);
  });

  it('covers every assertion', () => {
    const covered = new Set(faults.map(({ fails }) => fails));
    expect(DEVICE_ASSERTIONS.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });
});
