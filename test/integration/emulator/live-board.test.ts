import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encode } from '../../../shared/contract/codec.ts';
import type { DownMessage } from '../../../shared/contract/messages.ts';
import { encodeFrame } from '../../../shared/serial/frame.ts';
import { HEX } from '../../firmware/support/paddle-bench.ts';
import { LiveBoard } from '../../../hardware/emulator/rig/live-board.ts';
import type { BoardSetup } from '../../../hardware/emulator/rig/protocol.ts';
import { openPty } from '../../../hardware/emulator/rig/pty.ts';
import { missing } from '../../support/needs.ts';
import { ECHO_HEX, HELLO, WHO } from './echo-firmware.ts';

const MS = 1e6;
const CYCLES_PER_MS = 16_000;

/** What is there to read; nothing if nothing is. */
function read(fd: number): number[] {
  const buffer = new Uint8Array(256);
  try {
    return [...buffer.subarray(0, readSync(fd, buffer))];
  } catch {
    return [];
  }
}

/** The rig's board on a real pseudo-terminal, but with a clock of our own. */
describe.skipIf(missing('pty'))('LiveBoard', () => {
  let board: LiveBoard;
  let path: string;
  let host: number | null;

  const make = async (options: Partial<BoardSetup> = {}): Promise<void> => {
    const pty = await openPty();
    path = pty.path;
    board = new LiveBoard(
      {
        name: 'one',
        hex: ECHO_HEX,
        bootloader: null,
        eeprom: null,
        resetOnOpen: true,
        bootMs: 50,
        wiring: { light: 13, tone: 9 },
        master: pty.master,
        seed: 1,
        ...options,
      },
      0,
    );
  };

  const open = (): number => openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  /** One turn each half ms. */
  const run = (fromMs: number, toMs: number): void => {
    for (let ms = fromMs; ms <= toMs; ms += 0.5) board.turn(() => ms * MS);
  };

  beforeEach(() => {
    host = null;
  });
  afterEach(() => {
    board.unplug();
    if (host !== null) closeSync(host);
  });

  it('runs with the clock it is given, whether or not its port is open', async () => {
    await make();
    run(0, 10);
    expect(board.stats().cycles).toBeGreaterThanOrEqual(10 * CYCLES_PER_MS);
    expect(board.stats().cycles).toBeLessThan(10 * CYCLES_PER_MS + 10);
  });

  it('is held in reset while it boots, and hears nothing then', async () => {
    await make();
    run(0, 10);
    host = open();
    writeSync(host, Uint8Array.of(WHO));
    run(10.5, 60);
    const { cycles } = board.stats();
    expect(cycles).toBeLessThan(11 * CYCLES_PER_MS);
    run(60.5, 70);
    expect(read(host)).toEqual([]);
    writeSync(host, Uint8Array.of(WHO));
    run(70.5, 80);
    expect(read(host)).toEqual([HELLO, 1]);
    expect(board.stats()).toMatchObject({ opens: 1, slips: 0, bytesFromHost: 2, bytesToHost: 2 });
  });

  it('does not echo what the board sends, though nobody has set the terminal up', async () => {
    await make({ bootMs: 0 });
    host = open();
    board.turn(() => 0);
    writeSync(host, Uint8Array.of(13, 3, 4, 26));
    run(0.5, 5);
    expect(read(host)).toEqual([13, 3, 4, 26]);
    expect(board.stats().counters.bytesIn).toBe(4);
  });

  it('drops what nobody can read', async () => {
    await make({ bootMs: 0 });
    host = open();
    board.turn(() => 0);
    writeSync(host, Uint8Array.of(WHO));
    board.turn(() => 0.05 * MS);
    closeSync(host);
    host = null;
    run(1, 5);
    expect(board.stats()).toMatchObject({ bytesToHost: 0, bytesDropped: 2, portOpen: false });
  });

  it('drops bytes when the host does not read for so long that the system holds no more', async () => {
    await make({ bootMs: 0 });
    host = open();
    board.turn(() => 0);
    const flood = new Uint8Array(400).fill(1);
    for (let ms = 0; ms < 3000; ms += 40) {
      writeSync(host, flood);
      run(ms, ms + 39.5);
    }
    const { bytesToHost, bytesDropped, bytesFromHost } = board.stats();
    expect(bytesFromHost).toBe(30_000);
    expect(bytesDropped).toBeGreaterThan(0);
    expect(bytesToHost + bytesDropped).toBeGreaterThan(29_000);
  });

  it('slips when it is too late to catch up, and says how long', async () => {
    await make();
    run(0, 10);
    board.turn(() => 110 * MS);
    run(110.5, 120);
    const { cycles, slips, slippedMs } = board.stats();
    expect(slips).toBe(1);
    expect(slippedMs).toBeCloseTo(100, 0);
    expect(cycles / CYCLES_PER_MS).toBeCloseTo(20, 0);
  });

  it('does not slip by being frozen or unplugged', async () => {
    await make();
    run(0, 10);
    board.freeze();
    run(10.5, 500);
    board.thaw(500 * MS);
    run(500.5, 510);
    expect(board.stats().cycles / CYCLES_PER_MS).toBeCloseTo(20, 0);
    board.unplug();
    run(510.5, 900);
    const pty = await openPty();
    board.plug(pty.master, 900 * MS);
    run(900.5, 910);
    expect(board.stats()).toMatchObject({ slips: 0, plugged: true });
    expect(board.stats().cycles / CYCLES_PER_MS).toBeCloseTo(30, 0);
    expect(board.eeprom[0]).toBe(1);
  });

  it('tells the rate of its port, and spoils all bytes while that is above the fault', async () => {
    await make({ hex: HEX, resetOnOpen: false });
    expect(board.stats().baud).toBe(0);
    host = open();
    const say = (message: DownMessage): void => void writeSync(host ?? -1, encodeFrame(encode(message)));
    run(0, 100);
    expect(board.stats().baud).toBe(117_647);
    board.noise.set({ aboveBaud: 500_000 });
    say({ type: 'PING', token: 1 });
    run(100.5, 120);
    expect(board.stats().bytesCorrupted).toBe(0);
    say({ type: 'BAUD', baud: 500_000 });
    run(120.5, 150);
    say({ type: 'PING', token: 2 });
    run(150.5, 170);
    expect(board.stats()).toMatchObject({ baud: 500_000, bytesCorrupted: 0 });
    say({ type: 'BAUD', baud: 1_000_000 });
    run(170.5, 200);
    expect(board.stats().baud).toBe(1_000_000);
    const ping = encodeFrame(encode({ type: 'PING', token: 3 }));
    writeSync(host, ping);
    run(200.5, 900);
    // Spoilt, so there was no answer either; and the board has gone back by itself.
    expect(board.stats()).toMatchObject({ baud: 117_647, bytesCorrupted: ping.length });
  });

  it('reports light and tone only when they change', async () => {
    await make({ bootMs: 0 });
    host = open();
    board.turn(() => 0);
    expect(board.change(0n)).toBeNull();
    writeSync(host, Uint8Array.of(0x80));
    run(0.5, 5);
    expect(board.change(5n)).toMatchObject({ light: true, tone: 0, wallNs: 5n });
    expect(board.change(6n)).toBeNull();
    board.reset();
    expect(board.change(7n)).toMatchObject({ light: false });
  });
});
