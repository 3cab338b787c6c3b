/** Hockey: motion, walls, goals, rounds and sides, and what hands and agents can say. */
import { describe, expect, it } from 'vitest';
import { encode } from '../../../shared/contract/codec.ts';
import { BUTTON } from '../../../shared/contract/messages.ts';
import { botFor } from '../../../shared/games/bots.ts';
import { withDefaults, type GameEvent } from '../../../shared/games/game.ts';
import { hockey } from '../../../shared/games/hockey/hockey.ts';
import type { HockeyObservation } from '../../../shared/games/hockey/observe.ts';
import { rootOf } from '../../../shared/games/hockey/motion.ts';
import { sideOf, type HockeyState, type Pair } from '../../../shared/games/hockey/state.ts';
import type { HockeyParameters } from '../../../shared/games/hockey/table.ts';
import { readHockeyView } from '../../../shared/games/hockey/view.ts';
import { dice } from './play.ts';

const px = (length: number): number => Math.round(length * 256);

const open = (values: Partial<HockeyParameters> = {}, seed = 1, rate = 60): HockeyState =>
  hockey.join(
    hockey.join(hockey.initial(withDefaults(hockey.parameters, { serveMs: 0, ...values }), seed, rate), 0),
    1,
  );

/** The same match with the puck there, going so many px per tick. */
const withPuck = (state: HockeyState, x: number, y: number, vx = 0, vy = 0): HockeyState => ({
  ...state,
  puck: { at: [px(x), px(y)], velocity: [px(vx), px(vy)] },
  half: x < 400 ? 0 : 1,
});

const withMallet = (state: HockeyState, seat: 0 | 1, at: Pair): HockeyState => {
  const mallet = { ...state.mallets[seat], at: [px(at[0]), px(at[1])] as const };
  return { ...state, mallets: seat === 0 ? [mallet, state.mallets[1]] : [state.mallets[0], mallet] };
};

function run(state: HockeyState, ticks: number, commands: readonly (number | null)[] = [], events: GameEvent[] = []) {
  let now = state;
  for (let tick = 0; tick < ticks; tick++) now = hockey.step(now, commands, events);
  return now;
}

const by = (buttons: number, axis: number | null = null): number => hockey.command({ buttons, axis }, 0);
const say = (...action: number[]): number => hockey.validate(action, 0) as number;
const place = ({ mallets }: HockeyState, seat: 0 | 1): Pair => [
  Math.round(mallets[seat].at[0] / 256),
  Math.round(mallets[seat].at[1] / 256),
];
const seen = (state: HockeyState, seat: 0 | 1): HockeyObservation => hockey.observe(state, seat) as HockeyObservation;

describe('a mallet', () => {
  it('goes in four directions as on the screen, for either seat and in either round', () => {
    for (const round of [1, 2]) {
      const start = withPuck({ ...open(), round }, 400, 40);
      for (const seat of [0, 1] as const) {
        const middle = withMallet(start, seat, [sideOf(round, seat) === 0 ? 200 : 600, 300]);
        const [x, y] = place(middle, seat);
        const after = (buttons: number): Pair => {
          const moved = place(run(middle, 10, seat === 0 ? [by(buttons)] : [null, by(buttons)]), seat);
          return [Math.sign(moved[0] - x), Math.sign(moved[1] - y)];
        };
        expect(after(BUTTON.up)).toEqual([0, -1]);
        expect(after(BUTTON.down)).toEqual([0, 1]);
        expect(after(BUTTON.left)).toEqual([-1, 0]);
        expect(after(BUTTON.right)).toEqual([1, 0]);
        expect(after(BUTTON.right | BUTTON.down)).toEqual([1, 1]);
        expect(after(BUTTON.left | BUTTON.right)).toEqual([0, 0]);
      }
    }
  });

  it('goes as an agent wants from its own end: 1 is towards the other goal', () => {
    for (const round of [1, 2]) {
      const start = withPuck({ ...open(), round }, 400, 40);
      for (const seat of [0, 1] as const) {
        const at = withMallet(start, seat, [sideOf(round, seat) === 0 ? 200 : 600, 220]);
        const before = seen(at, seat).own;
        const after = seen(run(at, 10, seat === 0 ? [say(1, 0.5, 0)] : [null, say(1, 0.5, 0)]), seat).own;
        expect(after[0]).toBeGreaterThan(before[0]);
        expect(after[1]).toBeGreaterThan(before[1]);
      }
    }
  });

  it('stays in its half, whatever it is told', () => {
    const start = withPuck(open(), 400, 40);
    expect(place(run(start, 200, [by(BUTTON.right)]), 0)[0]).toBe(370);
    expect(place(run(start, 200, [by(BUTTON.left | BUTTON.up)]), 0)).toEqual([30, 30]);
    expect(place(run(start, 200, [null, by(BUTTON.left)]), 1)[0]).toBe(430);
  });

  it('goes to the place of an axis and stays there', () => {
    const start = withPuck(open(), 700, 40);
    expect(place(run(start, 120, [by(0, 0)]), 0)[1]).toBeLessThan(34);
    expect(place(run(start, 120, [by(0, 4095)]), 0)[1]).toBeGreaterThan(406);
    expect(Math.abs(place(run(start, 240, [by(0, 2048)]), 0)[1] - 220)).toBeLessThan(4);
  });
});

