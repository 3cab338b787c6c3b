/** The micro:bit's program in its true firmware, under QEMU. QEMU has no motion sensor, and does not light the LEDs. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageUrl } from '../../../shared/package-files.ts';
import { seatedOn } from '../../support/boards.ts';
import { eventually } from '../../support/eventually.ts';
import { startHub } from '../../support/hubs.ts';
import { MAX_SCRIPT_BYTES, QemuMicrobit, UsbLine } from '../../support/microbit.ts';
import { RawDevice } from '../../support/mqtt-clients.ts';
import { missing } from '../../support/needs.ts';

/** Of the chip that QEMU makes. */
const ID = 'microbit-0300000078563412';

/** Its seat, its points and the 5 by 5 picture of its display. Its line takes 64 bytes at a time. */
const LOOK = ['pixel=display.get_pixel\r', 'print(seat,points,[pixel(i%5,i//5) for i in range(25)])\r'];

const PICTURES = {
  two: '9990000090099009000099990',
  happy: '0000009090000009000909990',
  sad: '0000009090000000999090009',
  asleep: '0000099099000000999000000',
};

/** Stops the program, as an editor would, and looks at what is left of it. */
async function look(usb: UsbLine): Promise<{ seat: string; points: number; picture: string }> {
  usb.say('\u0003');
  await usb.until('>>> ');
  for (const line of LOOK) {
    usb.say(line);
    await usb.until('\n');
  }
  const [seat = '', points = '', ...pixels] = (await usb.until(']')).split(' ');
  return { seat, points: Number(points), picture: pixels.join('').replaceAll(/\D/g, '') };
}

/** Waits until its program runs: it answers a press. What it said before is forgotten. */
async function running(board: QemuMicrobit, usb: UsbLine): Promise<void> {
  board.button('A', true);
  await usb.until('U\r\n');
  board.button('A', false);
  await usb.until('S\r\n');
}

/**
 * On a busy computer the serial line of QEMU's chip now and then takes nothing more, even at the firmware's own prompt:
 * one of a hundred boards with `-icount`, one of thirty without. Then another one is started.
 */
const STUCK = { timeout: 20_000, retry: 4 };

describe.skipIf(missing('qemu-system-arm', 'microbit-firmware', 'pty'))('the program of a micro:bit', STUCK, () => {
  let program: string;

  beforeAll(() => {
    program = readFileSync(packageUrl('device/microbit/paddle.py'), 'utf8');
  });

  it('fits behind the firmware of a V1', () => {
    expect(Buffer.byteLength(program)).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
  });

  it('says who it is when asked, and each change of its buttons once', async () => {
    const board = await QemuMicrobit.start(program);
    const usb = await UsbLine.open(board.path);
    await running(board, usb);
    usb.say('hello?\n');
    expect(await usb.until('\n')).toBe(`hello ${ID} \r\n`);
    const presses: readonly [button: 'A' | 'B', held: boolean, line: string][] = [
      ['A', true, 'U\r\n'],
      ['A', false, 'S\r\n'],
      ['B', true, 'D\r\n'],
      ['A', true, 'S\r\nA\r\n'],
      ['A', false, 'D\r\n'],
      ['B', false, 'S\r\n'],
    ];
    for (const [button, held, line] of presses) {
      board.button(button, held);
      expect(await usb.until(line)).toBe(line);
    }
    for (let press = 0; press < 50; press++) {
      board.button('A', true);
      expect(await usb.until('U\r\n')).toBe('U\r\n');
      board.button('A', false);
      expect(await usb.until('S\r\n')).toBe('S\r\n');
    }
  });

  it('plays on a hub: gets a seat, moves its paddle, and shows its points', async () => {
    const board = await QemuMicrobit.start(program);
    const quick = { PADDLEWIRE_PONG_BALL_SPEED: '50000', PADDLEWIRE_PONG_SERVE_MS: '0', PADDLEWIRE_PONG_TARGET: '50' };
    const started = await startHub({ 'serial.ports': [board.path] }, quick);
    const session = await seatedOn(started, board.path);
    expect([session.id, session.firmware]).toEqual([ID, 'text']);
    const command = (): unknown => started.hub.rooms.get('main')?.seats.of(ID)?.command;
    for (const [button, held, meant] of [
      ['A', true, 1],
      ['A', false, 0],
      ['B', true, 2],
      ['B', false, 0],
    ] as const) {
      board.button(button, held);
      await eventually(() => command() === meant);
    }
    await RawDevice.seated(started.url, 'other');
    await eventually(() => /"points":3/.test(session.score));
    await started.hub.stop();
    const { seat, points } = await look(await UsbLine.open(board.path));
    expect(seat).toBe('0');
    // The newest line may have been cut off with the port.
    expect(points).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['its points', 'seat right\nscore 3 2 0 0\n', { seat: '1', points: 2, picture: PICTURES.two }],
    ['points of two digits, one after the other', 'seat left\nscore 12 0 0 0\n', { seat: '0', points: 12 }],
    ['its points in a quiz', 'seat 9\nscore 0 0 0 0 0 0 0 0 2 0\n', { seat: '8', points: 2, picture: PICTURES.two }],
    ['a face for a point', 'seat up\npoint\nscore 0 0 1 0\n', { seat: '2', points: 1, picture: PICTURES.happy }],
    ['a face for a lost match', 'seat left\nloss\n', { seat: '0', points: 0, picture: PICTURES.sad }],
    ['that it has no seat', 'seat left\nseat none\n', { seat: 'None', points: 0, picture: PICTURES.asleep }],
    [
      'what it knows, whatever else comes',
      '\n\u00ff x\nscore\nseat\nseat here\nscore 1\n',
      { seat: 'None', picture: PICTURES.asleep },
    ],
  ])('shows %s', async (_what, lines, seen) => {
    const board = await QemuMicrobit.start(program);
    const usb = await UsbLine.open(board.path);
    await running(board, usb);
    usb.say(lines);
    // What was said before this is obeyed when this is answered.
    usb.say('hello?\n');
    await usb.until(`hello ${ID} \r\n`);
    expect(await look(usb)).toMatchObject(seen);
  });
});
