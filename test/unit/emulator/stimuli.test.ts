import { describe, expect, it } from 'vitest';
import { pressWithBounce, releaseWithBounce } from '../../../hardware/emulator/contact-bounce.ts';
import { StimulusQueue } from '../../../hardware/emulator/stimulus-queue.ts';
import { F_CPU } from '../../../hardware/emulator/uno.ts';
import { boot, seeded } from './support/run.ts';

const MS = F_CPU / 1000;
const IDLE = 'idle:\nrjmp idle';

describe('StimulusQueue', () => {
  it('fires in the order of cycles, and of adding among equals', () => {
    const queue = new StimulusQueue();
    const random = seeded(7);
    const expected: { cycle: number; order: number }[] = [];
    const fired: typeof expected = [];
    for (let order = 0; order < 500; order++) {
      const entry = { cycle: Math.floor(random() * 50), order };
      expected.push(entry);
      queue.add(entry.cycle, (cycle) => {
        expect(cycle).toBe(entry.cycle);
        fired.push(entry);
      });
    }
    for (let cycle = 0; cycle < 50; cycle += 7) queue.fire(cycle);
    queue.fire(50);
    expect(fired).toEqual(expected.toSorted((a, b) => a.cycle - b.cycle || a.order - b.order));
    expect(queue.next).toBe(Infinity);
  });

  it('fires what a stimulus adds for now', () => {
    const queue = new StimulusQueue();
    let fired = 0;
    queue.add(1, () => queue.add(1, () => fired++));
    queue.fire(1);
    expect(fired).toBe(1);
  });
});

describe('schedule', () => {
  it('acts between two instructions, at most one instruction late', () => {
    const { uno } = boot(IDLE);
    const seen: number[] = [];
    for (const cycle of [100, 101, 1001]) uno.schedule(cycle, () => seen.push(uno.cycle - cycle));
    uno.run(2000);
    expect(seen.length).toBe(3);
    for (const late of seen) expect(late).toBeLessThan(2);
  });

  it('refuses to run the board from within', () => {
    const { uno } = boot(IDLE);
    uno.schedule(10, () => uno.run(100));
    expect(() => uno.run(50)).toThrow('within');
    uno.run(60);
  });
});

describe('contact bounce', () => {
  it('begins and ends with the new level, within its time, and is the same for the same seed', () => {
    const trains = [11, 11, 12].map((seed) => {
      const { uno } = boot(IDLE);
      const edges: [number, boolean][] = [];
      uno.onPin(2, (level, cycle) => edges.push([cycle, level]));
      const random = seeded(seed);
      pressWithBounce(uno, 2, { atCycle: MS, bounceMs: 5, edges: 16, random });
      releaseWithBounce(uno, 2, { atCycle: 30 * MS, bounceMs: 5, edges: 15, random });
      uno.run(50 * MS);
      return edges;
    });
    const [train] = trains;
    expect(trains[1]).toEqual(train);
    expect(trains[2]).not.toEqual(train);
    const press = train!.filter(([cycle]) => cycle < 20 * MS);
    const release = train!.filter(([cycle]) => cycle > 20 * MS);
    expect([press[0]![1], press.at(-1)![1]]).toEqual([false, false]);
    expect([release[0]![1], release.at(-1)![1]]).toEqual([true, true]);
    expect([press.length, release.length]).toEqual([17, 15]);
    expect(press.at(-1)![0] - press[0]![0]).toBeLessThanOrEqual(5 * MS);
  });

  it('is one edge without bounce, and needs randomness with it', () => {
    const { uno } = boot(IDLE);
    expect(pressWithBounce(uno, 2, { atCycle: 500 })).toEqual([500]);
    expect(() => pressWithBounce(uno, 2, { atCycle: 500, bounceMs: 3, edges: 4 })).toThrow(TypeError);
    uno.run(1000);
    expect(uno.pin(2)).toBe(false);
    expect(pressWithBounce(uno, 2, { atCycle: 10 })).toEqual([uno.cycle]);
  });
});
