import { describe, expect, it } from 'vitest';
import type { DemoReport } from '../../../hub/cli/demo/report.ts';
import { paddlewire } from '../../support/hubs.ts';
import { missing } from '../../support/needs.ts';

describe.skipIf(missing('pty'))('paddlewire demo', () => {
  it('plays a match of four with nothing attached, and reports it in JSON', async () => {
    const args = ['demo', '--for', '20', '--json', '--http-port', '0', '--mqtt-port', '0', '--host', '127.0.0.1'];
    // Fast enough that there are points within the time, however slow the machine is.
    const { code, stdout, stderr } = await paddlewire(args, {
      PADDLEWIRE_PONG_BALL_SPEED: '12000',
      PADDLEWIRE_PONG_SERVE_MS: '200',
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as DemoReport;
    expect(report.seats.map(({ seat }) => seat)).toEqual(['left', 'right', 'up', 'down']);
    expect(report.seats.map(({ link }) => link).toSorted()).toEqual(['mqtt', 'serial', 'serial', 'serial']);
    expect(report.seats.filter(({ kind }) => kind === 'board')).toHaveLength(3);
    for (const { inputs, framesLost, device } of report.seats) {
      expect(inputs, device).toBeGreaterThan(0);
      expect(framesLost, device).toBe(0);
    }
    expect(report.pointsPlayed).toBeGreaterThan(0);
    expect(report.pointsOnDisk).toBe(report.pointsPlayed);
    expect(report.seats.reduce((sum, { points }) => sum + points, 0)).toBe(report.pointsPlayed);
    expect(report.rallies).toBeGreaterThanOrEqual(report.pointsPlayed);
    expect(report.snapshotBytes).toBeLessThanOrEqual(32);
    expect(report.inputFrameBytes).toBe(8);
    expect(report.ticks).toBeGreaterThan(0);
    expect(report.pressToSnapshotMs.p50).toBeGreaterThan(0);
    expect(Object.keys(report.tickLatenessMs)).toEqual(['p50', 'p99', 'max']);
    expect(report.hubCpu).toBeGreaterThan(0);
  });

  it.each([
    ['--for', 'ever'],
    ['--for', '-1'],
  ])('%s %s is wrong usage', async (...args) => {
    expect((await paddlewire(['demo', ...args])).code).toBe(2);
  });
});