describe('the puck', () => {
  it('bounces off a mallet, and is shot when it is near', () => {
    const coming = withPuck(open(), 200, 220, -6, 0);
    const events: GameEvent[] = [];
    const back = run(coming, 20, [], events);
    expect(back.puck.velocity[0]).toBeGreaterThan(0);
    expect(events).toContainEqual({ kind: 'bounce', seat: 0 });
    const near = withPuck(open(), 155, 220);
    const shot = run(near, 1, [by(BUTTON.action)]);
    expect(shot.puck.velocity[0]).toBeGreaterThan(px(18));
    expect(hockey.stats?.(shot, 0)).toMatchObject({ shots: 1 });
    const far = withPuck(open(), 260, 220);
    expect(run(far, 1, [by(BUTTON.action)]).puck.velocity).toEqual([0, 0]);
  });

  it('cannot be shot again at once', () => {
    const near = withPuck(open(), 155, 220);
    const shot = withPuck(run(near, 1, [by(BUTTON.action)]), 155, 220);
    expect(run(shot, 1, [by(BUTTON.action)]).puck.velocity).toEqual([0, 0]);
    const later = withPuck(run({ ...shot, left: 9999 }, 42), 155, 220);
    expect(run(later, 1, [by(BUTTON.action)]).puck.velocity[0]).toBeGreaterThan(0);
  });

  it.each([30, 60, 120])(
    'goes through nothing and stays on the table, at %i ticks a second, whatever is done',
    (rate) => {
      const roll = dice(rate);
      let state = open({ puckSpeed: 4000, malletSpeed: 2000, goal: 100, roundMs: 300_000, rounds: 20 }, rate, rate);
      const held: number[] = [0, 0];
      for (let tick = 0; tick < 20_000; tick++) {
        for (const seat of [0, 1]) if (roll(12) === 0) held[seat] = by(roll(32), roll(3) === 0 ? roll(4096) : null);
        const before = state;
        state = hockey.step(state, held, []);
        // Over: in a goal.
        if (state.over === 1) break;
        const { puck, mallets, table } = state;
        const [x, y] = puck.at;
        if (x < 0 || x > table.width || y < table.puck - 1 || y > table.height - table.puck + 1)
          expect.fail(`the puck is at ${x}, ${y} after ${before.puck.at.join()} with ${before.puck.velocity.join()}`);
        for (const { at } of mallets) {
          const apart = Math.hypot(at[0] - x, at[1] - y);
          // One that is pressed from both sides at the middle line may be touched more than it should.
          if (apart < table.mallet) expect.fail(`a mallet at ${at.join()} is on the puck at ${x}, ${y}`);
        }
      }
    },
  );

  it('bounces off the wall beside a goal, and goes in within it', () => {
    const beside = run(withPuck(open(), 60, 60, -10, 0), 20);
    expect(beside.puck.velocity[0]).toBeGreaterThan(0);
    const events: GameEvent[] = [];
    const goal = run(withMallet(withPuck(open(), 60, 220, -10, 0), 0, [300, 400]), 8, [], events);
    expect(events).toContainEqual({ kind: 'point', seat: 1, against: 0 });
    expect(goal).toMatchObject({ scores: [0, 1], round: 2 });
  });

  it('is given to the other when one half keeps it too long', () => {
    let state = withMallet(withPuck({ ...open({ holdMs: 1000, roundMs: 60_000 }), half: 0 }, 30, 30), 0, [300, 300]);
    state = run(state, 59);
    expect(state.puck.at[0]).toBeLessThan(px(400));
    state = run(state, 1);
    expect(state.puck.at[0]).toBeGreaterThan(px(400));
    expect(state.scores).toEqual([0, 0]);
  });
});

