import { symlinkSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openPty } from '../../../hardware/emulator/rig/pty.ts';
import { decode, encode } from '../../../shared/contract/codec.ts';
import { topics } from '../../../shared/contract/topics.ts';
import { readPongView, type PongView } from '../../../shared/games/pong/view.ts';
import { encodeFrame } from '../../../shared/serial/frame.ts';
import { BACKWARD, Bench, FIRMWARE, FORWARD, seatedOn, settledOn } from '../../support/boards.ts';
import { eventually } from '../../support/eventually.ts';
import { mqttClient, RawDevice, type TestClient } from '../../support/mqtt-clients.ts';
import { missing } from '../../support/needs.ts';

const BOUNCE = { bounceMs: 9, edges: 10 };

async function spectator(url: string): Promise<{ view: () => PongView | undefined; client: TestClient }> {
  const client = await mqttClient(url, {}, [topics.state('main'), topics.scoreboard('main')]);
  return {
    client,
    view: () => {
      const last = client.received.findLast(({ topic }) => topic === topics.state('main'));
      const message = last === undefined ? undefined : decode(last.payload).message;
      return message?.type === 'SNAPSHOT' ? (readPongView(message.view) ?? undefined) : undefined;
    },
  };
}

describe.skipIf(missing('pty'))('a press on a real pin', () => {
  it('moves the paddle in the snapshot, once a press whatever the bounce; the board hears and shows what happens', async () => {
    const bench = await Bench.start();
    const running = await bench.hub({ PADDLEWIRE_PONG_BALL_SPEED: '20000', PADDLEWIRE_PONG_SERVE_MS: '100' });
    const board = await bench.plug('a');
    const session = await seatedOn(running, board.path);
    await RawDevice.seated(running.url, 'other');
    const { view } = await spectator(running.url);
    await eventually(() => running.hub.rooms.get('main')?.phase === 'playing');
    const tones = new Set<number>();
    board.onPinChange(({ tone }) => tones.add(tone));
    const before = session.counters.inputs;
    for (const [pin, move] of [
      [BACKWARD, -1],
      [FORWARD, 1],
    ] as const) {
      for (let time = 0; time < 5; time++) {
        await board.press(pin, BOUNCE);
        await eventually(() => view()?.moves[0] === move);
        await board.release(pin, BOUNCE);
        await eventually(() => view()?.moves[0] === 0);
      }
    }
    expect(session.counters).toMatchObject({ inputs: before + 20, stale: 0, missed: 0 });
    await eventually(() => running.hub.rooms.get('main')!.totals.points >= 1);
    await eventually(() => [...tones].some((tone) => tone > 0));
    expect(session.id).toMatch(/^uno-[0-9a-f]{8}$/);
  });
});

describe.skipIf(missing('pty'))('a board that is pulled', () => {
  it('and put back under another path in play keeps its seat and its points', async () => {
    const bench = await Bench.start();
    const running = await bench.hub({
      PADDLEWIRE_PONG_BALL_SPEED: '50000',
      PADDLEWIRE_PONG_SERVE_MS: '0',
      PADDLEWIRE_PONG_TARGET: '99',
    });
    const board = await bench.plug('first');
    const session = await settledOn(running, board);
    await RawDevice.seated(running.url, 'other');
    const room = running.hub.rooms.get('main')!;
    await eventually(() => room.totals.points >= 3);
    const points = (): number => room.summary().scores[0] ?? 0;
    await board.unplug();
    await eventually(() => room.phase === 'paused');
    const scored = points();
    await board.plug({ linkPath: bench.path('second') });
    const again = await seatedOn(running, bench.path('second'));
    expect(again.id).toBe(session.id);
    expect(room.seats.of(session.id)?.name).toBe('left');
    await eventually(() => room.phase === 'playing');
    expect(points()).toBeGreaterThanOrEqual(scored);
    expect(room.summary().match).not.toBeNull();
  });

  it('again and again, at any moment of its talk, is always found again on its seat', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.plug('x0');
    const { id } = await settledOn(running, board);
    for (let cycle = 1; cycle <= 12; cycle++) {
      // In the middle of a frame more often than not: the moment at which serialport may miss a hang-up.
      void board.press(cycle % 2 === 0 ? BACKWARD : FORWARD, BOUNCE);
      await board.unplug();
      void board.release(cycle % 2 === 0 ? BACKWARD : FORWARD);
      await board.plug({ linkPath: bench.path(`x${cycle}`) });
      const session = await seatedOn(running, bench.path(`x${cycle}`));
      expect(session.id).toBe(id);
      expect(running.hub.rooms.get('main')?.seats.of(id)?.name).toBe('left');
    }
  });

  it('or that hangs is told apart: its port is closed, its seat waits, and it comes back when it runs again', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.plug('hung');
    const { id } = await seatedOn(running, board.path);
    await board.freeze();
    await eventually(() =>
      running.log.some(({ code, detail }) => code === 'device-gone' && detail['reason'] === 'port-silent'),
    );
    expect(running.hub.rooms.get('main')?.seats.of(id)?.present).toBe(false);
    await board.thaw();
    expect((await seatedOn(running, board.path)).id).toBe(id);
  });

  it('or reset comes back by its own HELLO', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.plug('r');
    const session = await seatedOn(running, board.path);
    const { restarts } = session;
    await board.reset();
    await eventually(() => session.restarts > restarts && running.hub.rooms.get('main')?.seats.of(session.id)?.present);
  });
});

