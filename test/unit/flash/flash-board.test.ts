/** The flasher against the real optiboot in the emulated chip, in virtual time. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { EmulatedUno, F_CPU } from '../../../hardware/emulator/uno.ts';
import { flashBoard, type FlashProgress } from '../../../hub/flash/flash-board.ts';
import { ATMEGA328P } from '../../../hub/flash/program-image.ts';
import type { BoardLine } from '../../../hub/flash/stk500.ts';
import { parseIntelHex } from '../../../shared/firmware/intel-hex.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { missing } from '../../support/needs.ts';
import { optiboot } from '../../support/optiboot.ts';
import { Random } from '../../support/random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { assemble, SEND_R16, START_USART, toIntelHex } from '../emulator/support/assemble.ts';

const PADDLE = readFileSync(packageUrl('device/firmware/uno/paddle-uno.hex'), 'utf8');
const FIRMATA = readFileSync(
  createRequire(import.meta.url).resolve('stk500/arduino-1.0.6/uno/StandardFirmata.cpp.hex'),
  'utf8',
);
const TICK_MS = 1;
const SHORT_PAGES = 20;
/** A program that runs as soon as its first page is there, and says so without end: for failures, which are the same however long it is. */
const SHORT = shortProgram();

function shortProgram(): string {
  const image = new Random(1).bytes(SHORT_PAGES * ATMEGA328P.pageBytes);
  const source = `${START_USART}\nldi r16, 0x2b\nagain:\nrcall send\nrjmp again\n${SEND_R16}`;
  for (const { address, bytes } of parseIntelHex(assemble(source), image.length)) image.set(bytes, address);
  return toIntelHex(image);
}

const nobodyListens: (bytes: Uint8Array) => void = () => {};

/** An Uno with nothing on it but its boot loader, and a line to it that can be cut or spoiled. */
class BlankUno implements BoardLine {
  readonly path = '/dev/ttyACM0';
  readonly uno = new EmulatedUno();
  readonly clock = new VirtualClock();
  #listeners = new Set<(bytes: Uint8Array) => void>();
  #closers = new Set<() => void>();
  #baud = 115_200;
  written = 0;
  /** What becomes of the bytes to the board. */
  spoil: (bytes: Uint8Array, written: number) => Uint8Array = (bytes) => bytes;
  cut = false;

