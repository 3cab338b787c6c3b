import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RealTimeRig, type RigBoard, type RigBoardOptions } from '../../../hardware/emulator/rig.ts';
import { missing } from '../../support/needs.ts';
import { changeOf } from '../../support/pin-changes.ts';
import {
  ECHO_HEX,
  HANG,
  HELLO,
  LIGHT_OFF,
  LIGHT_ON,
  PRESSED,
  RELEASED,
  TONE_OFF,
  TONE_ON,
  WHO,
} from './echo-firmware.ts';

/** A serial port as the hub would hold it, with all it received, and ways to wait for it. */
class Host {
  readonly received: number[] = [];
  readonly arrivals: bigint[] = [];
  closes = 0;
  readonly port: SerialPort;
  #waiting: (() => void)[] = [];

  constructor(path: string) {
    this.port = new SerialPort({ path, baudRate: 115_200, autoOpen: false });
    this.port.on('data', (data: Buffer) => {
      const now = process.hrtime.bigint();
      for (const byte of data) {
        this.received.push(byte);
        this.arrivals.push(now);
      }
      this.#wake();
    });
    this.port.on('close', () => {
      this.closes++;
      this.#wake();
    });
    this.port.on('error', () => {});
  }

  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.port.open((error) => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.port.isOpen) resolve();
      else this.port.close(() => resolve());
    });
  }

  write(...bytes: number[]): void {
    this.port.write(Buffer.from(bytes));
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /**
   * Waits until the port is gone. serialport 13 may miss a hang-up that comes right behind data (its read loops for
   * ever); a write tells it, so a host that speaks now and then, as the hub does, always notices.
   */
  async hungUp(): Promise<void> {
    while (this.closes === 0) {
      this.write(2);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Asks the board who it is, and forgets all it said. @returns the number of its start */
  async greeting(): Promise<number> {
    this.write(WHO);
    await this.until(() => this.received.includes(HELLO) && this.received.length >= this.received.indexOf(HELLO) + 2);
    const start = this.received[this.received.indexOf(HELLO) + 1]!;
    this.received.length = 0;
    this.arrivals.length = 0;
    return start;
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Waits until the board has run 10 ms more, long enough for its program to have started. */
async function started(board: RigBoard): Promise<void> {
  const { cycles } = await board.stats();
  while ((await board.stats()).cycles < cycles + 160_000);
}

describe.skipIf(missing('pty'))('RealTimeRig', () => {
  let folder: string;
  let rig: RealTimeRig;
  let hosts: Host[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddlewire-rig-'));
    rig = new RealTimeRig();
    hosts = [];
    await rig.start();
  });

  afterEach(async () => {
    await Promise.all(hosts.map((host) => host.close()));
    await rig.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const add = (name: string, options: Partial<RigBoardOptions> = {}): Promise<RigBoard> =>
    rig.add({
      name,
      hex: ECHO_HEX,
      linkPath: join(folder, 'ports', name),
      bootMs: 0,
      wiring: { light: 13, tone: 9 },
      ...options,
    });

  const connect = async (path: string): Promise<Host> => {
    const host = new Host(path);
    hosts.push(host);
    await host.open();
    return host;
  };

  it('is a board on a serial port, reset by opening it', async () => {
    const board = await add('one');
    expect(board.path).toBe(join(folder, 'ports', 'one'));
    expect(readlinkSync(board.path)).toMatch(/^\/dev\/pts\//);
    const host = await connect(board.path);
    const first = await host.greeting();
    host.write(...Array.from({ length: 100 }, (_, index) => index));
    await host.until(() => host.received.length >= 100);
    expect(host.received).toEqual(Array.from({ length: 100 }, (_, index) => index));
    await host.close();
    while ((await board.stats()).portOpen);
    const again = await connect(board.path);
    expect(await again.greeting()).toBe(first + 1);
    const stats = await board.stats();
    expect(stats).toMatchObject({ opens: 2, bytesFromHost: 102, bytesToHost: 104, bytesCorrupted: 0, portOpen: true });
    expect(stats.counters).toMatchObject({ bytesIn: 102, overruns: 0 });
    expect((await board.eeprom())[0]).toBe(first + 1);
  });

  it('leaves the board running when asked not to reset it', async () => {
    const eeprom = new Uint8Array(1024).fill(7);
    const board = await add('one', { resetOnOpen: false, eeprom });
    const host = await connect(board.path);
    host.write(1, 2, 3);
    await host.until(() => host.received.length >= 3);
    await host.close();
    while ((await board.stats()).portOpen);
    expect(await (await connect(board.path)).greeting()).toBe(8);
    expect((await board.eeprom())[0]).toBe(8);
    expect((await board.stats()).opens).toBe(2);
    expect((await board.stats()).counters.resets).toBe(1);
  });

  it('presses buttons with bounce and says when', async () => {
    const board = await add('one');
    const host = await connect(board.path);
    await host.greeting();
    const press = await board.press(2);
    await host.until(() => host.received.includes(PRESSED));
    expect(host.received).toEqual([PRESSED]);
    // The firmware does not debounce, so whoever holds the port sees the contact bounce.
    const release = await board.release(2, { bounceMs: 20, edges: 40 });
    await host.until(() => host.received.length >= 5);
    expect(host.received.slice(0, 5)).toEqual([PRESSED, RELEASED, PRESSED, RELEASED, PRESSED]);
    expect(host.arrivals[0]! > press.wallNs).toBe(true);
    const { presses } = await board.stats();
    expect(presses).toEqual([press, release]);
    expect(release.cycle).toBeGreaterThan(press.cycle);
  });

  it('shows the light and lets the piezo be heard', async () => {
    const board = await add('one');
    const host = await connect(board.path);
    await host.greeting();
    expect(await board.pins()).toEqual({ light: false, tone: 0 });
    const lit = changeOf(board, ({ light }) => light);
    host.write(LIGHT_ON);
    expect((await lit).tone).toBe(0);
    const sounding = changeOf(board, ({ tone }) => tone > 0);
    host.write(TONE_ON);
    expect((await sounding).tone).toBeCloseTo(440, -1);
    expect((await board.pins()).tone).toBeCloseTo(440, 0);
    const silent = changeOf(board, ({ tone }) => tone === 0);
    host.write(TONE_OFF);
    expect((await silent).light).toBe(true);
    const dark = changeOf(board, ({ light }) => !light);
    host.write(LIGHT_OFF);
    await dark;
    expect(await board.pins()).toEqual({ light: false, tone: 0 });
  });

  it('loses its port and comes back under another path', async () => {
    const board = await add('one');
    const host = await connect(board.path);
    const start = await host.greeting();
    const old = board.path;
    const device = readlinkSync(old);
    await board.unplug();
    await host.hungUp();
    expect(existsSync(old)).toBe(false);
    expect(lstatSync(old, { throwIfNoEntry: false })).toBeUndefined();
    expect(await board.stats()).toMatchObject({ plugged: false, portOpen: false });
    const still = (await board.stats()).cycles;
    expect((await board.stats()).cycles).toBe(still);
    // Somebody else takes the old device number, so that the board gets another.
    const other = await add('two');
    await board.plug({ linkPath: join(folder, 'ports', 'elsewhere') });
    await started(board);
    expect(board.path).not.toBe(old);
    expect(readlinkSync(other.path)).not.toBe(readlinkSync(board.path));
    expect(device).toMatch(/^\/dev\/pts\//);
    const again = await connect(board.path);
    // One start by power, one by opening the port.
    expect(await again.greeting()).toBe(start + 2);
    again.write(42);
    await again.until(() => again.received.includes(42));
    expect((await board.stats()).opens).toBe(2);
  });

  it('hangs up even while data is on its way, when the host keeps writing', async () => {
    const board = await add('one');
    const host = await connect(board.path);
    await host.greeting();
    host.write(...Array.from({ length: 64 }, () => 1));
    await host.until(() => host.received.length > 0);
    await board.unplug();
    await host.hungUp();
    expect(host.port.isOpen).toBe(false);
  });

  it('hangs up though a child process was started meanwhile', async () => {
    const board = await add('one');
    const host = await connect(board.path);
    await host.greeting();
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: rig.childStdio(['pipe', 'ignore', 'inherit']),
    });
    try {
      await once(child, 'spawn');
      await board.unplug();
      await host.hungUp();
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });

  it('freezes and thaws: what came meanwhile is lost, the port stays open', async () => {
    const board = await add('one');
    const host = await connect(board.path);
    await host.greeting();
    await board.freeze();
    const { cycles } = await board.stats();
    host.write(1, 2, 3);
    await new Promise<void>((resolve) => host.port.drain(() => resolve()));
    // The rig reads the port each turn; once it has, the bytes are gone.
    while ((await board.stats()).bytesFromHost < 4);
    expect(await board.stats()).toMatchObject({ cycles, frozen: true, portOpen: true });
    await board.thaw();
    host.write(9);
    await host.until(() => host.received.length > 0);
    expect(host.received).toEqual([9]);
    expect(host.closes).toBe(0);
    expect((await board.stats()).cycles).toBeGreaterThan(cycles);
  });

  it('can be reset by its button when the program hangs', async () => {
    const board = await add('one');
    const host = await connect(board.path);
    const start = await host.greeting();
    host.write(HANG, 1);
    while ((await board.stats()).counters.bytesIn < 3);
    await board.reset();
    expect(await host.greeting()).toBe(start + 1);
  });

  it('spoils bytes, either way, as often as asked', async () => {
    const board = await add('one');
    const host = await connect(board.path);
    await host.greeting();
    const sent = Array.from({ length: 90 }, () => 0x55);
    await board.corrupt({ everyNthByte: 10, direction: 'toHost' });
    host.write(...sent);
    await host.until(() => host.received.length >= 90);
    const spoiled = host.received.flatMap((byte, index) => (byte === 0x55 ? [] : [index]));
    expect(spoiled).toEqual([9, 19, 29, 39, 49, 59, 69, 79, 89]);
    expect((await board.stats()).bytesCorrupted).toBe(9);
    await board.corrupt(null);
    host.received.length = 0;
    host.write(...sent);
    await host.until(() => host.received.length >= 90);
    expect(host.received).toEqual(sent);
    await board.corrupt({ probability: 1, direction: 'toBoard' });
    host.write(0x55);
    while ((await board.stats()).counters.bytesIn < 182);
    expect((await board.stats()).bytesCorrupted).toBe(10);
  });

  it('reads an analog input', async () => {
    const board = await add('one');
    await board.setAnalog(0, 2.5);
    await expect(board.setAnalog(9, 1)).rejects.toThrow('analog');
    await expect(board.press(99)).rejects.toThrow('pin');
  });

  it('refuses broken firmware and a path that is taken, and leaves nothing behind', async () => {
    await expect(add('broken', { hex: 'nonsense' })).rejects.toThrow('line 1');
    expect(lstatSync(join(folder, 'ports', 'broken'), { throwIfNoEntry: false })).toBeUndefined();
    const file = join(folder, 'file');
    writeFileSync(file, 'mine');
    await expect(add('taken', { linkPath: file })).rejects.toThrow('in the way');
    expect(lstatSync(file).isFile()).toBe(true);
  });

  it('runs several boards beside each other', async () => {
    const boards = await Promise.all(['a', 'b', 'c'].map((name) => add(name)));
    const connected = await Promise.all(boards.map(({ path }) => connect(path)));
    await Promise.all(connected.map((host) => host.greeting()));
    for (const [index, host] of connected.entries()) host.write(index, index, index);
    await Promise.all(connected.map((host) => host.until(() => host.received.length >= 3)));
    expect(connected.map(({ received }) => received)).toEqual([0, 1, 2].map((index) => [index, index, index]));
  });

  it('removes its links and hangs everybody up when it stops, twice if need be, and can start again', async () => {
    const board = await add('one');
    const host = await connect(board.path);
    await host.greeting();
    await rig.stop();
    await host.hungUp();
    expect(lstatSync(board.path, { throwIfNoEntry: false })).toBeUndefined();
    await rig.stop();
    await expect(board.stats()).rejects.toThrow('not running');
    await expect(add('late')).rejects.toThrow('not running');
    await rig.start();
    await rig.start();
    const again = await add('one');
    expect(await (await connect(again.path)).greeting()).toBeLessThan(2);
  });
});
