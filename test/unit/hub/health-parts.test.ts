import { describe, expect, it } from 'vitest';
import { Rate } from '../../../hub/health/rate.ts';
import { Turns } from '../../../hub/turns.ts';

interface Device {
  value: number;
}

describe('turns', () => {
  it('takes a few in each round, so that each is taken as often as the others', () => {
    const taken: Device[] = [];
    const turns = new Turns<Device, number>(2, (device) => {
      taken.push(device);
      return device.value;
    });
    const devices = Array.from({ length: 5 }, (_, value) => ({ value }));
    for (let round = 0; round < 5; round++) turns.round(devices);
    expect(taken.length).toBe(10);
    for (const device of devices) expect(taken.filter((one) => one === device).length).toBe(2);
  });

  it('takes who is new first, and keeps what was taken until the next turn', () => {
    const turns = new Turns<Device, number>(1, ({ value }) => value);
    const [old, fresh] = [{ value: 1 }, { value: 2 }];
    turns.round([old]);
    expect(turns.get(fresh)).toBeUndefined();
    turns.round([old, fresh]);
    expect(turns.get(fresh)).toBe(2);
    old.value = 7;
    expect(turns.get(old)).toBe(1);
    turns.round([old, fresh]);
    expect(turns.get(old)).toBe(7);
  });

  it('has none for who is gone, and none to take where nobody is', () => {
    const taken: Device[] = [];
    const turns = new Turns<Device, number>(3, (device) => taken.push(device));
    const device = { value: 1 };
    turns.round([device]);
    turns.round([]);
    expect(taken).toEqual([device]);
  });
});

it('a rate is what came between two readings, a second', () => {
  const rate = new Rate();
  rate.read(100, 1000);
  expect(rate.perSecond).toBe(0);
  rate.read(150, 3000);
  expect(rate.perSecond).toBe(25);
  rate.read(150, 3000);
  expect(rate.perSecond).toBe(25);
  rate.read(151, 6000);
  expect(rate.perSecond).toBe(0.3);
});
