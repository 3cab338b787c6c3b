import { describe, expect, it } from 'vitest';
import { decode } from '../../../shared/contract/codec.ts';
import { readPongView, type PongView } from '../../../shared/games/pong/view.ts';
import { PaddlewireError } from '../../../shared/errors.ts';
import { RoomRig } from '../../support/room-rig.ts';

function viewOf(rig: RoomRig): PongView {
  const { message } = decode(rig.states.at(-1) as Uint8Array);
  if (message?.type !== 'SNAPSHOT') throw new Error('no snapshot');
  return readPongView(message.view) as PongView;
}

async function playing(rig: RoomRig, ...devices: string[]): Promise<void> {
  for (const device of devices) rig.room.join(device, '');
  await rig.until(() => rig.room.phase === 'playing');
}

describe('joining', () => {
  it('is first come, first served: a taken side is refused with a code and the free sides', () => {
    const { room } = new RoomRig();
    room.join('a', 'right');
    expect(() => room.join('b', 'right')).toThrow(
      expect.objectContaining({ code: 'seat-taken', detail: { free: ['left', 'up', 'down'] } }),
    );
    expect(() => room.join('b', 'middle')).toThrow(expect.objectContaining({ code: 'seat-unknown' }));
    expect(room.join('b', '').name).toBe('left');
    expect(room.join('c', '').name).toBe('up');
    expect(room.join('d', '').name).toBe('down');
    expect(() => room.join('e', '')).toThrow(expect.objectContaining({ code: 'seat-none-free' }));
  });

  it('twice keeps the seat, and another wish moves it', () => {
    const { room } = new RoomRig();
    room.join('a', '');
    expect(room.join('a', '').name).toBe('left');
    expect(room.join('a', 'down').name).toBe('down');
    expect(room.seats.free).toEqual(['left', 'right', 'up']);
  });

  it('a match begins with two, after a countdown, and a third may join it in play', async () => {
    const rig = new RoomRig();
    rig.room.join('a', '');
    await rig.run(120);
    expect(rig.room.phase).toBe('waiting');
    rig.room.join('b', '');
    expect(rig.room.phase).toBe('countdown');
    expect(rig.room.summary().countdownMs).toBe(1000);
    await rig.run(62);
    expect(rig.room.phase).toBe('playing');
    rig.room.join('c', 'up');
    await rig.run(1);
    expect(viewOf(rig).paddles[2]).not.toBeNull();
  });

  it('an input without a seat moves nobody', async () => {
    const rig = new RoomRig();
    await playing(rig, 'a', 'b');
    expect(() => rig.room.input('stranger', { buttons: 1, axis: null })).toThrow(
      expect.objectContaining({ code: 'seat-missing' }),
    );
    expect(() => rig.room.command('a', 'fly')).toThrow(expect.objectContaining({ code: 'command-invalid' }));
  });
});

describe('an input', () => {
  it('moves its paddle in the very next tick, and only its own', async () => {
    const rig = new RoomRig();
    await playing(rig, 'a', 'b');
    await rig.run(10);
    const before = viewOf(rig);
    rig.room.input('a', { buttons: 1, axis: null });
    await rig.run(1);
    const after = viewOf(rig);
    expect(after.moves[0]).toBe(-1);
    expect(after.paddles[0] as number).toBeLessThan(before.paddles[0] as number);
    expect(after.paddles[1]).toBe(before.paddles[1]);
    expect(rig.room.totals.inputToSnapshot.max).toBeLessThanOrEqual(17);
  });
});

