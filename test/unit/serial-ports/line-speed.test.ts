import { describe, expect, it } from 'vitest';
import { LineSpeed } from '../../../hub/links/serial/line-speed.ts';
import type { DownMessage } from '../../../shared/contract/messages.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** Of the questions that the line itself asks. */
const OWN_TOKEN = 0xf000_0000;

/** The line as its two ends see it: what the hub says, and at which rate. */
function rig(maxBaud = 1_000_000) {
  const clock = new VirtualClock();
  const said: string[] = [];
  const line = {
    baudRate: 115_200,
    drain: async () => void said.push('drain'),
    setBaud: async (baud: number) => {
      line.baudRate = baud;
      said.push(`at ${baud}`);
      return true;
    },
  };
  let ready = 0;
  const speed = new LineSpeed({
    line,
    clock,
    maxBaud,
    say: (message: DownMessage) => said.push(message.type === 'BAUD' ? `BAUD ${message.baud}` : message.type),
    ready: () => ready++,
  });
  const offer = (baud: number): void => {
    speed.hello(baud);
    speed.welcomed();
  };
  /** A board that answers at the rate it is at, four times a second. */
  const play = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 250) {
      await clock.settle(250);
      speed.heard();
    }
  };
  return { clock, line, said, speed, offer, play, readies: () => ready };
}

/** Up to 1 Mbaud and proven. */
async function fastRig() {
  const bench = rig();
  bench.offer(1_000_000);
  await bench.clock.settle(30);
  bench.speed.pong(OWN_TOKEN, 500);
  bench.said.length = 0;
  return bench;
}

describe('the rate of a line', () => {
  it.each([
    [1_000_000, 1_000_000, 1_000_000],
    [4_000_000, 1_000_000, 1_000_000],
    [999_999, 1_000_000, 500_000],
    [1_000_000, 300_000, 250_000],
    [250_000, 1_000_000, 250_000],
  ])('of a board that can %i and a hub that may %i becomes %i', async (board, hub, rate) => {
    const { clock, line, said, speed, offer, readies } = rig(hub);
    offer(board);
    expect(speed.holds).toBe(true);
    await clock.settle(30);
    expect(said).toEqual([`BAUD ${rate}`, 'drain', `at ${rate}`, 'PING']);
    expect([speed.holds, readies()]).toEqual([true, 0]);
    // Said at the old rate, heard late: no proof.
    speed.heard();
    speed.pong(17, 0);
    expect(speed.holds).toBe(true);
    speed.pong(OWN_TOKEN, 0);
    expect([speed.holds, readies(), line.baudRate]).toEqual([false, 1, rate]);
  });

  it.each([
    [0, 1_000_000],
    [115_200, 1_000_000],
    [200_000, 1_000_000],
    [1_000_000, 115_200],
  ])('of a board that can %i and a hub that may %i stays', async (board, hub) => {
    const { clock, said, speed, offer } = rig(hub);
    offer(board);
    await clock.settle(1000);
    expect([said, speed.holds]).toEqual([[], false]);
  });

  it('is not touched before the board is welcome', async () => {
    const { clock, said, speed } = rig();
    speed.hello(1_000_000);
    await clock.settle(1000);
    expect(said).toEqual([]);
  });

  it('goes back where nothing is heard at the new one, waits for the board, and is tried no second time', async () => {
    const { clock, line, said, speed, offer, readies } = rig();
    offer(1_000_000);
    await clock.settle(400);
    expect(said).toEqual(['BAUD 1000000', 'drain', 'at 1000000', 'PING', 'PING', 'PING', 'at 115200']);
    expect([speed.holds, readies()]).toEqual([true, 0]);
    await clock.settle(400);
    expect([speed.holds, readies(), line.baudRate]).toEqual([false, 1, 115_200]);
    offer(1_000_000);
    await clock.settle(1000);
    expect(said.at(-1)).toBe('at 115200');
  });

  it('goes back when the board is not heard for a second, and up again when it says HELLO', async () => {
    const { clock, line, said, offer, play } = await fastRig();
    await play(5000);
    expect(said).toEqual([]);
    await clock.settle(1500);
    expect([said, line.baudRate]).toEqual([['at 115200'], 115_200]);
    offer(1_000_000);
    await clock.settle(30);
    expect(line.baudRate).toBe(1_000_000);
  });

  it('goes back at once with a board that says HELLO, because that one begins at the first rate', async () => {
    const { clock, line, speed, readies } = await fastRig();
    speed.hello(1_000_000);
    expect(speed.holds).toBe(true);
    await clock.settle(20);
    expect([line.baudRate, speed.holds, readies()]).toEqual([115_200, false, 2]);
  });

  it('is begun anew with a board that starts in the middle of it; an answer to the first try proves nothing', async () => {
    for (const ms of [0, 10, 30, 150]) {
      const { clock, line, speed, offer } = rig();
      offer(1_000_000);
      await clock.settle(ms);
      offer(1_000_000);
      await clock.settle(10);
      speed.welcomed();
      expect(speed.holds).toBe(true);
      await clock.settle(30);
      expect([speed.holds, line.baudRate]).toEqual([true, 1_000_000]);
      if (ms >= 30) speed.pong(OWN_TOKEN, 0);
      expect(speed.holds).toBe(true);
      speed.pong(0xffff_ffff, 0);
      expect(speed.holds).toBe(false);
    }
  });

  it('bears a burst of noise, but goes back for good when an eighth of the frames is lost', async () => {
    const { clock, line, said, speed, offer, play } = await fastRig();
    for (let burst = 0; burst < 5; burst++) {
      speed.lost(3);
      await play(10_000);
    }
    expect(line.baudRate).toBe(1_000_000);
    for (let frame = 0; frame < 32; frame++) {
      if (frame % 8 === 0) speed.lost(1);
      speed.heard();
    }
    await clock.settle(30);
    expect(said).toEqual(['BAUD 115200', 'drain', 'at 115200']);
    await clock.settle(400);
    expect(speed.holds).toBe(false);
    offer(1_000_000);
    await clock.settle(1000);
    expect(line.baudRate).toBe(115_200);
  });

  it('counts what the board lost too, from when it came to this rate', async () => {
    const { clock, line, speed } = await fastRig();
    speed.pong(1, 502);
    await clock.settle(30);
    expect(line.baudRate).toBe(1_000_000);
    speed.pong(2, 504);
    await clock.settle(30);
    expect(line.baudRate).toBe(115_200);
  });

  it('is left alone once the link has ended, at whatever moment', async () => {
    for (const ms of [0, 10, 30, 350, 600]) {
      const { clock, said, speed, offer } = rig();
      offer(1_000_000);
      await clock.settle(ms);
      speed.stop();
      const before = said.length;
      await clock.settle(5000);
      expect(said.length).toBe(before);
    }
  });
});
