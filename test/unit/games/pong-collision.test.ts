/** Ball against paddle: angles, speed, ends, backs, no room, and speeds that jump over everything. */
import { describe, expect, it } from 'vitest';
import { pong } from '../../../shared/games/pong/pong.ts';
import type { PongState } from '../../../shared/games/pong/state.ts';
import { expectInside, inFlight, open, pointsIn, run, withPaddleAt } from './play.ts';

const UP = pong.validate('up', 0) as number;
const DOWN = pong.validate('down', 0) as number;
/** Of the left paddle at the defaults: its face, and the ball's centre when it touches it. */
const FACE = 54;
const TOUCHING = FACE + 15;

/** The state right after the next bounce. */
function afterBounce(start: PongState): PongState {
  let state = start;
  for (let tick = 0; tick < 1000; tick++) {
    const events: Parameters<typeof pong.step>[2] = [];
    state = pong.step(state, [], events);
    if (events.some((event) => event.kind === 'bounce')) return state;
  }
  throw new Error('nothing was hit');
}

const angleOf = ({ ball: { velocity } }: PongState): number =>
  (Math.atan2(velocity[1], Math.abs(velocity[0])) * 180) / Math.PI;

const hitAt = (offset: number): PongState => afterBounce(inFlight(open(), 150, 300 + offset, -8, 0));

/** Runs until the ball is clear of the left paddle's column, watching that it never leaves the court. */
function escapes(start: PongState, commands: readonly number[], ticks = 240): PongState {
  let state = start;
  for (let tick = 0; tick < ticks; tick++) {
    state = pong.step(state, commands, []);
    expectInside(state);
    if (state.rally.server !== -1 || state.ball.at[0] >= TOUCHING * 256) return state;
  }
  throw new Error(`stuck at ${state.ball.at.join(', ')}`);
}

describe("the paddle's face", () => {
  it('sets the ball outside and sends it back', () => {
    const state = hitAt(10);
    // At the face within the tick, and then on for the rest of it.
    expect(state.ball.at[0]).toBeGreaterThanOrEqual(TOUCHING * 256);
    expect(state.ball.at[0]).toBeLessThan((TOUCHING + 8.5) * 256);
    expect(state.ball.velocity[0]).toBeGreaterThan(0);
    expect(state.rally).toMatchObject({ touched: 0, hits: 1 });
  });

  it('sends it the steeper the further out it is hit: from 4 to 60 degrees, both ways', () => {
    const offsets = Array.from({ length: 89 }, (_, index) => index - 44).filter((offset) => offset !== 0);
    const angles = offsets.map((offset) => angleOf(hitAt(offset)));
    for (let index = 1; index < angles.length; index++) {
      expect(angles[index]).toBeGreaterThan(angles[index - 1] as number);
    }
    expect(angles[0]).toBeGreaterThan(-60.2);
    expect(angles[0]).toBeLessThan(-57);
    expect(angles.at(-1)).toBeLessThan(60.2);
    expect(Math.min(...angles.map((angle) => Math.abs(angle)))).toBeGreaterThan(3.9);
  });

  it('does not care from where the ball came', () => {
    const steep = afterBounce(inFlight(open(), 150, 310 + 81, -6, -6));
    const flat = afterBounce(inFlight(open(), 150, 310, -Math.hypot(6, 6), 0));
    expect(Math.abs(angleOf(steep) - angleOf(flat))).toBeLessThan(0.5);
  });

  it('sends a ball hit dead in the middle to either side by the generator', () => {
    const signs = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) =>
      Math.sign(afterBounce(inFlight(open({ seed }), 150, 300, -8, 0)).ball.velocity[1]),
    );
    expect(new Set(signs)).toEqual(new Set([-1, 1]));
  });

  it('makes the ball a sixteenth faster, up to four times the first speed', () => {
    const speeds: number[] = [];
    let state = inFlight(open(), 150, 310, -2, 0);
    for (let hit = 0; hit < 40; hit++) {
      state = afterBounce(state);
      speeds.push(state.ball.speed);
      state = {
        ...inFlight(state, 150, 310, -2, 0),
        ball: { at: [150 * 256, 310 * 256], velocity: [-512, 0], speed: state.ball.speed },
      };
    }
    expect(speeds[0]).toBe(544);
    for (let hit = 1; hit < 20; hit++) {
      expect((speeds[hit] as number) / (speeds[hit - 1] as number)).toBeCloseTo(17 / 16, 2);
    }
    expect(speeds.at(-1)).toBe(4 * 512);
    expect(Math.hypot(...afterBounce(inFlight(state, 150, 310, -8, 0)).ball.velocity)).toBeLessThan(4 * 512 + 2);
  });

  it.each([
    [0, 150, 310, -8, 0],
    [1, 750, 310, 8, 0],
    [2, 460, 120, 0, -8],
    [3, 460, 480, 0, 8],
  ] as const)('is the same rule on every side: seat %i', (seat, x, y, vx, vy) => {
    const state = afterBounce(inFlight(open({ seats: [0, 1, 2, 3] }), x, y, vx, vy));
    expect(state.rally).toMatchObject({ touched: seat, hits: 1 });
    const [bx, by] = state.ball.velocity;
    const inward = [bx, -bx, by, -by][seat] as number;
    const along = seat < 2 ? by : bx;
    expect(inward).toBeGreaterThan(0);
    expect(along).toBeGreaterThan(0);
  });
});