describe.skipIf(missing('pty'))('a hub that restarts', () => {
  it('is found again by a board that was never reset', async () => {
    const bench = await Bench.start();
    const first = await bench.hub();
    const board = await bench.rig.add({
      name: 'n',
      hex: FIRMWARE,
      linkPath: bench.path('n'),
      resetOnOpen: false,
    });
    const { id } = await seatedOn(first, board.path);
    await first.hub.stop();
    const second = await bench.hub();
    expect((await seatedOn(second, board.path)).id).toBe(id);
  });
});

describe.skipIf(missing('pty'))('two boards with one id', () => {
  it('the elder keeps it, the other is told so, and both ports stay usable', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const elder = await bench.plug('elder');
    const session = await settledOn(running, elder);
    const twin = await bench.plug('twin', await elder.eeprom());
    await eventually(() => running.hub.lobby.refusals.get('id-in-use'));
    expect(session.link?.address).toBe(elder.path);
    await RawDevice.seated(running.url, 'other');
    await elder.press(BACKWARD);
    await eventually(() => session.counters.inputs > 0);
    // When the elder is gone, its id is free for the other.
    await elder.unplug();
    await eventually(() => running.hub.lobby.session(session.id)?.link?.address === twin.path);
  });
});

describe.skipIf(missing('pty'))('a line that is spoiled', () => {
  it('loses frames by cause, and the board plays on', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const board = await bench.plug('noisy');
    const session = await seatedOn(running, board.path);
    const lost = (): number => Object.values(session.link?.counters.lost ?? {}).reduce((sum, count) => sum + count, 0);
    await board.corrupt({ everyNthByte: 13, direction: 'toHost' });
    for (let press = 0; lost() < 5; press++) {
      await board.press(BACKWARD);
      await board.release(BACKWARD);
    }
    await board.corrupt(null);
    const { inputs } = session.counters;
    await board.press(FORWARD);
    await eventually(() => session.counters.inputs > inputs);
    await board.release(FORWARD);
  });

  it('garbage, and 10,000 bytes without a delimiter, are counted; a device that speaks after them is heard', async () => {
    const bench = await Bench.start();
    const running = await bench.hub();
    const pty = await openPty();
    symlinkSync(pty.path, bench.path('wild'));
    const say = (bytes: Uint8Array): void => {
      for (let at = 0; at < bytes.length;) at += tryWrite(pty.master, bytes.subarray(at, at + 1024));
    };
    const hello = {
      type: 'HELLO',
      version: 1,
      id: 'wild',
      kind: 'board',
      name: '',
      firmware: 'test 1',
      restarts: 0,
      lastSeq: 0,
      wants: 0,
      maxBaud: 0,
    } as const;
    const frame = encodeFrame(encode(hello));
    await eventually(() => {
      say(frame);
      return running.hub.lobby.session('wild');
    });
    const link = running.hub.lobby.session('wild')?.link;
    say(new Uint8Array(10_000).fill(0x42));
    say(Uint8Array.of(0, 1, 2, 3, 0, 0xff, 0xff, 0));
    say(frame);
    await eventually(() => (link?.counters.lost['tooLong'] ?? 0) === 1);
    await eventually(() => (link?.counters.framesIn ?? 0) > 1);
    say(encodeFrame(Uint8Array.of(0x9f, 0xff)));
    await eventually(() => running.hub.lobby.refusals.get('message-malformed'));
    expect(running.hub.rooms.get('main')?.phase).toBe('waiting');
  });
});

/** @returns how many bytes the port took; none while its buffer is full */
function tryWrite(fd: number, bytes: Uint8Array): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}
