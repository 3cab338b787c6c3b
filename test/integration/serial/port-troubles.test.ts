import { SerialPort } from 'serialport';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PortStatus } from '../../../hub/links/serial/serial-ports.ts';
import { encode } from '../../../shared/contract/codec.ts';
import { encodeFrame } from '../../../shared/serial/frame.ts';
import { BACKWARD, Bench, FORWARD, seatedOn, settledOn } from '../../support/boards.ts';
import { eventually } from '../../support/eventually.ts';
import type { RunningHub } from '../../support/hubs.ts';
import { missing } from '../../support/needs.ts';
import { ScriptedBoard } from '../../support/scripted-board.ts';

const portOn = ({ hub }: RunningHub, path: string): PortStatus | undefined =>
  hub.ports.find((port) => port.path === path);

/** Waits for a trouble, and for its being said. */
async function troubleOn(running: RunningHub, path: string, code: string): Promise<string> {
  await eventually(() => portOn(running, path)?.trouble?.code === code);
  return portOn(running, path)?.trouble?.text ?? '';
}

const saidOf = ({ log }: RunningHub, code: string): number => log.filter((line) => line.code === code).length;

const hello = (id: string): Uint8Array =>
  encodeFrame(
    encode({
      type: 'HELLO',
      version: 1,
      id,
      kind: 'board',
      name: '',
      firmware: 'test 1',
      restarts: 0,
      lastSeq: 0,
      wants: 0,
      maxBaud: 0,
    }),
  );

describe.skipIf(missing('pty'))('a port', () => {
  it('that another program has open is called busy, once, and is taken when it is free', async () => {
    const bench = await Bench.start();
    const board = await bench.plug('busy');
    const other = await new Promise<SerialPort>((resolve) => {
      const port = new SerialPort({ path: board.path, baudRate: 115_200 }, () => resolve(port));
    });
    const running = await bench.hub();
    expect(await troubleOn(running, board.path, 'port-busy')).toContain(board.path);
    // Looked at more than once, said once.
    const { opens } = await board.stats();
    await eventually(() => saidOf(running, 'port-busy') === 1);
    await new Promise((resolve) => {
      other.close(resolve);
    });
    await seatedOn(running, board.path);
    expect((await board.stats()).opens).toBeGreaterThan(opens);
    expect(portOn(running, board.path)?.trouble).toBe(null);
    expect(saidOf(running, 'port-busy')).toBe(1);
  });

  it('on which nobody speaks our dialects is said to be so, with what it prints; who speaks later is found', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await ScriptedBoard.plug(bench.path('sensor'));
    const talk = setInterval(() => board.say('temperature 21\r\n'), 50);
    try {
      expect(await troubleOn(running, board.path, 'dialect-unknown')).toContain('"temperature 21"');
    } finally {
      clearInterval(talk);
    }
    const silent = await ScriptedBoard.plug(bench.path('silent'));
    await troubleOn(running, silent.path, 'port-silent');
    board.say(hello('late'));
    await eventually(() => portOn(running, board.path)?.device === 'late');
    expect(portOn(running, board.path)).toMatchObject({ dialect: 'paddlewire', trouble: null });
    silent.say('hello slow\n');
    await eventually(() => portOn(running, silent.path)?.device === 'slow');
  });

  it('that is flooded is not read, costs the others nothing, and plays when it is calm', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const good = await bench.plug('good');
    const session = await seatedOn(running, good.path);
    const wild = await ScriptedBoard.plug(bench.path('wild'));
    await eventually(() => portOn(running, wild.path)?.baud);
    const noise = new Uint8Array(4096).fill(0x55);
    let taken = 0;
    const flood = setInterval(() => {
      for (let time = 0; time < 16; time++) taken += wild.say(noise);
    }, 1);
    onTestFinished(() => clearInterval(flood));
    await troubleOn(running, wild.path, 'port-flooding');
    const before = taken;
    for (let change = 0; change < 20; change++) {
      const { inputs } = session.counters;
      // Each waits for the one before: a release and a press within a few ms are a bounce.
      await good[change % 2 === 0 ? 'press' : 'release'](change % 4 < 2 ? BACKWARD : FORWARD);
      await eventually(() => session.counters.inputs > inputs);
    }
    // It may have written as much as fits into the system and the stream, no more.
    expect(taken - before).toBeLessThan(1_000_000);
    clearInterval(flood);
    await eventually(() => portOn(running, wild.path)?.trouble?.code !== 'port-flooding');
    await eventually(() => {
      wild.say(Uint8Array.of(0, ...hello('wild')));
      return portOn(running, wild.path)?.device === 'wild';
    });
    expect(saidOf(running, 'port-flooding')).toBe(1);
    expect(session.link?.address).toBe(good.path);
  });

  it('that a seated board floods keeps its seat', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await ScriptedBoard.plug(bench.path('loop'));
    await eventually(() => portOn(running, board.path)?.baud);
    board.say('hello loop\n');
    const session = await seatedOn(running, board.path);
    const { link } = session;
    const flood = setInterval(() => board.say('U\nD\n'.repeat(1000)), 1);
    onTestFinished(() => clearInterval(flood));
    await troubleOn(running, board.path, 'port-flooding');
    clearInterval(flood);
    await eventually(() => portOn(running, board.path)?.trouble === null);
    const { inputs } = session.counters;
    board.say('\nA\n');
    await eventually(() => session.counters.inputs > inputs);
    expect([session.link, portOn(running, board.path)?.device]).toEqual([link, 'loop']);
  });

  it('with a board that keeps starting anew is said to be so; one that opening resets is not', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.plug('loose');
    const session = await settledOn(running, board);
    let resets = 0;
    for (; portOn(running, board.path)?.trouble === null; resets++) {
      const { restarts } = session;
      await board.reset();
      await eventually(() => session.restarts > restarts);
      // It plays before it starts again: one that starts between its HELLO and the answer takes that for its own.
      const { inputs } = session.counters;
      await board.press(FORWARD);
      await eventually(() => session.counters.inputs > inputs);
      await board.release(FORWARD);
    }
    expect(resets).toBeGreaterThanOrEqual(3);
    expect(await troubleOn(running, board.path, 'board-restarts')).toContain(board.path);
    expect(saidOf(running, 'board-restarts')).toBe(1);
    const path = bench.path('firm');
    await board.unplug();
    for (let time = 0; time < 4; time++) {
      await board.plug({ linkPath: path });
      await seatedOn(running, path);
      expect(portOn(running, path)?.trouble).toBe(null);
      await board.unplug();
      await eventually(() => session.link === null);
    }
    expect(saidOf(running, 'board-restarts')).toBe(1);
  });

  it('with a board whose id another has names both, and is sound when the other is gone', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const elder = await bench.plug('elder');
    const { id } = await settledOn(running, elder);
    const twin = await bench.plug('twin', await elder.eeprom());
    // The elder keeps it if it answers in time, so on a machine that stands still for a moment the twin may.
    const late = await eventually(() =>
      [twin, elder].find((board) => portOn(running, board.path)?.trouble?.code === 'id-in-use'),
    );
    const first = late === twin ? elder : twin;
    const text = await troubleOn(running, late.path, 'id-in-use');
    for (const named of [id, elder.path, twin.path]) expect(text).toContain(named);
    expect(portOn(running, first.path)).toMatchObject({ device: id, trouble: null });
    await first.unplug();
    await eventually(() => portOn(running, late.path)?.device === id);
    expect(portOn(running, late.path)?.trouble).toBe(null);
  });
});