describe('points', () => {
  it('are all in the books when the match is over, which is final only when it is on disk', async () => {
    const rig = new RoomRig({}, { target: 3 });
    rig.book.fast = false;
    await playing(rig, 'a', 'b');
    await rig.until(() => rig.room.phase === 'over');
    await rig.run(600);
    expect(rig.room.summary()).toMatchObject({ final: false, winner: null });
    expect(rig.toldTo('a', 'END')).toEqual([]);
    expect(rig.story).not.toContain('end');
    rig.book.release();
    await rig.run(1);
    expect(rig.room.summary().final).toBe(true);
    expect(rig.room.summary().winner).toMatch(/^(left|right)$/);
    expect(rig.toldTo('a', 'END')).toHaveLength(1);
    expect(rig.book.total).toBe(rig.room.totals.points);
    expect(rig.book.matches.at(-1)).toMatchObject({ outcome: 'win' });
    expect([...rig.book.rows.values()].filter((row) => row.won)).toHaveLength(1);
  });

  it('light and sound: who scored is told so, who hit the ball hears it', async () => {
    const rig = new RoomRig({}, { target: 2 });
    await playing(rig, 'a', 'b');
    await rig.until(() => rig.story.includes('point'));
    const { device } = rig.events.find(({ event }) => event === 'point') ?? {};
    const effects = rig.toldTo(device as string, 'EFFECT');
    expect(effects).toContainEqual({ type: 'EFFECT', effect: 'tone', value: 1320, ms: 150 });
    expect(effects).toContainEqual({ type: 'EFFECT', effect: 'light', value: 2, ms: 600 });
  });

  it('the next match begins by itself', async () => {
    const rig = new RoomRig({}, { target: 1 });
    await playing(rig, 'a', 'b');
    await rig.until(() => rig.room.totals.matches === 4);
    expect(rig.book.matches.filter(({ outcome }) => outcome === 'win')).toHaveLength(3);
    expect(rig.book.total).toBe(rig.room.totals.points);
  });

  it('of a seat that changed hands belong to who scored them', async () => {
    const rig = new RoomRig({ policy: 'remove' }, { target: 99 });
    await playing(rig, 'a', 'b', 'c');
    await rig.until(() => rig.room.totals.points >= 5);
    const scored = rig.book.total;
    rig.room.leave('a');
    rig.room.join('d', 'left');
    await rig.until(() => rig.room.totals.points >= 20);
    expect(rig.book.total).toBe(rig.room.totals.points);
    const newcomer = [...rig.book.rows.values()].find((row) => row.device === 'd');
    expect(newcomer?.points).toBeLessThanOrEqual(20 - scored);
  });

  it('a full score buffer pauses play until the disk has taken it', async () => {
    const rig = new RoomRig();
    await playing(rig, 'a', 'b');
    rig.book.full = true;
    await rig.run(5);
    expect(rig.room.summary()).toMatchObject({ phase: 'paused', reason: 'score-buffer-full' });
    rig.book.full = false;
    await rig.until(() => rig.room.phase === 'playing');
  });
});

