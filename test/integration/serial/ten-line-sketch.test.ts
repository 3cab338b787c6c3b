import { describe, expect, it } from 'vitest';
import { compileSketch, tenLineSketch } from '../../support/arduino-sketch.ts';
import { Bench, pressesMoveIt, seatedOn } from '../../support/boards.ts';
import { RawDevice } from '../../support/mqtt-clients.ts';
import { missing } from '../../support/needs.ts';

const BOUNCE = { bounceMs: 3, edges: 6 };

describe.skipIf(missing('pty', 'arduino-core'))('the sketch of ten lines', () => {
  it('sits down by itself, and its buttons move the paddle', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.rig.add({ name: 's', hex: compileSketch(tenLineSketch()), linkPath: bench.path('s') });
    const session = await seatedOn(running, board.path);
    expect(session.firmware).toBe('text');
    await RawDevice.seated(running.url, 'other');
    await pressesMoveIt(running, board, session, BOUNCE);
  });
});
