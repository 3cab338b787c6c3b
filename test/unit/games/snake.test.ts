/** Snake: turns, food, every way to die, coming back, and what is told. */
import { describe, expect, it } from 'vitest';
import { encode } from '../../../shared/contract/codec.ts';
import { BUTTON } from '../../../shared/contract/messages.ts';
import { botFor } from '../../../shared/games/bots.ts';
import { withDefaults, type GameEvent } from '../../../shared/games/game.ts';
import type { SnakeObservation } from '../../../shared/games/snake/observe.ts';
import { snake } from '../../../shared/games/snake/snake.ts';
import { ticksPerMove, type Snake, type SnakeParameters, type SnakeState } from '../../../shared/games/snake/state.ts';
import { readSnakeView } from '../../../shared/games/snake/view.ts';

const { up, down, left, right } = BUTTON;

/** At one tick a move, so that a step is a move. */
const open = (players: number, values: Partial<SnakeParameters> = {}): SnakeState =>
  Array.from({ length: players }, (_, seat) => seat).reduce(
    (state, seat) => snake.join(state, seat),
    snake.initial(withDefaults(snake.parameters, { speed: 20, ...values }), 1, 20),
  );

/** A field by its column and row. */
const at = (x: number, y: number): number => y * 24 + x;

/** The same match with a snake lying there, the head first, and no food but this. */
function lay(
  state: SnakeState,
  seat: number,
  way: 0 | 1 | 2 | 3,
  body: readonly number[],
  food = [at(23, 14)],
): SnakeState {
  const snakes = state.snakes.map((one, index) => (index === seat ? { ...one, body, way } : one));
  return { ...state, snakes, food, values: { ...state.values, food: food.length } };
}

/** The same match with each snake changed. */
const each = (state: SnakeState, change: (one: Snake, seat: number) => Snake): SnakeState => ({
  ...state,
  snakes: state.snakes.map(change),
});

const moves = (count: number, ...said: number[]): number[][] => Array.from({ length: count }, () => said);

const by = (buttons: number): number => snake.command({ buttons, axis: null }, 0);

function run(state: SnakeState, commands: readonly (number | null)[][], events: GameEvent[] = []): SnakeState {
  return commands.reduce((now, said) => snake.step(now, said, events), state);
}

const headOf = (state: SnakeState, seat = 0): [number, number] | null => {
  const [head] = state.snakes[seat]?.body ?? [];
  return head === undefined ? null : [head % 24, Math.floor(head / 24)];
};

describe('a snake', () => {
  it('goes on by itself, at its own speed', () => {
    const slow = open(1, { speed: 5 });
    expect(ticksPerMove(slow)).toBe(4);
    const start = headOf(slow) as [number, number];
    expect(headOf(run(slow, moves(3)))).toEqual(start);
    expect(headOf(run(slow, moves(4)))).toEqual([start[0] + 1, start[1]]);
    expect(headOf(run(slow, moves(8)))).toEqual([start[0] + 2, start[1]]);
  });

  it('turns aside, never back', () => {
    const east = lay(open(1), 0, 3, [at(10, 5), at(9, 5), at(8, 5)]);
    expect(headOf(run(east, [[by(up)]]))).toEqual([10, 4]);
    expect(headOf(run(east, [[by(down)]]))).toEqual([10, 6]);
    expect(headOf(run(east, [[by(left)]]))).toEqual([11, 5]);
    expect(headOf(run(east, [[by(right)]]))).toEqual([11, 5]);
  });

  it('makes two turns that are tapped within one field in two fields', () => {
    const slow = { ...lay(open(1, { speed: 5 }), 0, 3, [at(10, 5), at(9, 5), at(8, 5)]), wait: 4 };
    const tapped = run(slow, [[by(up)], [by(0)], [by(left)], [by(0)]]);
    expect(headOf(tapped)).toEqual([10, 4]);
    expect(headOf(run(tapped, moves(4, by(0))))).toEqual([9, 4]);
  });

  it('hears a direction that was tapped within one tick', () => {
    const tap = snake.merge?.(by(up), by(0)) as number;
    const east = lay(open(1), 0, 3, [at(10, 5), at(9, 5), at(8, 5)]);
    expect(headOf(run(east, [[tap], [tap], [tap]]))).toEqual([10, 2]);
  });

  it('turns where a key is held, as soon as it may', () => {
    // Held since before, while it could not turn that way.
    const west = lay(open(1), 0, 2, [at(10, 5), at(11, 5), at(12, 5)]);
    const state = run(west, [[by(right)], [by(right | up)], [by(right)]]);
    expect(headOf(state)).toEqual([10, 4]);
  });

  it('eats, grows and has a point', () => {
    const hungry = lay(open(1), 0, 3, [at(10, 5), at(9, 5), at(8, 5)], [at(11, 5)]);
    const events: GameEvent[] = [];
    const fed = run(hungry, [[]], events);
    expect(fed.snakes[0]).toMatchObject({ body: [at(11, 5), at(10, 5), at(9, 5), at(8, 5)], score: 1, eaten: 1 });
    expect(events).toEqual([{ kind: 'point', seat: 0, against: null }]);
    expect(fed.food).toHaveLength(1);
    expect(fed.snakes[0]?.body).not.toContain(fed.food[0]);
  });
});

