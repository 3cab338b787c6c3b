/** Sizes, speeds, seats, serve, points and outcome. */
import { describe, expect, it } from 'vitest';
import { pong } from '../../../shared/games/pong/pong.ts';
import { pongLayout } from '../../../shared/games/pong/layout.ts';
import { withDefaults } from '../../../shared/games/game.ts';
import { inFlight, open, run, withPaddleAt } from './play.ts';

const ACTION = pong.command({ buttons: 16, axis: null }, 0);

const actionOf = (seat: number): (number | null)[] => [0, 1].map((index) => (index === seat ? ACTION : null));

function withHeldAction(state: ReturnType<typeof open>, seat: 0 | 1): ReturnType<typeof open> {
  const paddles = [...state.paddles] as [...typeof state.paddles];
  paddles[seat] = { ...paddles[seat], action: 1 };
  return { ...state, paddles };
}

const lose = (state: ReturnType<typeof open>, x: number, y: number, vx: number, vy: number) =>
  run(
    inFlight(state, x, y, vx, vy),
    400,
    () => [],
    (now) => now.rally.server !== -1,
  );

const points = (events: readonly { kind: string }[]) => events.filter((event) => event.kind === 'point');

describe('the court', () => {
  it('has the sizes and places of the Distributed Pong defaults', () => {
    const layout = pongLayout(withDefaults(pong.parameters));
    expect(layout).toMatchObject({ width: 900, height: 600, ball: 30 });
    expect(layout.paddles).toEqual([
      { width: 9, height: 60, fixed: 49.5 },
      { width: 9, height: 60, fixed: 850.5 },
      { width: 90, height: 6, fixed: 33 },
      { width: 90, height: 6, fixed: 567 },
    ]);
  });

  it.each([10, 30, 60, 120, 1000])(
    'moves ball and paddles at the default px per second at %i ticks a second',
    (rate) => {
      const start = inFlight(open({ rate, seats: [0, 1, 2] }), 450, 300, 120 / rate, 0);
      const { state } = run(start, rate, () => [
        pong.command({ buttons: 2, axis: null }, 0),
        null,
        pong.command({ buttons: 8, axis: null }, 2),
      ]);
      // A whole number of units per tick: at 1000 ticks a second that is 1.5 % off.
      expect(Math.abs(state.ball.at[0] / 256 - 570)).toBeLessThan(2);
      expect(Math.abs(state.paddles[0].at / 256 - 420)).toBeLessThan(2);
      expect(Math.abs(state.paddles[2].at / 256 - 630)).toBeLessThan(2);
    },
  );

  it('seats who comes in the middle of its side, and whoever sits stays as it was', () => {
    const one = withPaddleAt(open({ seats: [0] }), 0, 100);
    const two = pong.join(one, 2);
    expect(two.paddles[0].at).toBe(100 * 256);
    expect(two.paddles[2]).toMatchObject({ seated: 1, at: 450 * 256 });
    expect(pong.join(two, 2)).toBe(two);
    expect(pong.leave(two, 3)).toBe(two);
    expect(() => pong.join(two, 4)).toThrow(RangeError);
  });

  it('brings the ball back to a serve when somebody comes or goes, and keeps the points', () => {
    const playing = { ...inFlight(open({ seats: [0, 1] }), 700, 100, 2, 1), scores: [2, 3, 0, 0] as const };
    for (const next of [pong.join(playing, 3), pong.leave(playing, 1)]) {
      expect(next.ball).toMatchObject({ at: [450 * 256, 300 * 256], velocity: [0, 0] });
      expect(next.rally.server).not.toBe(-1);
      expect(next.scores).toEqual([2, 3, 0, 0]);
    }
  });

  it('reflects at the edge of a side without a player', () => {
    const { state, events } = run(inFlight(open({ seats: [0, 1] }), 450, 100, 1, -8), 20);
    expect(events).toContainEqual({ kind: 'bounce', seat: null });
    expect(state.ball.velocity).toEqual([256, 8 * 256]);
  });
});

