/** Playing ahead of the hub over a bad network, in virtual time: what is drawn against what was true. */
import { describe, expect, it } from 'vitest';
import { pong } from '../../../shared/games/pong/pong.ts';
import { figuresOf, quantile } from './figures.ts';
import { playLossyMatch, RATE, trueBall } from './lossy-match.ts';

const BAD = { delayMs: 80, jitterMs: 40, lossPercent: 20 } as const;
const SECONDS = 120;

describe('a match with 20 % loss and 80 ± 40 ms each way', () => {
  it.each([
    { seed: 1, parameters: {} },
    { seed: 2, parameters: {} },
    { seed: 3, parameters: { ballSpeed: 4000, paddleSpeed: 5000 } },
  ])('is drawn as it is (%j)', ({ seed, parameters }) => {
    const played = playLossyMatch({ seed, seconds: SECONDS, network: BAD, parameters });
    const figures = figuresOf(played);
    expect(figures.shots).toBeGreaterThan((SECONDS - 5) * RATE);
    expect(pong.scores(played.truth.at(-1)!).reduce((sum, points) => sum + points)).toBeGreaterThan(0);
    // The own paddle answers within one frame, always.
    expect(figures.presses).toBeGreaterThan(50);
    expect(figures.unanswered).toBe(0);
    expect(quantile(figures.ballError, 0.95)).toBeLessThan(2);
    expect(figures.jumps.length).toBeGreaterThan(figures.shots / 2);
    expect(Math.max(...figures.jumps)).toBeLessThan(1);
    // And it is prediction that does it.
    expect(quantile(figures.unpredictedError, 0.95)).toBeGreaterThan(2);
    expect(Math.max(...figures.unpredictedJumps)).toBeGreaterThan(1);
  });

  it('is found again within 200 ms after the hub was silent for 3 s', () => {
    const [from, until] = [20_000, 23_000];
    const { shots, truth } = playLossyMatch({ seed: 5, seconds: 40, network: BAD, silence: [from, until] });
    // What was on the way when it fell silent still comes.
    const latest = from + BAD.delayMs + BAD.jitterMs;
    const saysSo = shots.filter(({ silent }) => silent).map(({ at }) => at);
    expect(saysSo[0]).toBeGreaterThan(from + 900);
    expect(saysSo[0]).toBeLessThan(latest + 1000 + 100);
    const back = saysSo.at(-1)!;
    expect(back).toBeGreaterThan(until);
    // It goes on while it hears nothing.
    const alone = shots.filter(({ at }) => at > latest && at < until);
    expect(new Set(alone.map(({ tick }) => Math.floor(tick))).size).toBeGreaterThan(150);
    const errors = shots
      .filter(({ at }) => at > back + 200 && at < back + 1200)
      .map(({ tick, drawn }) => {
        const ball = trueBall(truth, tick)!;
        return Math.hypot(drawn.ball.x - ball.x, drawn.ball.y - ball.y) / 9;
      });
    expect(errors.length).toBeGreaterThan(40);
    expect(quantile(errors, 0.95)).toBeLessThan(1);
  });
});

it('over a good network it is as exact', () => {
  const good = { delayMs: 2, jitterMs: 1, lossPercent: 0 };
  const figures = figuresOf(playLossyMatch({ seed: 9, seconds: 30, network: good }));
  expect(quantile(figures.ballError, 0.99)).toBeLessThan(0.5);
  expect(figures.unanswered).toBe(0);
});