describe('death', () => {
  const far = [at(2, 12), at(1, 12), at(0, 12)];

  it.each([
    ['a wall', lay(open(2), 0, 3, [at(23, 5), at(22, 5), at(21, 5)]), []],
    // The neck of a coil: up is its own body.
    ['its own body', lay(open(2), 0, 3, [at(5, 5), at(4, 5), at(4, 4), at(5, 4), at(6, 4), at(7, 4)]), [by(up)]],
    ['another', lay(lay(open(2), 0, 3, [at(5, 5), at(4, 5)]), 1, 0, [at(6, 4), at(6, 5), at(6, 6)]), []],
  ])('by %s', (_what, state, commands) => {
    const safe = _what === 'another' ? state : lay(state, 1, 3, far);
    const events: GameEvent[] = [];
    const after = run(safe, [commands], events);
    expect(after.snakes[0]).toMatchObject({ body: [], lives: 2, deaths: 1 });
    // Who survives it has a point.
    expect(after.snakes[1]).toMatchObject({ score: 1, lives: 3 });
    expect(events.filter(({ kind }) => kind === 'point')).toEqual([{ kind: 'point', seat: 1, against: null }]);
  });

  it('comes to both who meet head to head, and to nobody who follows a tail', () => {
    const meeting = lay(lay(open(2), 0, 3, [at(5, 5), at(4, 5)]), 1, 2, [at(7, 5), at(8, 5)]);
    expect(run(meeting, [[]]).snakes.slice(0, 2)).toMatchObject([{ lives: 2 }, { lives: 2 }]);
    const swapping = lay(lay(open(2), 0, 3, [at(5, 5), at(4, 5)]), 1, 2, [at(6, 5), at(7, 5)]);
    expect(run(swapping, [[]]).snakes.slice(0, 2)).toMatchObject([{ lives: 2 }, { lives: 2 }]);
    const following = lay(lay(open(2), 0, 3, [at(5, 5), at(4, 5)]), 1, 3, [at(7, 5), at(6, 5)]);
    expect(run(following, [[]]).snakes.slice(0, 2)).toMatchObject([{ lives: 3 }, { lives: 3 }]);
  });

  it('is not the end: it comes back after a while, where it began, when there is room', () => {
    const dying = lay(open(2, { lives: 2 }), 0, 3, [at(23, 5), at(22, 5)]);
    const [first] = open(2).snakes;
    const dead = run(lay(dying, 1, 3, far), [[]]);
    expect(dead.snakes[0]).toMatchObject({ body: [], lives: 1, rest: 29 });
    expect(run(dead, moves(28)).snakes[0]?.body).toEqual([]);
    expect(run(dead, moves(29)).snakes[0]?.body).toEqual(first?.body);
    const waits = each(dead, (one) => ({ ...one, rest: 1 }));
    expect(run(waits, [[]]).snakes[0]?.body).toEqual(first?.body);
    const still = run(lay(waits, 1, 0, [at(3, 3), at(3, 4), at(3, 5)]), [[]]);
    expect(still.snakes[0]?.body).toEqual([]);
  });
});

