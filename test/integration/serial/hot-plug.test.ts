import { describe, expect, it } from 'vitest';
import type { RigBoard } from '../../../hardware/emulator/rig.ts';
import type { Session } from '../../../hub/lobby/session.ts';
import { BACKWARD, Bench, FORWARD, settledOn } from '../../support/boards.ts';
import { eventually } from '../../support/eventually.ts';
import type { RunningHub } from '../../support/hubs.ts';
import { missing } from '../../support/needs.ts';
import { Random } from '../../support/random.ts';

const BOARDS = 4;
const CYCLES = 50;
const BOUNCE = { bounceMs: 5, edges: 6 };

const moment = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Pulls a board at some moment of its talk and puts it back somewhere: sooner than a hub can look, or later. */
async function replug(board: RigBoard, paths: readonly string[], random: Random): Promise<void> {
  const pin = random.pick([BACKWARD, FORWARD]);
  if (random.below(2) === 0) void board.press(pin, BOUNCE);
  await moment(random.below(30));
  await board.unplug();
  void board.release(pin);
  if (random.below(2) === 0) await moment(random.below(120));
  await board.plug({ linkPath: random.below(4) === 0 ? board.path : random.pick(paths) });
}

/** The board is back by a new link, on the port where it is now. */
function isBack({ hub }: RunningHub, session: Session, board: RigBoard, births: number): boolean {
  const seat = hub.rooms.get('main')?.seats.of(session.id);
  return session.births > births && session.link?.address === board.path && seat?.present === true;
}

describe.skipIf(missing('pty'))('boards that are pulled and put into any port', () => {
  it(`have seat, name and number again, ${BOARDS * CYCLES} of ${BOARDS * CYCLES} times`, async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const boards = await Promise.all(Array.from({ length: BOARDS }, (_, number) => bench.plug(`${number}-0`)));
    const sessions = await Promise.all(boards.map((board) => settledOn(running, board)));
    const sides = sessions.map(({ id }) => running.hub.rooms.get('main')?.seats.of(id)?.name);
    expect(new Set(sides).size).toBe(BOARDS);
    const back = await Promise.all(
      boards.map(async (board, number) => {
        const random = new Random(number + 1);
        const session = sessions[number] as Session;
        const { id, name } = session;
        const paths = Array.from({ length: 6 }, (_, port) => bench.path(`${number}-${port}`));
        let times = 0;
        for (let cycle = 0; cycle < CYCLES; cycle++) {
          const { births } = session;
          await replug(board, paths, random);
          await eventually(() => isBack(running, session, board, births));
          const seat = running.hub.rooms.get('main')?.seats.of(id);
          if (seat?.name === sides[number] && session.name === name && running.hub.lobby.session(id) === session)
            times++;
        }
        return times;
      }),
    );
    expect(back).toEqual(boards.map(() => CYCLES));
    expect([...running.hub.lobby.sessions].length).toBe(BOARDS);
    expect(running.log.filter(({ code }) => code === 'internal-error' || code === 'id-in-use')).toEqual([]);
  }, 120_000);
});
