/** The parts of prediction by themselves: the hub's time, corrections that fade, and when an INPUT is said again. */
import { describe, expect, it } from 'vitest';
import { InputRepeat } from '../../../shared/netcode/input-repeat.ts';
import { Smoother } from '../../../shared/netcode/smoother.ts';
import { TickEstimate } from '../../../shared/netcode/tick-estimate.ts';

const TICK_MS = 1000 / 60;

describe('the estimate of the tick', () => {
  it('follows the shortest way, whatever the others take', () => {
    const estimate = new TickEstimate(60);
    for (let tick = 0; tick < 300; tick++) {
      estimate.arrive(tick, tick * TICK_MS + 40 + ((tick * 7) % 11) * 8);
      estimate.at(tick * TICK_MS + 130);
    }
    const now = 300 * TICK_MS + 130;
    const arriving = (now - 40) / TICK_MS;
    expect(estimate.at(now) - estimate.lead).toBeCloseTo(arriving, 0);
  });

  it('is ahead by so much that what is sent is counted in its tick', () => {
    const estimate = new TickEstimate(60);
    let seq = 0;
    const upTicks = 6;
    for (let tick = 0; tick < 600; tick++) {
      const now = tick * TICK_MS;
      estimate.arrive(tick, now);
      estimate.at(now);
      if (tick % 15 === 0) estimate.send(++seq, now);
      if (tick % 15 === upTicks) estimate.count(seq, tick, 1);
    }
    const local = estimate.at(600 * TICK_MS);
    expect(Math.floor(local) + 1).toBe(600 + upTicks);
  });

  it('follows a hub whose clock is 0.1 % slow, and one that stood still', () => {
    const estimate = new TickEstimate(60);
    const slow = TICK_MS * 1.001;
    for (let tick = 0; tick < 6000; tick++) {
      estimate.arrive(tick, tick * slow);
      estimate.at(tick * slow);
    }
    expect(estimate.at(6000 * slow) - estimate.lead).toBeCloseTo(6000, 0);
    const later = 6000 * slow + 5000;
    estimate.arrive(6001, later);
    expect(estimate.at(later) - estimate.lead).toBeCloseTo(6001, 5);
  });

  it('never runs back by itself, and no more than 15 % faster or slower', () => {
    const estimate = new TickEstimate(60);
    let before: number | null = null;
    for (let tick = 0; tick < 600; tick++) {
      const now = tick * TICK_MS;
      // The way gets longer by 80 ms after 5 s.
      estimate.arrive(tick, now + (tick < 300 ? 0 : 80));
      const local = estimate.at(now);
      if (before !== null && tick > 1) {
        expect(local - before).toBeGreaterThan(0.84);
        expect(local - before).toBeLessThan(1.16);
      }
      before = local;
    }
  });
});

describe('the smoother', () => {
  it('goes on from where it was drawn, and fades', () => {
    const smoother = new Smoother([50]);
    expect(smoother.smooth([100], null, 0)).toEqual([100]);
    expect(smoother.smooth([110], [100], 16)).toEqual([100]);
    const [later = 0] = smoother.smooth([110], null, 56);
    expect(later).toBeCloseTo(105);
    expect(smoother.smooth([110], null, 1000)[0]).toBeCloseTo(110);
  });

  it('draws the same when it is asked twice at one moment', () => {
    const smoother = new Smoother([50, 50], [Infinity, 0.01]);
    smoother.smooth([0, 0], [10, 10], 0);
    const once = smoother.smooth([0, 0], null, 20);
    expect(smoother.smooth([0, 0], null, 20)).toEqual(once);
    expect(once.every((place) => place > 0 && place < 10)).toBe(true);
  });

  it('jumps where it is too far, or is told to', () => {
    const smoother = new Smoother([50, 50]);
    expect(smoother.smooth([100, 100], [200, 110], 0, [false, true])).toEqual([100, 100]);
  });

  it('moves no faster than its pace', () => {
    const smoother = new Smoother([50], [0.01]);
    smoother.smooth([0], [10], 0);
    expect(smoother.smooth([0], null, 100)[0]).toBeCloseTo(9);
  });
});

describe('an INPUT', () => {
  it('is said again soon while it is not counted, and now and then afterwards', () => {
    const repeat = new InputRepeat();
    expect(repeat.due(0)).toBe(true);
    repeat.sent(1, true, 0);
    expect(repeat.due(49)).toBe(false);
    expect(repeat.due(50)).toBe(true);
    repeat.sent(2, false, 50);
    repeat.counted(1);
    expect(repeat.due(200)).toBe(false);
    expect(repeat.due(300)).toBe(true);
  });

  it('is not taken for counted because an older one was', () => {
    const repeat = new InputRepeat();
    repeat.sent(7, true, 0);
    repeat.sent(8, true, 10);
    repeat.counted(7);
    expect(repeat.due(60)).toBe(true);
  });
});
