/** Parts of the play page that need no browser: directions on a turned court, names, and what is kept of a match. */
import { describe, expect, it } from 'vitest';
import { LocalMatch } from '../../hub/dashboard/local/local-match.ts';
import { someNames } from '../../hub/dashboard/play/names.ts';
import { onCourt, turnFor, zonesFor, type Turn } from '../../hub/dashboard/play/steering.ts';
import { fit, layoutOf } from '../../hub/dashboard/court/geometry.ts';
import { BUTTON } from '../../shared/contract/messages.ts';
import { pong } from '../../shared/games/pong/pong.ts';
import { Random } from '../support/random.ts';

const { up, down, left, right, action } = BUTTON;

describe('steering', () => {
  it.each([
    ['left', 3, left, up],
    ['left', 3, right, down],
    ['right', 1, right, up],
    ['right', 1, left, down],
    ['up', 2, right, left],
    ['up', 2, left, right],
    ['down', 0, left, left],
    ['down', 0, right, right],
  ] as const)('brings %s to the bottom by %i quarter turns, where button %i means %i', (side, turn, pressed, meant) => {
    expect(turnFor(side)).toBe(turn);
    expect(onCourt(pressed | action, turn)).toBe(meant | action);
  });

  it('means what it says on a court that is not turned, and back after four quarters', () => {
    for (let buttons = 0; buttons < 32; buttons++) {
      expect(onCourt(buttons, 0)).toBe(buttons);
      let turned = buttons;
      for (let quarter = 0; quarter < 4; quarter++) turned = onCourt(turned, 1);
      expect(turned).toBe(buttons);
    }
  });

  it.each(pong.seats.map((side, seat) => ({ side, seat })))(
    'gives $side zones that move its paddle, in every turn',
    ({ side, seat }) => {
      for (const turn of [0, 1, 2, 3] as Turn[]) {
        const commands = zonesFor(side, turn).map((zone) =>
          pong.command({ buttons: onCourt(BUTTON[zone], turn), axis: null }, seat),
        );
        expect(new Set(commands)).toEqual(new Set([1, 2]));
      }
    },
  );

  it('fits a turned court into a canvas as it would the other way round', () => {
    const layout = layoutOf({});
    const across = fit(layout, 640, 360);
    const upright = fit(layout, 360, 640, 3);
    expect(upright.scale).toBeCloseTo(across.scale);
    expect([upright.left, upright.top]).toEqual([across.top, across.left]);
  });
});

it('names to choose from differ, and fit into HELLO', () => {
  const random = new Random(3);
  for (let round = 0; round < 50; round++) {
    const names = someNames(3, (bound) => random.below(bound));
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
  }
});

describe('a match without a hub', () => {
  const FRAME_MS = 1000 / 60;

  it('is played to its end by the rules, and stands still when it is paused or the page slept', () => {
    const events: string[] = [];
    const match = new LocalMatch({
      players: ['wasd', 'bot', null, null],
      seed: 5,
      event: ({ kind }) => events.push(kind),
    });
    let now = 0;
    const play = (seconds: number): void => {
      for (const until = now + seconds * 1000; now < until; now += FRAME_MS) match.view(now);
    };
    // Out of the way: every ball that comes is lost.
    match.hold(0, up);
    play(3);
    match.paused.value = true;
    const still = match.view(now);
    play(2);
    expect(match.view(now)).toEqual(still);
    match.paused.value = false;
    now += 60_000;
    expect(match.view(now)).toEqual(still);
    for (let minutes = 0; match.winner.value === null && minutes < 30; minutes++) play(60);
    expect(match.winner.value).toBe(1);
    expect(match.scores.value[1]).toBe(5);
    expect(events.filter((kind) => kind === 'point')).toHaveLength(match.scores.value[0] + 5);
    expect(still.paddles[0]).toBeLessThan(60);
  });
});