describe('a device that vanishes', () => {
  it('pause: play stops at once, and goes on after a countdown when it is back on its seat', async () => {
    const rig = new RoomRig({ policy: 'pause' });
    await playing(rig, 'a', 'b');
    await rig.run(30);
    rig.room.lost('a');
    expect(rig.room.summary()).toMatchObject({ phase: 'paused', reason: 'device-lost' });
    const ball = viewOf(rig).ball;
    await rig.run(300);
    expect(viewOf(rig).ball).toEqual(ball);
    expect(() => rig.room.join('c', 'left')).toThrow(PaddlewireError);
    expect(rig.room.back('a')?.name).toBe('left');
    await rig.run(1);
    expect(rig.room.phase).toBe('countdown');
    await rig.until(() => rig.room.phase === 'playing');
    expect(rig.story).toEqual(['join', 'join', 'start', 'lost', 'pause', 'back', 'resume']);
  });

  it('pause: after the grace time its seat is free, and a match of two ends without a winner', async () => {
    const rig = new RoomRig({ policy: 'pause', graceMs: 1000 });
    await playing(rig, 'a', 'b');
    rig.room.lost('a');
    await rig.run(70);
    expect(rig.room.phase).toBe('waiting');
    expect(rig.book.matches.at(-1)).toMatchObject({ outcome: 'void', winner: null });
    expect(rig.room.seats.free).toContain('left');
  });

  it('pause: of three the other two play on after the grace time', async () => {
    const rig = new RoomRig({ policy: 'pause', graceMs: 1000 });
    await playing(rig, 'a', 'b', 'c');
    rig.room.lost('c');
    await rig.until(() => rig.room.phase === 'playing');
    expect(viewOf(rig).paddles[2]).toBeNull();
  });

  it('freeze: its paddle stands still where it was, play goes on, and no ghost stays after the match', async () => {
    const rig = new RoomRig({ policy: 'freeze' }, { target: 2 });
    await playing(rig, 'a', 'b');
    rig.room.input('a', { buttons: 1, axis: null });
    await rig.run(5);
    rig.room.lost('a');
    await rig.run(1);
    const at = viewOf(rig).paddles[0];
    await rig.run(30);
    expect(rig.room.phase).toBe('playing');
    expect(viewOf(rig).paddles[0]).toBe(at);
    await rig.until(() => rig.room.phase === 'waiting');
    expect(rig.room.seats.free).toContain('left');
  });

  it('freeze: with nobody there at all, play pauses', async () => {
    const rig = new RoomRig({ policy: 'freeze' });
    await playing(rig, 'a', 'b');
    rig.room.lost('a');
    expect(rig.room.phase).toBe('playing');
    rig.room.lost('b');
    expect(rig.room.phase).toBe('paused');
    rig.room.back('b');
    await rig.until(() => rig.room.phase === 'playing');
  });

  it('remove: its paddle is out, the ball is reset, and when it comes back it gets its seat if that is free', async () => {
    const rig = new RoomRig({ policy: 'remove' });
    await playing(rig, 'a', 'b', 'c');
    await rig.until(() => viewOf(rig).server === null);
    rig.room.lost('b');
    await rig.run(1);
    expect(viewOf(rig).paddles[1]).toBeNull();
    expect(viewOf(rig).server).not.toBeNull();
    expect(rig.room.back('b')?.name).toBe('right');
    await rig.run(1);
    expect(viewOf(rig).paddles[1]).not.toBeNull();
    rig.room.lost('b');
    rig.room.join('d', 'right');
    expect(rig.room.back('b')).toBeNull();
  });

  it.each(['pause', 'freeze', 'remove'] as const)('%s: a held key does not go on moving the paddle', async (policy) => {
    const rig = new RoomRig({ policy });
    await playing(rig, 'a', 'b', 'c');
    rig.room.input('a', { buttons: 2, axis: null });
    await rig.run(3);
    rig.room.lost('a');
    rig.room.back('a');
    await rig.until(() => rig.room.phase === 'playing');
    await rig.run(1);
    const at = viewOf(rig).paddles[0];
    await rig.run(20);
    expect(viewOf(rig).paddles[0]).toBe(at);
  });

  it.each(['pause', 'freeze', 'remove'] as const)(
    '%s: no coming and going loses or doubles a point',
    async (policy) => {
      for (let seed = 1; seed <= 8; seed++) {
        const rig = new RoomRig({ policy, graceMs: 2000 }, { target: 4 }, seed * 100);
        const devices = ['a', 'b', 'c', 'd'];
        for (const device of devices) rig.room.join(device, '');
        for (let step = 0; step < 200; step++) {
          const device = devices[(step * seed) % 4] as string;
          if (step % 3 === 0) rig.room.lost(device);
          else if (step % 3 === 1 && rig.room.back(device) === null && rig.room.seats.free.length > 0)
            rig.room.join(device, '');
          else if (step % 7 === 0) rig.room.leave(device);
          await rig.run(15);
        }
        expect(rig.book.total, `seed ${seed}`).toBe(rig.room.totals.points);
        expect(rig.events.filter(({ event }) => event === 'point').length).toBe(rig.room.totals.points);
      }
    },
  );
});

const QUICK = { rounds: 2, waitMinMs: 500, waitMaxMs: 500, limitMs: 30_000, soonestMs: 0, showMs: 30_000 };
const held = (axis: number | null = null): { buttons: number; axis: number | null } => ({ buttons: 1, axis });