describe('the ends and the back', () => {
  it('an end turns the ball back along the side and leaves its way to the goal', () => {
    const state = afterBounce(inFlight(open(), 50, 200, 0, 6));
    expect(state.ball.velocity).toEqual([0, -6 * 256]);
    expect(state.ball.at[1]).toBe((270 - 15) * 256);
    expect(state.rally).toMatchObject({ touched: 0, hits: 0 });
  });

  it('the back turns the ball to the goal', () => {
    const start = withPaddleAt(inFlight(open({ seats: [0, 1, 2] }), 20, 300, 2, 0), 0, 300);
    const { events, state } = run(
      start,
      60,
      () => [],
      (now) => now.rally.server !== -1,
    );
    expect(events).toEqual([
      { kind: 'bounce', seat: 0 },
      { kind: 'point', seat: 1, against: 0 },
    ]);
    expect(state.scores).toEqual([0, 1, 0, 0]);
  });

  it('a paddle that is faster than the ball pushes it along with one bounce at most', () => {
    const start = withPaddleAt(inFlight(open({ parameters: { paddleSpeed: 8000 } }), 50, 300, 0, 0.5), 0, 200);
    const { events, state } = run(start, 30, () => [DOWN]);
    expect(events.filter((event) => event.kind === 'bounce').length).toBeLessThanOrEqual(1);
    expect(state.ball.at[1]).toBeGreaterThan(start.ball.at[1]);
    expectInside(state);
  });
});

describe('a ball without room', () => {
  it.each([
    ['top', 16, 64, UP],
    ['bottom', 584, 536, DOWN],
  ] as const)('between a paddle and the wall at the %s leaves by the front', (_where, ballY, paddleY, command) => {
    for (const speed of [200, 2000, 20_000, 50_000]) {
      const match = open({ parameters: { paddleSpeed: speed } });
      const start = withPaddleAt(inFlight(match, 55, ballY, 0.1, 0), 0, paddleY);
      const state = escapes(start, [command]);
      expect(state.ball.at[0]).toBeGreaterThanOrEqual(TOUCHING * 256);
      expect(state.ball.velocity[0]).toBeGreaterThan(0);
      expect(state.scores).toEqual([0, 0, 0, 0]);
    }
  });

  it('under a paddle that came fully across it comes free and goes on', () => {
    for (const [x, y] of [
      [49.5, 300],
      [49.5, 285],
      [54, 315],
      [60, 300],
    ] as const) {
      for (const [vx, vy] of [
        [-0.5, 0],
        [1, 0],
        [-1, 0],
        [-0.2, 1],
        [-20, 3],
      ] as const) {
        const state = escapes(inFlight(open(), x, y, vx, vy), []);
        expectInside(state);
      }
    }
  });

  it('between two paddles in a corner comes free of both', () => {
    const match = open({ seats: [0, 1, 2, 3], parameters: { paddlePadding: 0, paddleLength: 5000 } });
    for (const at of [16, 20, 30, 45, 60]) {
      const start = withPaddleAt(withPaddleAt(inFlight(match, at, at, -3, -2), 0, 150), 2, 225);
      const { state } = run(start, 2, () => [UP, null, pong.validate('left', 2)]);
      expectInside(state);
    }
  });

  it("survives one slow frame: the lecture's game died of 76 ms beside a paddle and of 260 ms beside a wall", () => {
    for (const rate of [10, 13]) {
      for (let y = 20; y < 590; y += 7) {
        const { state } = run(inFlight(open({ rate }), TOUCHING + 0.5, y, -120 / rate, 40 / rate), 2 * rate);
        expectInside(state);
      }
    }
  });
});

describe('at extreme speed', () => {
  const fastest = { ballSpeed: 50_000, maxSpeedRatio: 10, speedUp: 20_000, paddleSpeed: 50_000 } as const;

  it('nothing goes through a paddle that covers its side, at 10 ticks a second', () => {
    // Paddles of half the side, in the middle, and a ball that is aimed at them.
    for (let y = 160; y <= 440; y += 4) {
      const match = open({
        rate: 10,
        parameters: { ...fastest, paddleLength: 5000, paddleThickness: 20, ballSize: 100 },
      });
      const start = inFlight(match, 450, y, -3000, 0);
      const events: Parameters<typeof pong.step>[2] = [];
      const state = pong.step(start, [], events);
      expect(events[0]).toEqual({ kind: 'bounce', seat: 0 });
      expectInside(state);
    }
  });

  it('nothing goes through a wall or a goal', () => {
    for (let angle = 0; angle < 360; angle += 3) {
      const [vx, vy] = [3000 * Math.cos((angle * Math.PI) / 180), 3000 * Math.sin((angle * Math.PI) / 180)];
      const { state, events } = run(inFlight(open({ rate: 10, parameters: fastest }), 450, 300, vx, vy), 40);
      expectInside(state);
      expect(pointsIn(events)).toBe(state.scores[0] + state.scores[1]);
    }
  });

  it('a paddle at full speed does not jump over a slow ball', () => {
    const match = open({ rate: 10, parameters: { ...fastest, ballSpeed: 200, ballSize: 100 } });
    const start = withPaddleAt(inFlight(match, 49, 300, 0.1, 0), 0, 60);
    const { state, events } = run(start, 1, () => [DOWN]);
    expect(events.filter((event) => event.kind === 'serve')).toEqual([]);
    expect(state.rally.touched).toBe(0);
    expect(state.ball.at[1]).toBeGreaterThan(300 * 256);
  });
});
