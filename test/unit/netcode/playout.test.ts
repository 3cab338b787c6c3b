/** What who watches is shown: snapshots on an even clock, and play that goes on by the rules where they are late. */
import { describe, expect, it } from 'vitest';
import { withDefaults } from '../../../shared/games/game.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import { NOBODY } from '../../../shared/games/pong/sides.ts';
import type { PongState } from '../../../shared/games/pong/state.ts';
import type { PongView } from '../../../shared/games/pong/view.ts';
import { Playout } from '../../../shared/netcode/playout.ts';
import { PongAhead } from '../../../shared/netcode/pong-ahead.ts';
import { viewOf } from '../../../shared/netcode/pong-picture.ts';
import { Random } from '../../support/random.ts';
import { quantile } from './figures.ts';

const TICK_MS = 1000 / 60;

const viewAt = (x: number, more: Partial<PongView> = {}): PongView => ({
  ball: { x, y: 100 },
  velocity: { x: 2, y: 0 },
  paddles: [300 + x, null, null, null],
  moves: [0, 0, 0, 0],
  scores: [0, 0, 0, 0],
  server: null,
  serveMs: 0,
  touched: null,
  hits: 0,
  ...more,
});

describe('the playout of snapshots', () => {
  it('shows the line between the last two, one tick behind', () => {
    const playout = new Playout();
    expect(playout.sample(0)).toBeNull();
    playout.push(10, viewAt(100), 0);
    expect(playout.sample(5)?.ball.x).toBe(100);
    playout.push(11, viewAt(110), TICK_MS);
    expect(playout.sample(TICK_MS)?.ball.x).toBeCloseTo(100);
    expect(playout.sample(TICK_MS * 1.5)?.ball.x).toBeCloseTo(105);
    expect(playout.sample(TICK_MS * 1.5)?.paddles[0]).toBeCloseTo(405);
    expect(playout.sample(TICK_MS * 9)?.ball.x).toBe(110);
  });

  it('moves evenly though snapshots come unevenly', () => {
    const playout = new Playout();
    const late = [0, 3, 1, 6, 0, 4, 2, 5, 0, 3];
    const shown: number[] = [];
    for (let tick = 0; tick < 600; tick++) {
      playout.push(tick, viewAt(tick * 2), tick * TICK_MS + (late[tick % 10] as number));
      if (tick > 60) shown.push(playout.sample(tick * TICK_MS + 8)?.ball.x as number);
    }
    const steps = shown.slice(1).map((x, index) => x - (shown[index] as number));
    expect(Math.min(...steps)).toBeGreaterThan(1.6);
    expect(Math.max(...steps)).toBeLessThan(2.4);
  });

  it('ignores older ticks, except when the hub has begun anew', () => {
    const playout = new Playout();
    playout.push(100, viewAt(100), 0);
    expect(playout.push(99, viewAt(1), 5)).toBe(false);
    expect(playout.push(100, viewAt(2), 6)).toBe(false);
    expect(playout.sample(50)?.ball.x).toBe(100);
    expect(playout.push(3, viewAt(3), 2000)).toBe(true);
    expect(playout.sample(2001)?.ball.x).toBe(3);
  });

  it('does not draw the way of a ball that was taken back to the middle', () => {
    const playout = new Playout();
    playout.push(1, viewAt(890), 0);
    playout.push(2, viewAt(450, { server: 1 }), TICK_MS);
    expect(playout.sample(TICK_MS * 1.5)?.ball.x).toBe(450);
  });

  it('moves evenly at once after the match stood still, though the same moment was told every second', () => {
    const playout = new Playout();
    playout.push(10, viewAt(10), 0);
    for (let second = 1; second < 30; second++) playout.push(10, viewAt(10), second * 990);
    playout.push(11, viewAt(20), 30_000);
    playout.push(12, viewAt(30), 30_000 + TICK_MS);
    expect(playout.sample(30_000 + TICK_MS * 1.5)?.ball.x).toBeCloseTo(25);
  });

  it('begins anew with another match', () => {
    const playout = new Playout();
    playout.push(900, viewAt(5), 0);
    playout.reset();
    expect(playout.sample(1)).toBeNull();
    expect(playout.push(1, viewAt(7), 2)).toBe(true);
  });
});

const RATE = 60;
const FRAME_MS = 1000 / 59;
const VALUES = withDefaults(pong.parameters, { ballSpeed: 6000, paddleSpeed: 8000 });

/** A match between two that follow the ball, tick by tick. */
function playedMatch(ticks: number): PongState[] {
  let state = pong.join(pong.join(pong.initial(VALUES, 5, RATE), 0), 1);
  const states = [state];
  while (states.length < ticks) {
    const { ball, paddles } = state;
    const follow = [0, 1].map((seat) => {
      const away = ball.at[1] - (paddles[seat as 0 | 1].at ?? 0);
      return pong.validate({ move: Math.abs(away) < 20 * 256 ? 0 : Math.sign(away) }, seat);
    });
    state = pong.step(state, follow, []);
    states.push(state);
  }
  return states;
}

