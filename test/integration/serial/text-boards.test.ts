import { describe, expect, it } from 'vitest';
import type { HubParts } from '../../../hub/hub.ts';
import type { Session } from '../../../hub/lobby/session.ts';
import { Bench, seatedOn } from '../../support/boards.ts';
import { eventually } from '../../support/eventually.ts';
import type { RunningHub } from '../../support/hubs.ts';
import { RawDevice } from '../../support/mqtt-clients.ts';
import { missing } from '../../support/needs.ts';
import { ScriptedBoard } from '../../support/scripted-board.ts';

const QUICK = { PADDLEWIRE_PONG_BALL_SPEED: '50000', PADDLEWIRE_PONG_SERVE_MS: '0', PADDLEWIRE_PONG_TARGET: '3' };

const commandOf = ({ hub }: RunningHub, { id }: Session): unknown => hub.rooms.get('main')?.seats.of(id)?.command;

/** What USB would tell of boards on these paths. */
const usb = (serialNumbers: Record<string, string>): Partial<HubParts> => ({
  listPorts: () =>
    Promise.resolve(
      Object.entries(serialNumbers).map(([path, serialNumber]) => ({
        path,
        serialNumber,
        vendorId: '0d28',
        productId: '0204',
      })),
    ),
});

describe.skipIf(missing('pty'))('a board that prints lines', () => {
  it('plays: sits down by itself, moves, taps, turns, and is told what happens', async () => {
    const bench = await Bench.start();
    const running = await bench.hub(QUICK);
    const board = await ScriptedBoard.plug(bench.path('t'));
    await eventually(() => running.hub.ports[0]?.baud);
    board.say('booting\r\nhello desk-3 Anna\r\nU\r\n');
    const session = await seatedOn(running, board.path);
    expect([session.id, session.name, session.firmware]).toEqual(['desk-3', 'Anna', 'text']);
    // Also what it said before anybody knew what it speaks.
    await eventually(() => commandOf(running, session) === 1);
    for (const [line, command] of [
      ['d', 2],
      ['S', 0],
      ['U', 1],
      ['s', 0],
    ] as const) {
      board.say(`${line}\n`);
      await eventually(() => commandOf(running, session) === command);
    }
    const { inputs } = session.counters;
    board.say('A\n');
    await eventually(() => session.counters.inputs === inputs + 2);
    board.say('axis 1023\n');
    await eventually(() => session.counters.inputs === inputs + 3);
    // What is not understood is answered, but not each time.
    await eventually(() => {
      board.say('volume 11\nvolume 11\n');
      return board.text.includes('? volume 11\n');
    });
    await RawDevice.seated(running.url, 'other');
    await eventually(() => /\n(win|loss)\n/.test(board.text));
    const lines = board.text.split('\n');
    for (const line of ['welcome Anna', 'seat left', 'start']) expect(lines).toContain(line);
    expect(lines.some((line) => /^score \d+( \d+)+$/.test(line))).toBe(true);
    expect(lines.filter((line) => line === '? volume 11').length).toBe(1);
    running.hub.lobby.send(session.id, { type: 'EFFECT', effect: 'identify', value: 0, ms: 1000 });
    await eventually(() => board.text.includes('\nidentify\n'));
    expect(running.hub.ports).toMatchObject([
      { path: board.path, dialect: 'text', device: 'desk-3', trouble: null, baud: 115_200 },
    ]);
  });

  it('says its id when it is asked, however long it has run', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board: ScriptedBoard = await ScriptedBoard.plug(bench.path('t'), () => {
      if (board.text.endsWith('hello?\n')) board.say('hello micro-7 Kim\n');
    });
    expect((await seatedOn(running, board.path)).id).toBe('micro-7');
  });

  it('of two with one id the elder keeps its seat, and who is second is told so', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const boards = [await ScriptedBoard.plug(bench.path('a')), await ScriptedBoard.plug(bench.path('b'))] as const;
    await eventually(() => running.hub.ports.length === 2 && running.hub.ports.every(({ baud }) => baud !== null));
    boards[0].say('hello twin Ada\n');
    const session = await seatedOn(running, boards[0].path);
    const refused = (): number => running.hub.lobby.refusals.get('id-in-use') ?? 0;
    // More than once: it asks again and again.
    await eventually(() => {
      boards[1].say('hello twin Ben\n');
      return refused() >= 2;
    });
    expect(session).toMatchObject({ name: 'Ada', births: 1, link: { address: boards[0].path } });
    expect(running.hub.ports.find(({ path }) => path === boards[1].path)?.trouble?.code).toBe('id-in-use');
    boards[0].unplug();
    await eventually(() => session.link?.address === boards[1].path);
  });

  it('is the same on another port, by its USB serial number; without one, by its port', async () => {
    const bench = await Bench.start();
    const [one, two, three] = ['1', '2', '3'].map((name) => bench.path(name)) as [string, string, string];
    const numbers: Record<string, string> = { [one]: '9900' };
    const running = await bench.hub({}, usb(numbers));
    const chatty = async (path: string): Promise<{ board: ScriptedBoard; session: Session }> => {
      const board = await ScriptedBoard.plug(path);
      const talk = setInterval(() => board.say('S\n'), 20);
      const session = await seatedOn(running, path);
      clearInterval(talk);
      return { board, session };
    };
    const first = await chatty(one);
    first.board.unplug();
    await eventually(() => first.session.link === null);
    delete numbers[one];
    numbers[two] = '9900';
    const again = await chatty(two);
    expect([again.session.id, again.session]).toEqual([first.session.id, first.session]);
    const other = await chatty(three);
    expect(other.session.id).not.toBe(first.session.id);
    other.board.unplug();
    await eventually(() => other.session.link === null);
    expect((await chatty(three)).session.id).toBe(other.session.id);
    expect(running.hub.ports.find(({ path }) => path === two)?.usb).toMatchObject({ serialNumber: '9900' });
  });
});
