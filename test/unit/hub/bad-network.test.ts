import { describe, expect, it } from 'vitest';
import { BadNetwork } from '../../../hub/lobby/bad-network.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const LAB = { delayMs: 80, jitterMs: 40, lossPercent: 20 };
const COUNT = 10_000;

interface Arrival {
  readonly number: number;
  readonly afterMs: number;
}

/** Sends many messages, one a ms. @returns what arrived, in the order in which it did */
function send(lab: typeof LAB, mayBeLost: boolean, seed = 1): Arrival[] {
  const clock = new VirtualClock();
  const network = new BadNetwork(clock, seed);
  const arrivals: Arrival[] = [];
  for (let number = 0; number < COUNT; number++) {
    const sentAt = clock.now();
    network.pass(lab, mayBeLost, () => arrivals.push({ number, afterMs: clock.now() - sentAt }));
    clock.advance(1);
  }
  clock.advance(10_000);
  return arrivals;
}

const delays = (arrivals: readonly Arrival[]): number[] =>
  arrivals.map(({ afterMs }) => afterMs).toSorted((a, b) => a - b);

const numbers = (arrivals: readonly Arrival[]): number[] => arrivals.map(({ number }) => number);

describe('a network made worse', () => {
  it('loses its share, and delays the others by the delay, more or less the jitter', () => {
    const arrivals = send(LAB, true);
    // Five standard deviations of a binomial share are 2 %.
    expect(arrivals.length / COUNT).toBeGreaterThan(0.78);
    expect(arrivals.length / COUNT).toBeLessThan(0.82);
    const sorted = delays(arrivals);
    expect(sorted[0]).toBeGreaterThanOrEqual(40);
    expect(sorted[0]).toBeLessThan(41);
    expect(sorted.at(-1)).toBeLessThan(120);
    expect(sorted.at(-1)).toBeGreaterThan(119);
    expect(sorted[sorted.length >> 1]).toBeGreaterThan(77);
    expect(sorted[sorted.length >> 1]).toBeLessThan(83);
  });

  it('keeps no order: a message may overtake those before it', () => {
    const order = send(LAB, true).map(({ number }) => number);
    expect(order).not.toEqual(order.toSorted((a, b) => a - b));
  });

  it('loses nothing that may not be lost, and delays it alike', () => {
    const arrivals = send({ ...LAB, lossPercent: 90 }, false);
    expect(arrivals.length).toBe(COUNT);
    expect(delays(arrivals)[0]).toBeGreaterThanOrEqual(40);
  });

  it('does the same again with the same seed, and loses the same where only the delay is another', () => {
    expect(send(LAB, true, 7)).toEqual(send(LAB, true, 7));
    expect(numbers(send(LAB, true, 7))).not.toEqual(numbers(send(LAB, true, 8)));
    const other = numbers(send({ ...LAB, delayMs: 500 }, true, 7)).toSorted((a, b) => a - b);
    expect(other).toEqual(numbers(send(LAB, true, 7)).toSorted((a, b) => a - b));
  });

  it('with less delay than jitter delivers no sooner than at once', () => {
    const arrivals = send({ delayMs: 0, jitterMs: 10, lossPercent: 0 }, true);
    expect(arrivals.length).toBe(COUNT);
    const sorted = delays(arrivals);
    expect(sorted[0]).toBe(0);
    expect(sorted.at(-1)).toBeLessThan(10);
  });
});