async function lit(rig: RoomRig): Promise<void> {
  for (const device of ['a', 'b']) rig.room.join(device, '');
  await rig.until(() => rig.story.includes('go'));
}

const scoreOf = async (rig: RoomRig): Promise<number | undefined> => {
  await rig.run(30);
  return rig.room.summary().scores[0];
};

describe('presses', () => {
  it('a button that was held when the light came is no press, however often it is said and whatever the knob does', async () => {
    const rig = new RoomRig({ countdownMs: 0 }, QUICK, 1, 'reaction');
    for (const device of ['a', 'b']) rig.room.join(device, '');
    rig.room.input('a', held());
    await rig.until(() => rig.room.phase === 'playing');
    for (let tick = 0; tick < 60; tick++) {
      rig.room.input('a', held(tick));
      await rig.run(1);
    }
    expect(rig.story).toContain('go');
    expect(rig.story).not.toContain('false-start');
    expect(await scoreOf(rig)).toBe(0);
    rig.room.input('a', { buttons: 0, axis: 60 });
    rig.room.input('a', held());
    expect(await scoreOf(rig)).toBe(1);
  });

  it('after INPUTs that were lost what is held counts as pressed', async () => {
    const rig = new RoomRig({ countdownMs: 0 }, QUICK, 1, 'reaction');
    await lit(rig);
    rig.room.pause();
    rig.room.input('a', held());
    rig.room.resume();
    await rig.until(() => rig.room.phase === 'playing');
    rig.room.input('a', held(), undefined, true);
    expect(await scoreOf(rig)).toBe(1);
  });

  it('a press while play stands still is none, also when it goes on', async () => {
    const rig = new RoomRig({ countdownMs: 0 }, QUICK, 1, 'reaction');
    await lit(rig);
    rig.room.pause();
    await rig.run(10);
    rig.room.input('a', held());
    rig.room.resume();
    await rig.until(() => rig.room.phase === 'playing');
    expect(await scoreOf(rig)).toBe(0);
    rig.room.input('a', { buttons: 0, axis: null });
    rig.room.input('a', held());
    expect(await scoreOf(rig)).toBe(1);
  });
});

describe('between matches', () => {
  it('who vanished keeps the seat for the grace time, and a newcomer is not told the result of another', async () => {
    const rig = new RoomRig({ restartMs: 200, graceMs: 30_000 }, { target: 1 });
    rig.book.fast = false;
    await playing(rig, 'a', 'b', 'c');
    await rig.until(() => rig.room.phase === 'over');
    rig.room.leave('a');
    rig.room.join('d', 'left');
    rig.room.lost('b');
    rig.book.release();
    rig.book.fast = true;
    await rig.run(60);
    expect(rig.toldTo('a', 'END')).toHaveLength(1);
    expect(rig.toldTo('d', 'END')).toHaveLength(0);
    expect(rig.room.seats.of('b')?.name).toBe('right');
    rig.room.back('b');
    await rig.until(() => rig.room.phase === 'playing');
  });

  it('a room that was closed begins again by itself when enough sit there', async () => {
    const rig = new RoomRig();
    await playing(rig, 'a', 'b');
    await rig.room.close();
    await rig.until(() => rig.room.phase === 'playing');
    expect(rig.book.matches.map(({ outcome }) => outcome)).toEqual([null, 'void', null]);
  });
});

describe('leaving', () => {
  it('frees the seat for others, and the match of two ends without a winner', async () => {
    const rig = new RoomRig();
    await playing(rig, 'a', 'b');
    rig.room.leave('a');
    expect(rig.room.phase).toBe('waiting');
    expect(rig.book.flushes).toBeGreaterThan(0);
    expect(rig.room.join('c', 'left').name).toBe('left');
    expect(rig.room.back('a')).toBeNull();
  });
});

