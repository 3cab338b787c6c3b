/** An evening of a maker: a blank board is flashed, plugged in, plays against a pupil's ten lines, is pulled, comes back. */
import { expect, it } from 'vitest';
import { compileSketch, tenLineSketch } from '../support/arduino-sketch.ts';
import { BACKWARD, Bench, FORWARD, seatedOn, settledOn } from '../support/boards.ts';
import { eventually } from '../support/eventually.ts';
import { paddlewire } from '../support/hubs.ts';
import { missing } from '../support/needs.ts';
import { BLANK, unboxed } from '../support/unboxed.ts';

const LIVELY = {
  PADDLEWIRE_PONG_BALL_SPEED: '20000',
  PADDLEWIRE_PONG_PADDLE_SPEED: '10000',
  PADDLEWIRE_PONG_SERVE_MS: '100',
  PADDLEWIRE_PONG_TARGET: '99',
};

it.skipIf(missing('pty', 'optiboot', 'arduino-core'))(
  'from a blank board to a match, and back after the cable',
  async () => {
    const bench = await Bench.start();
    const uno = await unboxed(bench, 'uno', BLANK);
    expect((await paddlewire(['flash', '--port', uno.path])).code).toBe(0);
    const pupils = await bench.rig.add({
      name: 'p',
      hex: compileSketch(tenLineSketch()),
      linkPath: bench.path('pupil'),
    });
    const running = await bench.hub(LIVELY);
    const [session, pupil] = [await settledOn(running, uno), await seatedOn(running, pupils.path)];
    const room = running.hub.rooms.get('main');
    const seat = room?.seats.of(session.id);
    // Both keep out of the ball's way, each with its own button: points fall.
    await uno.press(BACKWARD);
    await pupils.press(FORWARD);
    const points = (): number => room?.summary().scores[seat?.index ?? 0] ?? 0;
    await eventually(() => points() > 0);
    await uno.unplug();
    await eventually(() => room?.phase === 'paused');
    const before = points();
    await uno.release(BACKWARD);
    await uno.plug({ linkPath: bench.path('another') });
    await eventually(() => room?.phase === 'playing');
    expect(room?.seats.of(session.id)).toBe(seat);
    expect(session.link?.address).toBe(bench.path('another'));
    expect(points()).toBe(before);
    expect(room?.seats.of(pupil.id)?.present).toBe(true);
    const { stdout } = await paddlewire(['devices', '--host', running.http.slice('http://'.length)]);
    expect(stdout).toContain(session.name);
  },
);
