import { describe, expect, it } from 'vitest';
import { ClockSync } from '../../../shared/netcode/clock-sync.ts';
import { Random } from '../../support/random.ts';

const WRAP_US = 2 ** 32;

/** A device with its own idea of time, behind a link that delays each way at random. */
class Far {
  readonly sync = new ClockSync();
  now = 10_000;
  readonly #random: Random;
  readonly #offsetMs: number;
  readonly #rate: number;
  readonly #baseMs: number;
  readonly #jitterMs: number;

  constructor(seed: number, { offsetMs = 123_456, drift = 0, baseMs = 1, jitterMs = 0 } = {}) {
    this.#random = new Random(seed);
    this.#offsetMs = offsetMs;
    this.#rate = 1 + drift;
    this.#baseMs = baseMs;
    this.#jitterMs = jitterMs;
  }

  delay(): number {
    return this.#baseMs + (this.#random.below(1_000_001) / 1e6) * this.#jitterMs;
  }

  /** The device's clock at a moment of the hub's. */
  stamp(hubMs: number): number {
    return Math.floor((this.#offsetMs + hubMs * this.#rate) * 1000) % WRAP_US;
  }

  exchange(everyMs = 500): void {
    this.now += everyMs;
    const at = this.now + this.delay();
    this.sync.exchange(this.now, at + this.delay(), this.stamp(at));
  }

  /** How far the moment of a press now is from the truth, and the bound that was said of it; in ms. */
  press(): { error: number; bound: number } {
    const pressed = this.now + 300;
    const { at, bound } = this.sync.moment(this.stamp(pressed), pressed + this.delay());
    return { error: Math.abs(at - pressed), bound };
  }
}

describe('the clock of a device', () => {
  it.each([
    ['a crystal', { drift: 40e-6 }],
    ['a ceramic resonator, fast', { drift: 0.005 }],
    ['a ceramic resonator, slow', { drift: -0.005 }],
    ['40 ms of jitter', { drift: 0.003, jitterMs: 40 }],
    ['a clock that wraps', { offsetMs: WRAP_US / 1000 - 30_000, jitterMs: 5 }],
  ])('%s: the truth is always within the bound', (_, link) => {
    for (let seed = 1; seed <= 20; seed++) {
      const far = new Far(seed, link);
      for (let round = 0; round < 300; round++) {
        far.exchange();
        const { error, bound } = far.press();
        expect(error).toBeLessThanOrEqual(bound);
      }
      expect(far.sync.jumps).toBe(0);
    }
  });

  it('with 40 ms of jitter the bound falls under 3 ms within two minutes, of which 1 ms is the shortest way itself, though the round trips stay at 42 ms', () => {
    const bounds: number[] = [];
    for (let seed = 1; seed <= 50; seed++) {
      const far = new Far(seed, { drift: 0.002, jitterMs: 40 });
      for (let round = 0; round < 480; round++) far.exchange(250);
      bounds.push(far.press().bound);
    }
    expect(bounds.filter((bound) => bound < 3).length).toBeGreaterThanOrEqual(45);
  });

  it('tells how fast it runs', () => {
    const far = new Far(1, { drift: 0.002, baseMs: 0.2 });
    for (let round = 0; round < 120; round++) far.exchange();
    expect(far.sync.quality(far.now)?.driftPpm).toBeCloseTo(2000, -1);
  });

  it('a one-sided link shifts nothing: no symmetry is assumed', () => {
    const sync = new ClockSync();
    // Up at once, down after 30 ms: a filter that halves would be 15 ms off.
    for (let now = 0; now < 60_000; now += 500) sync.exchange(now, now + 30.2, (now + 0.1) * 1000);
    const { at, bound } = sync.moment(70_000_000, 70_000.1);
    expect(Math.abs(at - 70_000)).toBeLessThanOrEqual(bound);
  });

  it('a jump of the clock is noticed and survived', () => {
    const far = new Far(3, { jitterMs: 2 });
    for (let round = 0; round < 50; round++) far.exchange();
    far.sync.exchange(far.now + 500, far.now + 502, 77);
    far.sync.exchange(far.now + 1000, far.now + 1002, 500_077);
    expect(far.sync.jumps).toBeGreaterThan(0);
    const { at, bound } = far.sync.moment(700_077, far.now + 1210);
    expect(Math.abs(at - (far.now + 1201))).toBeLessThanOrEqual(bound);
  });

  it('a clock that stands still is none: the press lies between the longest round trip and its arrival', () => {
    const sync = new ClockSync();
    for (let now = 0; now < 5000; now += 500) sync.exchange(now, now + 20, 0);
    expect(sync.known).toBe(false);
    expect(sync.moment(0, 6000)).toEqual({ at: 5990, bound: 10 });
  });

  it('one stall is held against a device for some minutes, not for the whole lesson', () => {
    const sync = new ClockSync();
    const boundAt = (arrival: number): number => sync.moment(null, arrival).bound;
    let now = 0;
    const exchanges = (count: number, ms: number): void => {
      for (const end = now + count * 250; now < end; now += 250) sync.exchange(now, now + ms, 0);
    };
    exchanges(20, 20);
    exchanges(1, 2500);
    exchanges(240, 20);
    expect(boundAt(now)).toBe(1250);
    exchanges(960, 20);
    expect(boundAt(now)).toBe(10);
  });

  it('nothing known: a quarter of a second', () => {
    expect(new ClockSync().moment(5, 1000)).toEqual({ at: 750, bound: 250 });
    expect(new ClockSync().quality(0)).toBeNull();
  });

  it('a stamp from the future or from long ago counts as none', () => {
    const far = new Far(5);
    for (let round = 0; round < 20; round++) far.exchange();
    const arrival = far.now + 100;
    expect(far.sync.moment(far.stamp(arrival + 5000), arrival).at).toBeLessThanOrEqual(arrival);
    expect(far.sync.moment(far.stamp(arrival) + WRAP_US / 2, arrival).at).toBeGreaterThan(arrival - 300);
  });
});
