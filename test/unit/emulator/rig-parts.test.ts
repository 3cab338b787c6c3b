import { describe, expect, it } from 'vitest';
import { Governor } from '../../../hardware/emulator/rig/governor.ts';
import { LineNoise } from '../../../hardware/emulator/rig/line-noise.ts';

const MS = 1e6;
const CYCLES_PER_MS = 16_000;

const zeros = (length: number) => new Uint8Array(length);

describe('Governor', () => {
  it('gives 16,000 cycles a millisecond', () => {
    const governor = new Governor(100 * MS, 5);
    expect(governor.target(100 * MS, 5)).toBe(5);
    expect(governor.target(103 * MS, 5)).toBe(5 + 3 * CYCLES_PER_MS);
  });

  it('catches up after a short delay', () => {
    const governor = new Governor(0, 0);
    expect(governor.target(45 * MS, 0)).toBe(45 * CYCLES_PER_MS);
    expect(governor.slips).toBe(0);
  });

  it('forgives more than 50 ms, counts it, and goes on from there', () => {
    const governor = new Governor(0, 0);
    expect(governor.target(80 * MS, 10 * CYCLES_PER_MS)).toBe(10 * CYCLES_PER_MS);
    expect(governor).toMatchObject({ slips: 1, slippedCycles: 70 * CYCLES_PER_MS });
    expect(governor.target(81 * MS, 10 * CYCLES_PER_MS)).toBe(11 * CYCLES_PER_MS);
  });

  it('does not count a pause that was meant', () => {
    const governor = new Governor(0, 0);
    governor.restart(1000 * MS, 7);
    expect(governor.target(1001 * MS, 7)).toBe(7 + CYCLES_PER_MS);
    expect(governor.slips).toBe(0);
  });
});

describe('LineNoise', () => {
  it('leaves the line alone until told', () => {
    const noise = new LineNoise(1);
    const bytes = zeros(100);
    noise.pass(bytes, 'toHost', 117_647);
    noise.set({ everyNthByte: 1 });
    noise.set(null);
    noise.pass(bytes, 'toBoard', 117_647);
    expect(bytes).toEqual(zeros(100));
    expect(noise.corrupted).toBe(0);
  });

  it('spoils every so-manieth byte, across calls, in the direction asked for', () => {
    const noise = new LineNoise(1);
    noise.set({ everyNthByte: 3, direction: 'toBoard' });
    const pieces = [2, 2, 3].map((length) => {
      const bytes = zeros(length);
      noise.pass(bytes, 'toBoard', 117_647);
      noise.pass(zeros(5), 'toHost', 117_647);
      return bytes;
    });
    const hit = pieces.flatMap((bytes) => [...bytes].map((byte) => byte !== 0));
    expect(hit).toEqual([false, false, true, false, false, true, false]);
    expect(noise.corrupted).toBe(2);
  });

  it('spoils every byte, both ways, while the board is at a rate above the given one', () => {
    const noise = new LineNoise(1);
    noise.set({ aboveBaud: 115_200 });
    const hits = [117_647, 250_000, 1_000_000, 117_647].map((baud) => {
      const [toHost, toBoard] = [zeros(20), zeros(20)];
      noise.pass(toHost, 'toHost', baud);
      noise.pass(toBoard, 'toBoard', baud);
      return [...toHost, ...toBoard].filter((byte) => byte !== 0).length;
    });
    expect(hits).toEqual([0, 40, 40, 0]);
    expect(noise.corrupted).toBe(80);
  });

  it('spoils by chance, the same for the same seed', () => {
    const spoiled = [5, 5, 6].map((seed) => {
      const noise = new LineNoise(seed);
      noise.set({ probability: 0.1 });
      const bytes = zeros(5000);
      noise.pass(bytes, 'toHost', 117_647);
      return bytes;
    });
    expect(spoiled[0]).toEqual(spoiled[1]);
    expect(spoiled[0]).not.toEqual(spoiled[2]);
    const hits = spoiled[0]!.filter((byte) => byte !== 0).length;
    expect(hits).toBeGreaterThan(400);
    expect(hits).toBeLessThan(600);
  });
});
