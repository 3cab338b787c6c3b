/** What pages make of views and scenes between two snapshots. */
import { describe, expect, it } from 'vitest';
import { ViewPlayout } from '../../../hub/dashboard/live/view-playout.ts';
import { between } from '../../../hub/dashboard/scene/glide.ts';
import { picturesOf } from '../../../hub/dashboard/scene/pictures.ts';
import { withDefaults } from '../../../shared/games/game.ts';
import { GAMES } from '../../../shared/games/registry.ts';
import type { Scene, Shape } from '../../../shared/games/scene.ts';

const disc = (x: number, name?: string): Shape => ({
  kind: 'disc',
  paint: 0,
  x,
  y: 5,
  r: 1,
  ...(name !== undefined && { name }),
});
const scene = (...shapes: readonly Shape[]): Scene => ({ width: 100, height: 50, shapes });
const bytes = (value: number): Uint8Array => Uint8Array.of(value);

/** At ten ticks a second. */
const playout = (): ViewPlayout => {
  const made = new ViewPlayout();
  made.rate = 10;
  return made;
};

describe('between two scenes', () => {
  it('what has the same name is on its way; what has none, another name or another kind has jumped', () => {
    const before = scene(disc(0, 'ball'), disc(0), disc(0, 'gone'), {
      kind: 'box',
      paint: 0,
      name: 'b',
      x: 0,
      y: 0,
      w: 1,
      h: 1,
    });
    const latest = scene(disc(10, 'ball'), disc(10), disc(10, 'new'), disc(10, 'b'));
    expect(between(before, latest, 0.25).shapes.map((shape) => 'x' in shape && shape.x)).toEqual([2.5, 10, 10, 10]);
    expect(between(before, latest, 1)).toBe(latest);
  });

  it('a seat keeps its colour, and a picture of another size is another picture', () => {
    const before = scene({ ...disc(0, 'ball'), paint: 2 });
    expect(between(before, scene(disc(10, 'ball')), 0.5).shapes[0]).toMatchObject({ paint: 0, x: 5 });
    const larger = { ...scene(disc(10, 'ball')), width: 200 };
    expect(between(before, larger, 0.5)).toBe(larger);
  });
});

describe('the newest views', () => {
  it('glide from one to the next over the time between their ticks', () => {
    const views = playout();
    expect(views.sample(0)).toBeNull();
    views.push(1, bytes(1), 1000);
    expect(views.sample(1000)).toEqual({ before: null, latest: bytes(1), part: 1 });
    views.push(2, bytes(2), 1100);
    expect(views.sample(1125)).toEqual({ before: bytes(1), latest: bytes(2), part: 0.25 });
    expect(views.sample(1900)?.part).toBe(1);
  });

  it('leave out what is older, take a tick that is told anew, and begin anew with the hub', () => {
    const views = playout();
    views.push(5, bytes(5), 1000);
    views.push(4, bytes(4), 1010);
    expect(views.sample(1020)?.latest).toEqual(bytes(5));
    views.push(5, bytes(6), 1100);
    expect(views.sample(1100)).toEqual({ before: null, latest: bytes(6), part: 1 });
    views.push(1, bytes(1), 2200);
    expect(views.sample(2200)).toEqual({ before: null, latest: bytes(1), part: 1 });
  });

  it('of another match may come before the scoreboard that tells of it', () => {
    const views = playout();
    views.push(500, bytes(5), 1000);
    views.push(0, bytes(1), 1100);
    expect(views.sample(1100)?.latest).toEqual(bytes(5));
    views.reset();
    expect(views.sample(1100)?.latest).toEqual(bytes(1));
    views.reset();
    expect(views.sample(1100)).toBeNull();
  });

  it('that say the same are one, so that it is drawn once', () => {
    const views = playout();
    const first = bytes(1);
    views.push(1, first, 1000);
    views.push(2, bytes(1), 1100);
    expect(views.sample(1125)).toEqual({ before: null, latest: bytes(1), part: 1 });
    expect(views.sample(1125)?.latest).toBe(first);
    views.push(3, bytes(2), 1200);
    expect(views.sample(1225)).toEqual({ before: bytes(1), latest: bytes(2), part: 0.25 });
  });

  it('do not begin to glide anew when a tick is told again', () => {
    const views = playout();
    views.push(1, bytes(1), 1000);
    views.push(2, bytes(2), 1100);
    views.push(2, bytes(2), 1150);
    expect(views.sample(1175)?.part).toBe(0.75);
    views.push(2, bytes(2), 1900);
    expect(views.sample(1900)?.part).toBe(1);
  });

  it('of two moments that lie far apart do not glide', () => {
    const views = playout();
    views.push(1, bytes(1), 1000);
    views.push(9, bytes(9), 1100);
    expect(views.sample(1150)?.before).toBeNull();
  });
});

describe('pictures of games', () => {
  it.each(GAMES.map((game) => [game.name, game] as const))(
    '%s: an empty room has one, nonsense has none',
    (name, game) => {
      const pictures = picturesOf(name, { nonsense: true });
      const values = withDefaults(game.parameters);
      expect(pictures?.draw(game.view(game.initial(values, 1, 60)))?.shapes).toBeInstanceOf(Array);
      expect(pictures?.aspect).toBeGreaterThan(1);
      for (const view of [
        new Uint8Array(0),
        new Uint8Array(1),
        new Uint8Array(7).fill(255),
        new Uint8Array(240).fill(255),
      ])
        expect(pictures?.draw(view)).toBeNull();
    },
  );

  it('a game that nobody knows has none', () => {
    expect(picturesOf('chess', {})).toBeNull();
  });
});