  constructor() {
    this.uno.load(optiboot(), { bootloader: true });
    this.uno.onTx((byte) => {
      if (!this.cut) for (const listener of this.#listeners) listener(Uint8Array.of(byte));
    });
  }

  write(bytes: Uint8Array): void {
    const sent = this.spoil(bytes, this.written);
    this.written += bytes.length;
    if (!this.cut) this.uno.write(sent, this.#baud);
  }

  listen(onBytes: (bytes: Uint8Array) => void, onClose: () => void): () => void {
    this.#listeners.add(onBytes);
    this.#closers.add(onClose);
    return () => {
      this.#listeners.delete(onBytes);
      this.#closers.delete(onClose);
    };
  }

  setBaud(baud: number): Promise<void> {
    this.#baud = baud;
    return Promise.resolve();
  }

  reset(): Promise<void> {
    this.uno.reset('external');
    return Promise.resolve();
  }

  unplug(): void {
    this.cut = true;
    for (const close of this.#closers) close();
  }

  /** Lets virtual time pass until something is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    const over = { yes: false };
    const settled = work.finally(() => (over.yes = true)).catch(() => {});
    while (!over.yes) {
      this.uno.run(this.uno.cycle + (F_CPU / 1000) * TICK_MS);
      this.clock.advance(TICK_MS);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await settled;
    return work;
  }

  flash(hex: string, onProgress?: (progress: FlashProgress) => void): ReturnType<typeof flashBoard> {
    const parts = { line: this, clock: this.clock, hex };
    return this.during(flashBoard(onProgress === undefined ? parts : { ...parts, onProgress }));
  }

  /** Whether the flash holds exactly this program, byte by byte. */
  holds(hex: string): boolean {
    const flash = this.uno.flash;
    return parseIntelHex(hex, 0x8000).every(({ address, bytes }) =>
      bytes.every((byte, at) => flash[address + at] === byte),
    );
  }

  /** What the board says within so many ms. */
  async says(ms: number): Promise<Buffer> {
    const said: number[] = [];
    const unlisten = this.listen(
      (bytes) => said.push(...bytes),
      () => {},
    );
    const from = this.clock.now();
    await this.during(
      (async () => {
        while (this.clock.now() < from + ms) await new Promise((resolve) => setImmediate(resolve));
      })(),
    );
    unlisten();
    return Buffer.from(said);
  }
}

describe.skipIf(missing('optiboot'))('flashing a blank Uno', () => {
  it('writes our program, verifies it, and it runs', async () => {
    const board = new BlankUno();
    const progress: FlashProgress[] = [];
    const { pages } = await board.flash(PADDLE, (step) => progress.push(step));
    expect(board.holds(PADDLE)).toBe(true);
    expect(progress.filter(({ stage }) => stage === 'write').map(({ done }) => done)).toEqual(
      Array.from({ length: pages }, (_, index) => index + 1),
    );
    expect(progress.at(-1)).toEqual({ stage: 'verify', done: pages, of: pages });
    expect((await board.says(3000)).includes('uno ')).toBe(true);
  });

  it('writes StandardFirmata back, and ours again over it', async () => {
    const board = new BlankUno();
    await board.flash(PADDLE);
    await board.flash(FIRMATA);
    expect(board.holds(FIRMATA)).toBe(true);
    await board.flash(PADDLE);
    expect(board.holds(PADDLE)).toBe(true);
  });

  it('interrupted at any byte it leaves a board that can be flashed again, and never half a program that runs', async () => {
    const whole = new BlankUno();
    await whole.flash(SHORT);
    const bytes = whole.written;
    expect((await whole.says(100)).length).toBeGreaterThan(0);
    for (const part of [0.05, 0.6]) {
      const board = new BlankUno();
      // As a programmer would have put it there: the boot loader stays.
      board.uno.load(FIRMATA);
      const until = Math.floor(bytes * part);
      board.spoil = (sent, written) => {
        if (written >= until) board.unplug();
        return sent;
      };
      await expect(board.flash(SHORT)).rejects.toMatchObject({ code: 'port-lost' });
      board.spoil = (sent) => sent;
      board.cut = false;
      board.uno.reset('power');
      if (!board.holds(SHORT)) expect((await board.says(600)).length).toBe(0);
      await board.flash(SHORT);
      expect(board.holds(SHORT)).toBe(true);
    }
  });

  it('a byte that is lost or changed on the way is noticed, and all is written again', async () => {
    for (const spoil of [
      (bytes: Uint8Array) => bytes.slice(0, -1),
      (bytes: Uint8Array) => bytes.map((byte, at) => (at === 20 ? byte ^ 4 : byte)),
    ]) {
      const board = new BlankUno();
      let pages = 0;
      // The tenth page that is written, once.
      board.spoil = (bytes) => (bytes.length > 100 && ++pages === 10 ? spoil(bytes) : bytes);
      await board.flash(SHORT);
      expect(pages).toBeGreaterThan(10 + SHORT_PAGES);
      expect(board.holds(SHORT)).toBe(true);
    }
  });

  it('a line that spoils everything is said after three attempts', async () => {
    const board = new BlankUno();
    board.spoil = (bytes) => (bytes.length > 100 ? bytes.map((byte) => byte ^ 1) : bytes);
    await expect(board.flash(SHORT)).rejects.toMatchObject({ code: 'flash-failed' });
  });
});

describe('what cannot be flashed', () => {
  it.each([
    ['no hex', 'hello'],
    ['cut off', PADDLE.slice(0, 4000)],
    ['too large', ':107E00000102030405060708090A0B0C0D0E0F10EA\n:00000001FF\n'],
    ['without a beginning', ':0101000001FD\n:00000001FF\n'],
  ])('%s is refused before the board is touched', async (_, hex) => {
    const line = { path: 'x' } as BoardLine;
    await expect(flashBoard({ line, clock: new VirtualClock(), hex })).rejects.toMatchObject({ code: 'hex-unusable' });
  });

  it('a port on which no boot loader answers is said, after both rates were tried', async () => {
    const clock = new VirtualClock();
    const rates: number[] = [];
    const line: BoardLine = {
      path: '/dev/ttyACM7',
      write: () => {},
      listen: () => () => {},
      setBaud: (baud) => Promise.resolve(void rates.push(baud)),
      reset: () => Promise.resolve(),
    };
    const flashed = flashBoard({ line, clock, hex: PADDLE }).catch((error: unknown) => error);
    await clock.settle(12_000, 50);
    expect(await flashed).toMatchObject({ code: 'boot-loader-silent', message: expect.stringContaining('ttyACM7') });
    expect(rates).toEqual([115_200, 57_600]);
  });

  it('another chip is named', async () => {
    const clock = new VirtualClock();
    let listener = nobodyListens;
    const line: BoardLine = {
      path: 'x',
      write: (bytes) =>
        queueMicrotask(() =>
          listener(Uint8Array.from(bytes[0] === 0x75 ? [0x14, 0x1e, 0x94, 0x06, 0x10] : [0x14, 0x10])),
        ),
      listen: (onBytes) => {
        listener = onBytes;
        return () => {};
      },
      setBaud: () => Promise.resolve(),
      reset: () => Promise.resolve(),
    };
    const flashed = flashBoard({ line, clock, hex: PADDLE });
    await expect(flashed).rejects.toMatchObject({ code: 'board-wrong', message: expect.stringContaining('ATmega168') });
  });
});