describe('a match', () => {
  it('waits before each round, and nothing moves', () => {
    const state = open({ serveMs: 500 });
    const events: GameEvent[] = [];
    expect(run(state, 29, [by(BUTTON.up)]).mallets).toEqual(state.mallets);
    run(state, 30, [], events);
    expect(events).toEqual([{ kind: 'serve', seat: state.server }]);
  });

  it('changes sides after each round: also one without a goal', () => {
    let state = open({ roundMs: 5000, holdMs: 60_000 });
    expect([seen(state, 0).side, seen(state, 1).side]).toEqual(['left', 'right']);
    state = run(state, 300);
    expect(state).toMatchObject({ round: 2, scores: [0, 0] });
    expect([seen(state, 0).side, seen(state, 1).side]).toEqual(['right', 'left']);
    expect(place(state, 0)[0]).toBe(700);
    // In the second round seat 1 keeps the goal on the right.
    const goal = run(withMallet(withPuck(state, 740, 220, 10, 0), 0, [500, 400]), 8);
    expect(goal.scores).toEqual([0, 1]);
  });

  it('ends after its rounds: more goals win, as many are a draw', () => {
    const last = { ...open({ rounds: 1 }), left: 1 };
    expect(hockey.outcome(run(last, 1))).toEqual({ kind: 'draw' });
    expect(hockey.outcome(run({ ...last, scores: [1, 2] }, 1))).toEqual({ kind: 'win', winner: 1 });
    expect(hockey.outcome(hockey.leave(hockey.leave(open(), 0), 1))).toEqual({ kind: 'void' });
  });

  it('is the same for both seats: turned by half a turn it is played alike', () => {
    const left = withPuck(open({ holdMs: 60_000 }), 300, 200, 3, 1);
    const right = withPuck({ ...left, round: 2 }, 500, 240, -3, -1);
    const home = { ...right, mallets: [...left.mallets].toReversed() as unknown as HockeyState['mallets'] };
    const swapped: HockeyState = {
      ...home,
      mallets: [home.mallets[0], home.mallets[1]],
    };
    const action = say(0.7, -0.3, 1);
    const one = seen(run(left, 40, [action, action]), 0);
    const other = seen(run(swapped, 40, [action, action]), 0);
    expect(other.puck).toEqual(one.puck);
    expect(other.own).toEqual(one.own);
  });
});

describe('what is told and said', () => {
  it('an action is a list of three floats from -1 to 1', () => {
    for (const value of [
      [0, 0],
      [0, 0, 0, 0],
      [NaN, 0, 0],
      [1.01, 0, 0],
      [0, -2, 0],
      ['1', 0, 0],
      [null, 0, 0],
      'up',
      {},
    ])
      expect(hockey.validate(value, 0)).toBeNull();
    expect(hockey.validate([-0, -1, 0.001], 0)).toBeTypeOf('number');
  });

  it('spectators see both mallets, the puck and the goals', () => {
    const state = withPuck({ ...open(), scores: [3, 4] }, 100.5, 300);
    expect(readHockeyView(hockey.view(state))).toMatchObject({
      round: 1,
      rounds: 6,
      seated: [true, true],
      over: false,
      puck: [100.5, 300],
      mallets: [
        [100, 220],
        [700, 220],
      ],
      scores: [3, 4],
      leftMs: 30_000,
    });
    expect(readHockeyView(new Uint8Array(19))).toBeNull();
  });

  it('the whole state without the table is small enough for SYNC', () => {
    const { table: _, ...state } = run(open(), 100, [say(1, 1, 1), say(-1, -1, 1)]);
    expect(encode({ type: 'SYNC', tick: 100, seq: 1, commands: [1, 2], state }).length).toBeLessThan(400);
  });

  it('roots are exact', () => {
    for (const square of [0, 1, 2, 3, 4, 99, 12_288 ** 2, 12_288 ** 2 - 1, 2 ** 40 + 1])
      expect(rootOf(square) ** 2 <= square && (rootOf(square) + 1) ** 2 > square).toBe(true);
  });

  it('the bot scores against who stands still', () => {
    let state = open({ rounds: 2 }, 3);
    const bot = botFor('hockey')?.(1);
    let action: number | null = null;
    for (let tick = 0; tick < 4000 && state.over === 0; tick++) {
      const value = bot?.(hockey.observe(state, 0)) ?? null;
      if (value !== null) action = hockey.validate(value, 0);
      state = hockey.step(state, [action, null], []);
    }
    expect(hockey.outcome(state)).toEqual({ kind: 'win', winner: 0 });
  });
});
