import { describe, expect, it } from 'vitest';
import { Ticker } from '../../../hub/rooms/ticker.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function started(rate: number): { clock: VirtualClock; ticker: Ticker; ticks: () => number } {
  const clock = new VirtualClock();
  let count = 0;
  const ticker = new Ticker(clock, rate, () => void count++);
  ticker.start();
  return { clock, ticker, ticks: () => count };
}

describe('the fixed tick', () => {
  it.each([30, 60, 144, 250])('keeps %i Hz for an hour without drift', (rate) => {
    const { clock, ticks } = started(rate);
    clock.advance(3_600_000);
    expect(Math.abs(ticks() - 3600 * rate)).toBeLessThanOrEqual(1);
  });

  it('carries the residual: what one tick is late the next is not', () => {
    const { clock, ticks } = started(60);
    for (let round = 0; round < 600; round++) {
      clock.stall(3);
      clock.advance(7);
    }
    expect(Math.abs(ticks() - 360)).toBeLessThanOrEqual(1);
  });

  it('catches a short stall up, and skips and counts the rest of a long one', () => {
    const { clock, ticker, ticks } = started(60);
    clock.stall(50);
    clock.advance(0);
    expect(ticks()).toBe(3);
    expect(ticker.skipped).toBe(0);
    clock.stall(10_000);
    clock.advance(0);
    // Five at once, and one at the first deadline that is not skipped.
    expect(ticks()).toBe(9);
    expect(ticker.skipped).toBeGreaterThan(590);
    clock.advance(1000);
    expect(ticks()).toBeLessThanOrEqual(9 + 61);
  });

  it('measures how late each tick began', () => {
    const { clock, ticker } = started(50);
    clock.advance(20);
    clock.stall(25);
    clock.advance(0);
    expect(ticker.lateness.summary()).toEqual({ p50: 5, p99: 5, max: 5 });
  });

  it('begins later by its phase, and is never due with one of another', () => {
    const clock = new VirtualClock();
    const from = clock.now();
    const dues: number[][] = [0, 0.5].map((phase) => {
      const own: number[] = [];
      new Ticker(clock, 50, (due) => own.push(due - from), phase).start();
      return own;
    });
    clock.advance(70);
    expect(dues).toEqual([
      [20, 40, 60],
      [30, 50, 70],
    ]);
  });

  it('stops and starts again, and stopping twice is fine', () => {
    const { clock, ticker, ticks } = started(60);
    clock.advance(1000);
    ticker.stop();
    ticker.stop();
    const before = ticks();
    clock.advance(1000);
    expect(ticks()).toBe(before);
    expect(clock.pending).toBe(0);
    ticker.start();
    clock.advance(1000);
    expect(Math.abs(ticks() - before - 60)).toBeLessThanOrEqual(1);
  });
});
