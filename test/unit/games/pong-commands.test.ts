/** Buttons, axis and agents' words, and what paddles do with them. */
import { describe, expect, it } from 'vitest';
import { BUTTON } from '../../../shared/contract/messages.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import { open, run, withPaddleAt } from './play.ts';

const { up, down, left, right, action } = BUTTON;
const [LEFT, RIGHT, UP, DOWN] = [0, 1, 2, 3] as const;
const ALL = [LEFT, RIGHT, UP, DOWN];

/** Which way the seat's paddle goes in one tick with these buttons. */
function moveWith(seat: number, buttons: number): number {
  const start = open({ seats: ALL });
  const commands = ALL.map((index) => (index === seat ? pong.command({ buttons, axis: null }, seat) : null));
  return pong.step(start, commands, []).paddles[seat as 0].move;
}

const heldAt = (tick: number): number => (tick < 10 ? up : tick < 20 ? up | down : down);

const placeWith = (axis: number, ticks: number, seat: 0 | 3 = LEFT): number => {
  const command = pong.command({ buttons: 0, axis }, seat);
  return run(open({ seats: ALL }), ticks, () => ALL.map(() => command)).state.paddles[seat].at / 256;
};

const moves = (value: unknown, seat: number): number | null => {
  const command = pong.validate(value, seat);
  return command === null
    ? null
    : pong.step(
        open({ seats: ALL }),
        ALL.map(() => command),
        [],
      ).paddles[seat as 0].move;
};

describe('buttons', () => {
  it.each([LEFT, RIGHT])('seat %i goes by up and down only', (seat) => {
    expect([up, down, left, right, action].map((buttons) => moveWith(seat, buttons))).toEqual([-1, 1, 0, 0, 0]);
    expect(moveWith(seat, up | left | right)).toBe(-1);
  });

  it.each([UP, DOWN])('seat %i goes by left and right, and by up and down of a board with two buttons', (seat) => {
    expect([up, down, left, right, action].map((buttons) => moveWith(seat, buttons))).toEqual([-1, 1, -1, 1, 0]);
  });

  it.each(ALL)('seat %i stands still with opposite buttons held, and goes on when one is let go', (seat) => {
    expect(moveWith(seat, up | down)).toBe(0);
    expect(moveWith(seat, up)).toBe(-1);
    expect(moveWith(seat, down)).toBe(1);
  });

  it('a held button drives the paddle to the wall and never back', () => {
    const hold = pong.command({ buttons: up, axis: null }, LEFT);
    let state = open();
    let before = state.paddles[LEFT].at;
    for (let tick = 0; tick < 600; tick++) {
      state = pong.step(state, [hold], []);
      expect(state.paddles[LEFT].at).toBeLessThanOrEqual(before);
      before = state.paddles[LEFT].at;
    }
    expect(before).toBe(30 * 256);
    expect(state.paddles[LEFT].move).toBe(0);
  });

  it('letting go of one of two held keys moves on with the other', () => {
    const places = [9, 19, 29].map(
      (ticks) =>
        run(open(), ticks, (tick) => [pong.command({ buttons: heldAt(tick), axis: null }, LEFT)]).state.paddles[LEFT],
    );
    expect(places.map(({ move }) => move)).toEqual([-1, 0, 1]);
  });

  it('a seat without a command stands still', () => {
    expect(run(open(), 50, () => [null]).state.paddles[LEFT].at).toBe(300 * 256);
    expect(run(open(), 50, () => []).state.paddles[LEFT].at).toBe(300 * 256);
  });
});

describe('the axis', () => {
  it('0 and 4095 are the ends of the side, and the paddle stays there', () => {
    expect(placeWith(0, 400)).toBe(30);
    expect(placeWith(4095, 400)).toBe(570);
    expect(placeWith(4095, 400, DOWN)).toBe(855);
    expect(Math.abs(placeWith(2048, 400) - 300)).toBeLessThan(1);
  });

  it('is followed at no more than the speed of a paddle', () => {
    expect(placeWith(4095, 60)).toBe(420);
    expect(placeWith(0, 1)).toBe(298);
  });

  it('gives way to a held direction', () => {
    const command = pong.command({ buttons: down, axis: 0 }, LEFT);
    expect(pong.step(open(), [command], []).paddles[LEFT].move).toBe(1);
    expect(pong.step(open(), [pong.command({ buttons: up | down, axis: 4095 }, LEFT)], []).paddles[LEFT].move).toBe(0);
  });
});