/**
 * How unevenly the ball goes on the screen: its step from frame to frame in parts of the step that its speed means,
 * while it flies. 0: it stood still, 1: as it should.
 */
function stepsOf(states: readonly PongState[], ahead: PongAhead | null): number[] {
  const random = new Random(11);
  const playout = new Playout();
  playout.ahead = ahead;
  // By a bad WiFi: 10 to 70 ms, and a fifth of all snapshots never comes.
  const arrivals = states
    .map((state, tick) => ({ tick, view: viewOf(state), at: tick * TICK_MS + 10 + random.below(60) }))
    .filter(() => random.below(5) > 0)
    .toSorted((a, b) => a.at - b.at);
  const parts: number[] = [];
  let before: PongView | null = null;
  for (let now = 1000; now < states.length * TICK_MS; now += FRAME_MS) {
    while ((arrivals[0]?.at ?? Infinity) <= now) {
      const { tick, view, at } = arrivals.shift() as (typeof arrivals)[number];
      playout.push(tick, view, at);
    }
    const shown = playout.sample(now) as PongView;
    const flies = before !== null && before.server === null && shown.server === null;
    const straight = before?.velocity.x === shown.velocity.x && before.velocity.y === shown.velocity.y;
    if (before !== null && flies && straight) {
      const should = (Math.hypot(shown.velocity.x, shown.velocity.y) * FRAME_MS) / TICK_MS;
      parts.push(Math.hypot(shown.ball.x - before.ball.x, shown.ball.y - before.ball.y) / should);
    }
    before = shown;
  }
  return parts;
}

describe('play that goes on where snapshots are late or lost', () => {
  const states = playedMatch(60 * RATE);
  const without = stepsOf(states, null);
  const ahead = stepsOf(states, new PongAhead(VALUES, RATE));

  it('moves the ball evenly where without the rules it stands and leaps', () => {
    expect(ahead.length).toBeGreaterThan(2000);
    expect(quantile(without, 0.05)).toBeLessThan(0.5);
    expect(quantile(without, 0.95)).toBeGreaterThan(1.5);
    expect(quantile(ahead, 0.01)).toBeGreaterThan(0.8);
    expect(quantile(ahead, 0.99)).toBeLessThan(1.3);
  });

  const flying = states.findIndex((state) => state.rally.server === NOBODY && state.rally.hits === 1);
  const lost = states.findIndex((state, tick) => tick > 0 && state.scores !== states[tick - 1]?.scores);
  const viewAtTick = (tick: number): PongView => viewOf(states[tick] as PongState);

  /** The playout when the snapshot of a tick has come, and the one before it. */
  function until(tick: number): Playout {
    const playout = new Playout();
    playout.ahead = new PongAhead(VALUES, RATE);
    for (const one of [tick - 1, tick]) playout.push(one, viewAtTick(one), one * TICK_MS);
    return playout;
  }

  it('goes as the match goes, for a quarter of a second', () => {
    const playout = until(flying);
    const shown = playout.sample((flying + 11) * TICK_MS) as PongView;
    expect(shown.ball.x).toBeCloseTo(viewAtTick(flying + 10).ball.x, 0);
    expect(shown.ball.y).toBeCloseTo(viewAtTick(flying + 10).ball.y, 0);
    const [later, latest] = [600, 900].map((ticks) => playout.sample((flying + ticks) * TICK_MS)?.ball);
    expect(later).toEqual(latest);
  });

  it('stands still with the hub, and glides to where the hub says it is', () => {
    const playout = until(flying);
    const at = (flying + 9) * TICK_MS;
    const ran = playout.sample(at)?.ball.x as number;
    playout.moving = false;
    const truth = viewAtTick(flying).ball.x;
    expect(playout.sample(at)?.ball.x).toBeCloseTo(ran);
    expect(Math.abs((playout.sample(at + 40)?.ball.x as number) - truth)).toBeCloseTo(Math.abs(ran - truth) / 2);
    expect(playout.sample(at + 2000)?.ball.x).toBeCloseTo(truth);
  });

  it('gives no points: that is for the hub', () => {
    const playout = until(lost - 3);
    const shown = playout.sample((lost + 8) * TICK_MS);
    expect(shown?.scores).toEqual(viewAtTick(lost - 3).scores);
    expect(shown?.server).toBeNull();
  });

  it('does not serve: nobody but the hub knows where to', () => {
    const serve = states.findIndex((state, tick) => tick > 5 && state.rally.server === NOBODY);
    const shown = until(serve - 2).sample((serve + 8) * TICK_MS);
    expect(shown).toMatchObject({ ball: { x: VALUES.width / 2, y: VALUES.height / 2 }, server: expect.any(Number) });
  });
});
