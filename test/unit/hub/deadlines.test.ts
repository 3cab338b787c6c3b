/** What an agent says too late, about another match, or wrongly: counted, or refused with a code and with what is wanted. */
import { describe, expect, it } from 'vitest';
import { RoomRig } from '../../support/room-rig.ts';

const TICK_MS = 1000 / 60;

async function playing(): Promise<RoomRig> {
  const rig = new RoomRig({}, { target: 99 });
  rig.room.join('a', 'left');
  rig.room.join('b', 'right');
  await rig.until(() => rig.room.phase === 'playing');
  await rig.run(120);
  return rig;
}

const tickOf = (rig: RoomRig): number => {
  let tick = 0;
  // The room tells its tick only with its events; the newest a command may answer is it.
  while (accepted(rig, tick + 1)) tick++;
  return tick;
};

function accepted(rig: RoomRig, tick: number): boolean {
  try {
    rig.room.command('b', null, undefined, tick);
    return true;
  } catch {
    return false;
  }
}

describe('a command', () => {
  it('is in time within a tick of what it answers, and late afterwards', async () => {
    const rig = await playing();
    const tick = tickOf(rig);
    expect(rig.room.command('a', 'up', undefined, tick)).toBe(false);
    rig.clock.advance(TICK_MS - 1);
    expect(rig.room.command('a', 'up', undefined, tick)).toBe(false);
    rig.clock.advance(2);
    expect(rig.room.command('a', 'up', undefined, tick)).toBe(true);
  });

  it('that is the first of a match has a second', async () => {
    const rig = await playing();
    const tick = tickOf(rig);
    expect(rig.room.command('a', 'up', undefined, tick - 59)).toBe(false);
    expect(rig.room.command('a', 'up', undefined, tick - 59)).toBe(true);
    rig.room.forget('a');
    expect(rig.room.command('a', 'up', undefined, tick - 61)).toBe(true);
  });

  it('that does not say what it answers is never late', async () => {
    const rig = await playing();
    rig.clock.advance(5000);
    expect(rig.room.command('a', 'up')).toBe(false);
  });

  it('in a game in turns has as long as the game gives', async () => {
    const rig = new RoomRig({}, {}, 1, 'sum');
    rig.room.join('a', '1');
    rig.room.join('b', '2');
    await rig.until(() => rig.room.phase === 'playing');
    await rig.run(30);
    const tick = 30;
    expect(rig.room.command('a', null, undefined, tick)).toBe(false);
    rig.clock.advance(1500);
    expect(rig.room.command('a', null, undefined, tick)).toBe(false);
    rig.clock.advance(60_000);
    expect(rig.room.command('a', null, undefined, tick)).toBe(true);
  });

  it('of a tick that has not come is of another match', async () => {
    const rig = await playing();
    expect(() => rig.room.command('a', 'up', undefined, tickOf(rig) + 1)).toThrow(
      expect.objectContaining({ code: 'command-untimely' }),
    );
  });

  it('before a match, and after its end, is refused; the answer to what was seen last is only too late', async () => {
    const rig = new RoomRig({}, { target: 1, serveMs: 0, ballSpeed: 20_000 });
    rig.room.join('a', 'left');
    expect(() => rig.room.command('a', 'up', undefined, 1)).toThrow(
      expect.objectContaining({ code: 'command-untimely' }),
    );
    // Who says no tick means whatever is played next.
    expect(rig.room.command('a', 'up')).toBe(false);
    rig.room.join('b', 'right');
    rig.room.observe('a', true);
    await rig.until(() => rig.room.phase === 'over');
    const seen = rig.toldTo('a', 'OBSERVE').at(-1);
    const last = seen?.type === 'OBSERVE' ? seen.tick : 0;
    expect(rig.room.command('a', 'up', undefined, last)).toBe(false);
    for (const tick of [last - 1, last + 1])
      expect(() => rig.room.command('a', 'up', undefined, tick)).toThrow(
        expect.objectContaining({ code: 'command-untimely' }),
      );
  });

  it('that says nothing changes nothing', async () => {
    const rig = await playing();
    rig.room.command('a', 'up');
    const before = rig.room.seats.of('a')?.command;
    rig.room.command('a', null);
    expect(rig.room.seats.of('a')?.command).toBe(before);
  });

  it.each([
    ['pong', 'jump', { controls: ['up', 'down', 'left', 'right', 'action', 'axis'] }],
    ['pong', [1, 2, 3], { controls: ['up', 'down', 'left', 'right', 'action', 'axis'] }],
    ['rps', Number.NaN, { words: ['rock', 'paper', 'scissors'] }],
  ])('that no game of %s takes is refused with what it wants: %j', async (name, value, detail) => {
    const rig = new RoomRig({}, {}, 1, name);
    rig.room.join('a', '');
    rig.room.join('b', '');
    await rig.until(() => rig.room.phase === 'playing');
    expect(() => rig.room.command('a', value)).toThrow(expect.objectContaining({ code: 'command-invalid', detail }));
  });
});