describe('values of agents', () => {
  it('takes words', () => {
    expect(['up', 'down', 'left', 'right', 'none', 'stop', 'serve'].map((word) => moves(word, LEFT))).toEqual([
      -1, 1, 0, 0, 0, 0, 0,
    ]);
    expect(['up', 'down', 'left', 'right'].map((word) => moves(word, DOWN))).toEqual([-1, 1, -1, 1]);
  });

  it('takes objects', () => {
    expect([-1, 0, 1].map((move) => moves({ move }, RIGHT))).toEqual([-1, 0, 1]);
    expect(moves({ move: 0, to: 0 }, RIGHT)).toBe(-1);
    expect(moves({ to: 4095 }, RIGHT)).toBe(1);
    expect(moves({ move: -1, to: 4095, serve: true }, RIGHT)).toBe(-1);
  });

  it.each(['serve', { move: 0, serve: true }, { serve: true }])('serves with %j', (value) => {
    const start = open({ seats: ALL });
    const { events } = run(start, 1, () => ALL.map((seat) => pong.validate(value, seat)));
    expect(events).toEqual([{ kind: 'serve', seat: start.rally.server }]);
  });

  it('does not serve with serve: false', () => {
    expect(run(open(), 1, () => [0, 1].map((seat) => pong.validate({ move: 0, serve: false }, seat))).events).toEqual(
      [],
    );
  });

  const REFUSED: unknown[] = [
    null,
    undefined,
    true,
    NaN,
    Infinity,
    0,
    1,
    -1,
    1e308,
    5n,
    Symbol('up'),
    () => 'up',
    '',
    'UP',
    'up ',
    'toString',
    '__proto__',
    'x'.repeat(100_000),
    [],
    ['up'],
    [1],
    {},
    { move: 2 },
    { move: '1' },
    { move: NaN },
    { move: 0.5 },
    { move: null },
    { move: 1n },
    { move: 0, to: -1 },
    { move: 0, to: 4096 },
    { move: 0, to: 1.5 },
    { move: 0, to: NaN },
    { to: null },
    { to: '7' },
    { move: 0, serve: 1 },
    { move: 0, serve: null },
    { move: 0, extra: 1 },
    { constructor: 1 },
    new Map([['move', 1]]),
    new Date(0),
  ];

  it.each(REFUSED.map((value) => [value]))('refuses %o', (value) => {
    expect(ALL.map((seat) => pong.validate(value, seat))).toEqual([null, null, null, null]);
  });

  it('keeps a command a small integer, so that journals hold it', () => {
    for (const axis of [null, 0, 4095]) {
      for (let buttons = 0; buttons < 256; buttons++) {
        const command = pong.command({ buttons, axis }, LEFT);
        expect(Number.isInteger(command) && command >= 0 && command < 2 ** 16).toBe(true);
      }
    }
  });
});

describe('the words of the MLGame wiki', () => {
  it('move the paddles above and below', () => {
    for (const seat of [UP, DOWN]) {
      const words = ['MOVE_LEFT', 'MOVE_RIGHT', 'NONE', 'SERVE_TO_LEFT', 'SERVE_TO_RIGHT'];
      expect(words.map((word) => moves(word, seat))).toEqual([-1, 1, 0, 0, 0]);
    }
  });

  it('serve to the side that they name, at a random angle, and at once', () => {
    for (const [word, sign] of [
      ['SERVE_TO_LEFT', -1],
      ['SERVE_TO_RIGHT', 1],
    ] as const) {
      const angles = new Set<number>();
      for (let seed = 0; seed < 30; seed++) {
        const start = open({ seats: [UP, DOWN], seed });
        const command = pong.validate(word, start.rally.server);
        const served = pong.step(
          start,
          ALL.map(() => command),
          [],
        );
        expect(served.rally.server).toBe(-1);
        const [x, y] = served.ball.velocity;
        expect(Math.sign(x)).toBe(sign);
        expect(Math.abs(y)).toBeGreaterThanOrEqual(Math.abs(x) - 2);
        angles.add(x);
      }
      expect(angles.size).toBeGreaterThan(15);
    }
  });

  it('serve at the press only: who says it all the time waits as everybody does', () => {
    const start = open({ seats: [UP, DOWN] });
    const command = pong.validate('SERVE_TO_LEFT', start.rally.server);
    const commands = ALL.map(() => command);
    const paddles = start.paddles.map((paddle) => ({ ...paddle, action: 2 as const }));
    const held = { ...start, paddles: paddles as unknown as typeof start.paddles };
    expect(pong.step(held, commands, []).rally.server).toBe(start.rally.server);
    expect(
      pong.step(
        held,
        ALL.map(() => pong.validate('SERVE_TO_RIGHT', UP)),
        [],
      ).rally.server,
    ).toBe(-1);
  });

  it('mean nothing on the left and on the right', () => {
    for (const word of ['MOVE_LEFT', 'MOVE_RIGHT', 'SERVE_TO_LEFT', 'SERVE_TO_RIGHT'])
      for (const seat of [LEFT, RIGHT]) expect(pong.validate(word, seat)).toBeNull();
    expect(moves('NONE', LEFT)).toBe(0);
  });
});

it('a paddle starts from where it is', () => {
  const start = withPaddleAt(open(), RIGHT, 200);
  expect(pong.step(start, [null, pong.validate('down', RIGHT)], []).paddles[RIGHT].at).toBe(202 * 256);
});
