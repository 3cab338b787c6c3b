/** The kit against a device that keeps every rule, and against ones that break a single one. */
import { describe, expect, it } from 'vitest';
import { reportLines } from '../../hub/conform/report.ts';
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