describe('the teacher', () => {
  it('pauses and resumes', async () => {
    const rig = new RoomRig();
    await playing(rig, 'a', 'b');
    rig.room.pause();
    await rig.run(100);
    expect(rig.room.summary()).toMatchObject({ phase: 'paused', reason: 'teacher' });
    rig.room.resume();
    await rig.until(() => rig.room.phase === 'playing');
  });

  it('starts each match where a room waits for that, and nothing begins without the word', async () => {
    const rig = new RoomRig({ begins: 'teacher', policy: 'freeze' }, { target: 1 });
    expect(() => rig.room.start()).toThrow(PaddlewireError);
    for (const device of ['a', 'b']) rig.room.join(device, '');
    await rig.run(600);
    expect(rig.room.summary()).toMatchObject({ phase: 'waiting', begins: 'teacher', match: null });
    rig.room.start();
    await rig.until(() => rig.room.phase === 'playing');
    await rig.until(() => rig.room.summary().final);
    await rig.run(600);
    expect(rig.room.phase).toBe('over');
    // The word during a match is not kept for the next one.
    rig.room.start();
    await rig.until(() => rig.room.phase === 'playing');
    rig.room.start();
    await rig.until(() => rig.room.summary().final);
    await rig.run(600);
    expect(rig.room.phase).toBe('over');
    expect(rig.room.totals.matches).toBe(2);
  });

  it('who asks for a new match need not start it, and a room may change its mind', async () => {
    const rig = new RoomRig({ begins: 'teacher' });
    for (const device of ['a', 'b']) rig.room.join(device, '');
    rig.room.start();
    await rig.until(() => rig.room.phase === 'playing');
    rig.room.reset();
    await rig.until(() => rig.room.phase === 'playing');
    rig.room.leave('a');
    rig.room.join('c', '');
    await rig.run(600);
    expect(rig.room.phase).toBe('waiting');
    rig.room.setBegins('itself');
    await rig.until(() => rig.room.phase === 'playing');
  });
});

describe('a room for one match', () => {
  it('plays it, tells how it ended when that is on disk, and begins no other', async () => {
    const rig = new RoomRig({ once: true, policy: 'end' }, { target: 1 });
    rig.book.fast = false;
    await playing(rig, 'a', 'b');
    await rig.until(() => rig.room.phase === 'over');
    await rig.run(10);
    expect(rig.results).toEqual([]);
    rig.book.fast = true;
    rig.book.release();
    await rig.until(() => rig.results.length > 0);
    const [result] = rig.results;
    expect(result).toMatchObject({
      match: rig.room.summary().match,
      ending: { kind: 'win' },
      players: [
        { index: 0, name: 'left', device: 'a' },
        { index: 1, name: 'right', device: 'b' },
      ],
    });
    expect(result?.scores).toHaveLength(4);
    await rig.run(3600);
    rig.room.reset();
    await rig.run(3600);
    expect(rig.room.totals.matches).toBe(1);
    expect(rig.results).toHaveLength(1);
  });

  it.each(['lost', 'leave'] as const)('ends with who went, where the policy is to end (%s)', async (how) => {
    const rig = new RoomRig({ once: true, policy: 'end' });
    await playing(rig, 'a', 'b');
    rig.room[how]('b');
    await rig.until(() => rig.results.length > 0);
    expect(rig.results).toMatchObject([
      { ending: { kind: 'disconnected', seat: 1 }, players: [{ device: 'a' }, { device: 'b' }] },
    ]);
    expect(rig.room.seats.taken.map(({ device }) => device)).toEqual(['a']);
    rig.room.join('b', '');
    await rig.run(3600);
    expect(rig.room.phase).toBe('waiting');
  });
});

describe('snapshots', () => {
  it('go out once a tick in play and once a second otherwise, in at most 32 bytes', async () => {
    const rig = new RoomRig();
    await rig.run(180);
    expect(rig.states.length).toBe(3);
    await playing(rig, 'a', 'b', 'c', 'd');
    const before = rig.states.length;
    await rig.run(60);
    expect(rig.states.length - before).toBe(60);
    expect(Math.max(...rig.states.map(({ length }) => length))).toBeLessThanOrEqual(32);
  });
});
