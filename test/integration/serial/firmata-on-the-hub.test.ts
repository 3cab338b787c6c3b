import { describe, expect, it } from 'vitest';
import { BACKWARD, Bench, pressesMoveIt, seatedOn } from '../../support/boards.ts';
import { eventually } from '../../support/eventually.ts';
import { RawDevice } from '../../support/mqtt-clients.ts';
import { missing } from '../../support/needs.ts';

const BOUNCE = { bounceMs: 9, edges: 10 };

describe.skipIf(missing('pty'))('a board with StandardFirmata on the hub', () => {
  it('plays by its buttons, once a press whatever the bounce, and hears its tones', async () => {
    const bench = await Bench.start();
    const running = await bench.hub({ PADDLEWIRE_PONG_BALL_SPEED: '20000', PADDLEWIRE_PONG_SERVE_MS: '0' });
    const board = await bench.plugFirmata('a');
    const session = await seatedOn(running, board.path);
    await RawDevice.seated(running.url, 'other');
    const tones: number[] = [];
    board.onPinChange(({ tone }) => tones.push(tone));
    await pressesMoveIt(running, board, session, BOUNCE);
    expect(session.counters).toMatchObject({ inputs: 4, stale: 0, missed: 0 });
    expect(session.firmware).toMatch(/firmata/i);
    await eventually(() => tones.some((tone) => tone > 100));
  });

  it('that is pulled and put back keeps its seat', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.plugFirmata('b');
    const { id } = await seatedOn(running, board.path);
    await board.unplug();
    await eventually(() => running.hub.rooms.get('main')?.seats.of(id)?.present === false);
    await board.plug();
    expect((await seatedOn(running, board.path)).id).toBe(id);
    expect(running.hub.rooms.get('main')?.seats.of(id)?.name).toBe('left');
  });

  it('may be pulled at any moment, also while it is spoken to', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.plugFirmata('e');
    const session = await seatedOn(running, board.path);
    for (let cycle = 0; cycle < 3; cycle++) {
      // Bytes on their way to a port that is gone come back as an error of the port.
      const speaking = setInterval(() => {
        for (let tone = 0; tone < 20; tone++)
          running.hub.lobby.send(session.id, { type: 'EFFECT', effect: 'tone', value: 440, ms: 20 });
        running.hub.lobby.send(session.id, { type: 'PING', token: 1 });
      }, 1);
      await board.unplug();
      await eventually(() => session.link === null);
      clearInterval(speaking);
      await board.plug();
      await seatedOn(running, board.path);
    }
  });

  it('does not disturb one with our firmware beside it', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const [firmata, ours] = [await bench.plugFirmata('c'), await bench.plug('d')];
    const session = await seatedOn(running, ours.path);
    await seatedOn(running, firmata.path);
    await firmata.unplug();
    await ours.press(BACKWARD, BOUNCE);
    await eventually(() => session.counters.inputs > 0);
    await ours.release(BACKWARD);
  });
});