describe('a match', () => {
  it('is over when its time is, and the most points win', () => {
    const state = { ...open(2), left: 1 };
    expect(snake.outcome(run(state, [[]]))).toEqual({ kind: 'draw' });
    const scored = each(state, (one, seat) => ({ ...one, score: seat === 1 ? 1 : 0 }));
    const over = run(scored, [[]]);
    expect(snake.outcome(over)).toEqual({ kind: 'win', winner: 1 });
    expect(snake.step(over, [], [])).toBe(over);
  });

  it('is over when of several one is left, and for one alone when its last life is lost', () => {
    const last = lay(open(2, { lives: 1 }), 0, 3, [at(23, 5), at(22, 5)]);
    expect(snake.outcome(run(last, [[]]))).toEqual({ kind: 'win', winner: 1 });
    const alone = lay(open(1, { lives: 1 }), 0, 3, [at(23, 5), at(22, 5)]);
    expect(snake.outcome(run(alone, [[]]))).toEqual({ kind: 'draw' });
  });

  it('takes who comes late, and lets who goes vanish', () => {
    const state = snake.join(open(1), 2);
    expect(headOf(state, 2)).toEqual([3, 6]);
    const gone = snake.leave(state, 2);
    expect(gone.snakes[2]?.body).toEqual([]);
    expect(snake.observe(gone, 2)).toBeNull();
    expect(snake.outcome(snake.leave(snake.leave(state, 0), 2))).toEqual({ kind: 'void' });
  });

  it('goes on in a garden that is full of snake', () => {
    const small = open(1, { width: 8, height: 8, food: 8 });
    const fields = Array.from({ length: 64 }, (_, field) => {
      const row = Math.floor(field / 8);
      return row * 8 + (row % 2 === 0 ? field % 8 : 7 - (field % 8));
    });
    const full = each({ ...small, food: [] }, (one, seat) => (seat === 0 ? { ...one, body: fields } : one));
    expect(run(full, [[]]).snakes[0]?.lives).toBe(2);
  });
});

describe('what is told', () => {
  it('to a seat: the garden as text', () => {
    const state = lay(open(2), 0, 3, [at(2, 0), at(1, 0), at(0, 0)], [at(4, 0)]);
    const seen = snake.observe(state, 0) as SnakeObservation;
    expect(seen).toMatchObject({ you: '1', alive: true, head: [2, 0], way: 'right', lives: 3, scores: { 1: 0, 2: 0 } });
    expect(seen.rows).toHaveLength(15);
    expect(seen.rows[0]).toBe('111.*...................');
    expect(seen.heads).toMatchObject({ 1: [2, 0] });
  });

  it('to a seat: as much as one message holds, however long the snakes are', () => {
    const long = Array.from({ length: 85 }, (_, field) => field);
    let state = open(4, { lives: 9, matchMs: 240_000 });
    for (const seat of [0, 1, 2, 3])
      state = lay(
        state,
        seat,
        3,
        long.map((field) => field + 85 * seat),
      );
    state = each(state, (one) => ({ ...one, score: 255 }));
    for (const form of ['cbor', 'json'] as const)
      expect(
        encode({ type: 'OBSERVE', tick: 4_000_000_000, value: snake.observe(state, 3) }, form).length,
      ).toBeGreaterThan(400);
    expect(snake.view(state).length).toBeLessThanOrEqual(139);
  });

  it('to spectators: each field of each body', () => {
    const body = [at(5, 5), at(5, 6), at(6, 6), at(6, 5), at(6, 4), at(5, 4), at(4, 4)];
    const state = lay(open(2), 1, 2, body, [at(0, 0), at(23, 14)]);
    const view = readSnakeView(snake.view(state));
    expect(view).toMatchObject({ width: 24, height: 15, over: false, left: 90, food: [at(0, 0), at(23, 14)] });
    expect(view?.snakes[1]).toEqual({ seated: true, way: 2, lives: 3, score: 0, body });
    expect(view?.snakes[2]).toMatchObject({ seated: false, body: [] });
    expect(readSnakeView(new Uint8Array(3))).toBeNull();
    expect(readSnakeView(Uint8Array.from([...snake.view(state), 0]))).toBeNull();
  });
});

describe('the bot', () => {
  it('alone finds food, and lives long', () => {
    let state = open(1, { matchMs: 60_000, speed: 10 });
    const bot = botFor('snake')?.(7);
    let command: number | null = null;
    while (snake.outcome(state) === null) {
      const value = bot?.(snake.observe(state, 0)) ?? null;
      if (value !== null) command = snake.validate(value, 0);
      state = snake.step(state, [command], []);
    }
    expect(snake.scores(state)[0]).toBeGreaterThan(20);
  });
});