describe('the serve', () => {
  it('goes by itself after serveMs, toward the seat that is to get it', () => {
    for (let seed = 0; seed < 40; seed++) {
      const start = open({ seed, seats: [0, 1, 2, 3] });
      const { server } = start.rally;
      expect(run(start, 59).events).toEqual([]);
      const { state, events } = run(start, 60);
      expect(events).toEqual([{ kind: 'serve', seat: server }]);
      const [vx, vy] = state.ball.velocity;
      const toward = [-vx, vx, -vy, vy][server] as number;
      expect(toward).toBeGreaterThanOrEqual(Math.max(Math.abs(vx), Math.abs(vy)) - 1);
      expect(Math.hypot(vx, vy)).toBeGreaterThan(509);
      expect(Math.hypot(vx, vy)).toBeLessThan(515);
    }
  });

  it('first goes to each taken seat sometimes, and never to a free one', () => {
    const servers = Array.from({ length: 60 }, (_, seed) => open({ seed, seats: [0, 1, 3] }).rally.server);
    expect(new Set(servers)).toEqual(new Set([0, 1, 3]));
  });

  it('goes at once when the seat it goes to presses action, not when it holds it, and not for others', () => {
    const start = open({ seed: 3 });
    const server = start.rally.server as number;
    expect(run(start, 1, () => actionOf(1 - server)).events).toEqual([]);
    expect(run(start, 1, () => actionOf(server)).events).toEqual([{ kind: 'serve', seat: server }]);
    const holding = withHeldAction(start, server as 0 | 1);
    expect(run(holding, 30, () => actionOf(server)).events).toEqual([]);
    expect(run(holding, 2, (tick) => (tick === 0 ? [] : actionOf(server))).events).toHaveLength(1);
  });

  it('needs no wait when serveMs is 0', () => {
    expect(run(open({ parameters: { serveMs: 0 } }), 1).events).toHaveLength(1);
  });
});

describe('points', () => {
  it('go to the seat across when nobody touched the ball, and the loser serves next', () => {
    const { state, events } = lose(open(), 100, 100, -4, 0);
    expect(points(events)).toEqual([{ kind: 'point', seat: 1, against: 0 }]);
    expect(state.rally).toMatchObject({ server: 0, wait: 60, hits: 0 });
    expect(state.scores).toEqual([0, 1, 0, 0]);
  });

  it('go to the next clockwise when the seat across is free', () => {
    const adjacent = open({ seats: [0, 2] });
    expect(points(lose(adjacent, 100, 150, -4, 0).events)).toEqual([{ kind: 'point', seat: 2, against: 0 }]);
    expect(points(lose(adjacent, 150, 100, 0, -4).events)).toEqual([{ kind: 'point', seat: 0, against: 2 }]);
    expect(points(lose(open({ seats: [0, 2, 3] }), 100, 150, -4, 0).events)[0]).toMatchObject({ seat: 2 });
    expect(points(lose(open({ seats: [1, 2, 3] }), 800, 150, 4, 0).events)[0]).toMatchObject({ seat: 3 });
  });

  it('go to the last other seat that touched the ball, even when the loser touched it after', () => {
    const base = inFlight(open({ seats: [0, 1, 2, 3] }), 100, 100, -4, 0);
    const touchedByDown = { ...base, rally: { ...base.rally, touched: 3 as const, touchedBefore: 1 as const } };
    const thenByLeft = { ...base, rally: { ...base.rally, touched: 0 as const, touchedBefore: 3 as const } };
    for (const start of [touchedByDown, thenByLeft]) {
      const { events } = run(
        start,
        400,
        () => [],
        (now) => now.rally.server !== -1,
      );
      expect(points(events)).toEqual([{ kind: 'point', seat: 3, against: 0 }]);
    }
  });

  it('are remembered from real touches: down plays it up, right misses', () => {
    const start = withPaddleAt(inFlight(open({ seats: [0, 1, 2, 3] }), 700, 500, 0, 4), 3, 660);
    const { events } = run(
      start,
      2000,
      () => [],
      (now) => now.rally.server !== -1,
    );
    expect(events[0]).toEqual({ kind: 'bounce', seat: 3 });
    expect(points(events)).toEqual([{ kind: 'point', seat: 3, against: 1 }]);
  });

  it('are one when the ball reaches two goals in the same corner', () => {
    const { events, state } = lose(open({ seats: [0, 2] }), 25, 25, -6, -6);
    expect(points(events)).toHaveLength(1);
    expect(state.scores[0] + state.scores[2]).toBe(1);
  });

  it('are not given to a lone seat', () => {
    const { state, events } = lose(open({ seats: [0] }), 100, 100, -4, 0);
    expect(points(events)).toEqual([]);
    expect(state.scores).toEqual([0, 0, 0, 0]);
  });
});

describe('the outcome', () => {
  it('is a win at the target, after which nothing moves', () => {
    const start = { ...inFlight(open({ parameters: { target: 3 } }), 100, 100, -4, 0), scores: [2, 2, 0, 0] as const };
    expect(pong.outcome(start)).toBeNull();
    const { state } = run(start, 200);
    expect(pong.outcome(state)).toEqual({ kind: 'win', winner: 1 });
    expect(pong.scores(state)).toEqual([2, 3, 0, 0]);
    expect(pong.step(state, [ACTION, ACTION], [])).toBe(state);
  });

  it('is void when everybody has left, and open before anybody came', () => {
    expect(pong.outcome(open({ seats: [] }))).toBeNull();
    const empty = pong.leave(pong.leave(open(), 0), 1);
    expect(pong.outcome(empty)).toEqual({ kind: 'void' });
    expect(pong.step(empty, [], [])).toEqual(empty);
  });
});