describe.skipIf(missing('pty'))('a port that is borrowed', () => {
  it('is closed and left alone until it is given back, whatever it was doing', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.plug('lent');
    const session = await settledOn(running, board);
    const lent = await running.hub.serial.borrow(board.path);
    expect([session.link, portOn(running, board.path)?.baud]).toEqual([null, null]);
    const own = await new Promise<Error | null>((resolve) => {
      const port: SerialPort = new SerialPort({ path: board.path, baudRate: 115_200 }, (error) =>
        error === null ? port.close(() => resolve(null)) : resolve(error),
      );
    });
    expect(own).toBe(null);
    lent.release();
    lent.release();
    await seatedOn(running, board.path);
    // While it is looked who is there.
    const dumb = await ScriptedBoard.plug(bench.path('dumb'));
    await eventually(() => portOn(running, dumb.path)?.baud);
    const lentEarly = await running.hub.serial.borrow(dumb.path);
    await eventually(() => !dumb.isOpen);
    lentEarly.release();
    await eventually(() => dumb.isOpen);
    expect(running.log.filter(({ code }) => code !== 'device-gone')).toEqual([]);
  });
});

describe.skipIf(missing('pty'))('a hub that stops', () => {
  it('leaves every port, also one that it was opening, asking or talking on', async () => {
    const bench = await Bench.start();
    const dumb = await ScriptedBoard.plug(bench.path('dumb'));
    for (const until of [() => true, () => dumb.isOpen, (running: RunningHub) => portOn(running, dumb.path)?.baud]) {
      const running = await bench.hub();
      await eventually(() => until(running));
      await running.hub.stop();
      // An opening that was under way ends first.
      await eventually(() => !dumb.isOpen);
      expect(running.hub.ports).toEqual([]);
    }
    const running = await bench.hub();
    await eventually(() => {
      dumb.say('hello dumb\n');
      return portOn(running, dumb.path)?.device === 'dumb';
    });
    await running.hub.stop();
    await eventually(() => !dumb.isOpen);
    expect(running.log.map(({ code }) => code)).toEqual(['device-gone']);
  });
});
