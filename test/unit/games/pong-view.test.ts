/** What leaves the game: the view of a snapshot, the observation of a seat, the registry. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../../shared/contract/codec.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { pong } from '../../../shared/games/pong/pong.ts';
import { PONG_VIEW_BYTES, readPongView } from '../../../shared/games/pong/view.ts';
import { GAMES, gameNamed } from '../../../shared/games/registry.ts';
import { inFlight, open, randomPlayers, run, withPaddleAt } from './play.ts';

const ALL = [0, 1, 2, 3];
const read = (state: Parameters<typeof pong.view>[0]) => {
  const view = readPongView(pong.view(state));
  if (view === null) throw new Error('unreadable');
  return view;
};

describe('the view', () => {
  it('makes a snapshot of at most 32 bytes, however late the tick', () => {
    const players = randomPlayers(5, 60);
    let state = open({ seats: ALL, seed: 5 });
    for (let tick = 0; tick < 3000; tick++) {
      state = pong.step(state, players(tick), []);
      const snapshot = encode({ type: 'SNAPSHOT', tick: 0xffff_ffff - tick, phase: 'playing', view: pong.view(state) });
      expect(snapshot.length).toBeLessThanOrEqual(32);
      expect(decode(snapshot).message).toMatchObject({ view: pong.view(state) });
    }
  });

  it('gives back what went in, to 1/64 px', () => {
    const players = randomPlayers(6, 60);
    let state = open({ seats: [0, 2, 3], seed: 6 });
    for (let tick = 0; tick < 3000; tick++) {
      state = pong.step(state, players(tick), []);
      const view = read(state);
      expect(Math.abs(view.ball.x - state.ball.at[0] / 256)).toBeLessThan(1 / 64);
      expect(Math.abs(view.ball.y - state.ball.at[1] / 256)).toBeLessThan(1 / 64);
      expect([view.velocity.x * 256, view.velocity.y * 256]).toEqual(state.ball.velocity);
      expect(view.paddles[1]).toBeNull();
      for (const seat of [0, 2, 3] as const) {
        expect(Math.abs((view.paddles[seat] as number) - state.paddles[seat].at / 256)).toBeLessThan(1 / 64);
      }
      expect(view.moves).toEqual(state.paddles.map(({ move }) => move));
      expect(view.scores).toEqual(state.scores);
      expect(view.server).toBe(state.rally.server === -1 ? null : state.rally.server);
      expect(view.touched).toBe(state.rally.touched === -1 ? null : state.rally.touched);
    }
  });

  it('tells how long it is until the serve, and how long the rally is', () => {
    const start = open({ parameters: { serveMs: 2000 } });
    expect(read(start)).toMatchObject({ serveMs: 2000, hits: 0, server: start.rally.server });
    expect(read(run(start, 60).state).serveMs).toBe(1000);
    const flying = inFlight(start, 200, 200, 1, 1);
    expect(read({ ...flying, rally: { ...flying.rally, hits: 7 } })).toMatchObject({
      serveMs: 0,
      hits: 7,
      server: null,
    });
    expect(read({ ...flying, rally: { ...flying.rally, hits: 700 } }).hits).toBe(255);
  });

  it('holds the largest court, the fastest ball and the highest score', () => {
    const parameters = { width: 1000, height: 1000, ballSize: 100, target: 99 };
    const far = inFlight(open({ seats: ALL, parameters }), 999.9, 999.9, 3000, -3000);
    const view = read(withPaddleAt({ ...far, scores: [99, 98, 97, 96] }, 3, 1000));
    expect(view.ball.x).toBeCloseTo(999.9, 1);
    expect(view.velocity).toEqual({ x: 0x7fff / 256, y: -128 });
    expect(view.paddles[3]).toBe(1000);
    expect(view.scores).toEqual([99, 98, 97, 96]);
  });

  it('is byte for byte what docs/games.md shows', () => {
    const documented = /The example is `([0-9a-f]{46})`/.exec(readFileSync(packageUrl('docs/games.md'), 'utf8'))?.[1];
    const base = withPaddleAt(inFlight(open({ seats: [0, 1] }), 100.5, 300, -2, 0.5), 1, 280);
    const state = {
      ...base,
      scores: [3, 4, 0, 0] as const,
      rally: { ...base.rally, touched: 1 as const, hits: 6 },
    };
    expect(Buffer.from(pong.view(state)).toString('hex')).toBe(documented);
  });

  it('is null for bytes of another length, and never throws', () => {
    for (let length = 0; length < 60; length++) {
      const view = readPongView(new Uint8Array(length).fill(0xff));
      if (length === PONG_VIEW_BYTES) expect(view?.paddles).toEqual([null, null, null, null]);
      else expect(view).toBeNull();
    }
  });
});

describe('the observation', () => {
  it('is whole px and px per second, for the seat that asks', () => {
    const state = withPaddleAt(inFlight(open({ seats: [0, 3], rate: 120 }), 100.4, 200.6, -1, 0.5), 3, 333.3);
    expect(pong.observe(state, 3)).toEqual({
      you: 'down',
      court: [900, 600],
      size: 30,
      ball: [100, 201],
      velocity: [-120, 60],
      length: 90,
      paddles: { left: 300, down: 333 },
      scores: { left: 0, right: 0, up: 0, down: 0 },
      serving: null,
    });
    expect(pong.observe(state, 0)).toMatchObject({ you: 'left', length: 60 });
    expect(pong.observe(state, 1)).toBeNull();
  });

  it('names the seat that the ball will be served to', () => {
    const state = open({ seats: [2, 3] });
    expect(pong.observe(state, 2)).toMatchObject({
      serving: state.rally.server === 2 ? 'up' : 'down',
      velocity: [0, 0],
    });
  });

  it('fits into an OBSERVE message', () => {
    const value = pong.observe(open({ seats: ALL }), 0);
    expect(encode({ type: 'OBSERVE', tick: 0xffff_ffff, value }).length).toBeLessThan(200);
  });
});

it('docs/games.md lists every parameter with its default, range and unit', () => {
  const text = readFileSync(packageUrl('docs/games.md'), 'utf8');
  for (const [name, parameter] of Object.entries(pong.parameters)) {
    const { min, max, unit } = parameter;
    expect(text).toContain(`| \`${name}\` | ${parameter.default} | ${min} to ${max} | ${unit} |`);
  }
});

describe('the registry', () => {
  it('knows each game by its name, once', () => {
    expect(gameNamed('pong')).toBe(pong);
    expect(gameNamed('chess')).toBeUndefined();
    expect(gameNamed('constructor')).toBeUndefined();
    expect(new Set(GAMES.map(({ name }) => name)).size).toBe(GAMES.length);
  });

  it('holds only games whose defaults are within their ranges', () => {
    for (const game of GAMES) {
      for (const parameter of Object.values(game.parameters)) {
        if (parameter.kind === 'choice') expect(parameter.choices).toContain(parameter.default);
        else expect(parameter.default >= parameter.min && parameter.default <= parameter.max).toBe(true);
      }
    }
  });
});
