import { describe, expect, it } from 'vitest';
import type { RigBoard } from '../../../hardware/emulator/rig.ts';
import type { Session } from '../../../hub/lobby/session.ts';
import { BACKWARD, Bench, FORWARD, seatedOn, settledOn } from '../../support/boards.ts';
import { eventually } from '../../support/eventually.ts';
import type { RunningHub } from '../../support/hubs.ts';
import { missing } from '../../support/needs.ts';

const FAST = 1_000_000;
const FIRST = 115_200;
/** A cable that is too bad for anything over this. */
const BAD_ABOVE = 200_000;

const hubBaud = ({ hub }: RunningHub, { path }: RigBoard): number | null | undefined =>
  hub.ports.find((port) => port.path === path)?.baud;

/** Whether both ends are at about this rate: a chip makes 117647 of 115200. */
async function areAt(running: RunningHub, board: RigBoard, baud: number): Promise<boolean> {
  const own = (await board.stats()).baud;
  return hubBaud(running, board) === baud && Math.abs(own / baud - 1) < 0.04;
}

async function play(session: Session, board: RigBoard, presses: number): Promise<void> {
  for (let press = 0; press < presses; press++) {
    const pin = press % 2 === 0 ? BACKWARD : FORWARD;
    for (const act of ['press', 'release'] as const) {
      const { inputs } = session.counters;
      await board[act](pin);
      await eventually(() => session.counters.inputs > inputs);
    }
  }
}

describe.skipIf(missing('pty'))('a board that can do more than 115200 baud', () => {
  it('is at 1 Mbaud once it is welcome, plays there without loss, and comes back there after a reset', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.plug('fast');
    const session = await settledOn(running, board);
    await eventually(() => areAt(running, board, FAST));
    const { link } = session;
    const lost = JSON.stringify(link?.counters.lost);
    await play(session, board, 20);
    expect(JSON.stringify(link?.counters.lost)).toBe(lost);
    const { restarts } = session;
    await board.reset();
    await eventually(() => session.restarts > restarts);
    await eventually(() => areAt(running, board, FAST));
    await play(session, board, 2);
    // All that by one link: nobody had to open the port again.
    expect(session.link).toBe(link);
  });

  it('plays at 115200 where its cable bears no more', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.plug('bad');
    await board.corrupt({ aboveBaud: BAD_ABOVE, direction: 'both' });
    const session = await seatedOn(running, board.path);
    await eventually(() => areAt(running, board, FIRST));
    await play(session, board, 5);
    expect(hubBaud(running, board)).toBe(FIRST);
  });

  it('goes back when its cable becomes bad, and stays there', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.plug('aging');
    const session = await settledOn(running, board);
    await eventually(() => areAt(running, board, FAST));
    await board.corrupt({ aboveBaud: BAD_ABOVE, direction: 'both' });
    void board.press(BACKWARD, { bounceMs: 5, edges: 6 });
    await eventually(() => areAt(running, board, FIRST));
    await board.release(BACKWARD);
    await seatedOn(running, board.path);
    await play(session, board, 5);
  });

  it('is left at 115200 where the setting says so', async () => {
    const bench = await Bench.start();
    const running = await bench.hub({ PADDLEWIRE_SERIAL_MAX_BAUD: '115200' });
    const board = await bench.plug('slow');
    const session = await settledOn(running, board);
    await play(session, board, 5);
    expect(await areAt(running, board, FIRST)).toBe(true);
  });
});
