/** Rock-paper-scissors: who beats whom, for two and for a class, and that nobody sees a choice too early. */
import { describe, expect, it } from 'vitest';
import { BUTTON } from '../../../shared/contract/messages.ts';
import { encode } from '../../../shared/contract/codec.ts';
import { withDefaults, type GameEvent } from '../../../shared/games/game.ts';
import { rps } from '../../../shared/games/rps/rps.ts';
import type { RpsObservation } from '../../../shared/games/rps/observe.ts';
import type { RpsParameters, RpsState } from '../../../shared/games/rps/state.ts';
import { readRpsView } from '../../../shared/games/rps/view.ts';

const open = (players: number, values: Partial<RpsParameters> = {}): RpsState =>
  Array.from({ length: players }, (_, seat) => seat).reduce(
    (state, seat) => rps.join(state, seat),
    rps.initial(withDefaults(rps.parameters, values), 1, 60),
  );

/** One tick in which seats say these letters; a space: nothing. */
function say(state: RpsState, letters: string, events: GameEvent[] = []): RpsState {
  const commands = Array.from(letters, (letter) => (letter === ' ' ? null : rps.validate(letter, 0)));
  return rps.step(state, commands, events);
}

/** The points that each of these choices brings, in one round. */
const pointsOf = (letters: string): number[] =>
  rps.scores(say(open(letters.length, { showMs: 0 }), letters)).slice(0, letters.length);

const seen = (state: RpsState, seat: number): RpsObservation => rps.observe(state, seat) as RpsObservation;

const by = (buttons: number) => rps.command({ buttons, axis: null }, 0);

const afterTwo = (first: string, second: string) =>
  rps.outcome(say(say(open(2, { rounds: 2, target: 9, showMs: 0 }), first), second));

describe('a round of two', () => {
  it.each([
    ['RS', [1, 0]],
    ['PR', [1, 0]],
    ['SP', [1, 0]],
    ['SR', [0, 1]],
    ['RP', [0, 1]],
    ['PS', [0, 1]],
    ['RR', [0, 0]],
    ['PP', [0, 0]],
    ['SS', [0, 0]],
  ])('%s', (letters, points) => {
    expect(pointsOf(letters)).toEqual(points);
  });

  it('tells who lost the point to whom', () => {
    const events: GameEvent[] = [];
    say(open(2), 'RS', events);
    expect(events).toEqual([{ kind: 'point', seat: 0, against: 1 }]);
    events.length = 0;
    say(open(2), 'RR', events);
    expect(events).toEqual([{ kind: 'nobody', seat: null }]);
  });

  it('ends when the time is over; who chose nothing loses nothing, and nobody wins against it', () => {
    let state = say(open(2, { chooseMs: 1000 }), 'R ');
    for (let tick = 1; tick < 59; tick++) state = say(state, '  ');
    expect(state.phase).toBe('choose');
    state = say(state, '  ');
    expect(state).toMatchObject({ phase: 'shown', round: 1 });
    expect(rps.scores(state).slice(0, 2)).toEqual([0, 0]);
    expect(readRpsView(rps.view(state))?.seats[0]).toMatchObject({ choice: 1, won: false });
  });

  it('lets a choice be changed until all have chosen', () => {
    const state = say(say(say(open(2), 'R '), 'P '), ' R');
    expect(rps.scores(state).slice(0, 2)).toEqual([1, 0]);
  });
});

describe('a round of a class', () => {
  it.each([
    // Two rocks beat one pair of scissors each, which lost to two.
    ['RRS', [1, 1, 0]],
    ['RPS', [0, 0, 0]],
    // Rock beats two and loses to one; paper beats three and loses to two; scissors beat one and lose to three.
    ['RRRPSS', [1, 1, 1, 1, 0, 0]],
    ['RRPPSS', [0, 0, 0, 0, 0, 0]],
    ['PPPP', [0, 0, 0, 0]],
  ])('each plays against each: %s', (letters, points) => {
    expect(pointsOf(letters)).toEqual(points);
  });

  it('is decided when one is ahead alone with enough points', () => {
    let state = open(3, { target: 2, showMs: 0 });
    state = say(say(state, 'RRS'), 'RRS');
    expect(rps.scores(state).slice(0, 3)).toEqual([2, 2, 0]);
    expect(rps.outcome(state)).toBeNull();
    state = say(state, 'PPP');
    expect(rps.outcome(state)).toBeNull();
    state = say(state, 'RSP');
    expect(rps.outcome(state)).toBeNull();
    state = say(state, 'RSS');
    expect(rps.outcome(state)).toEqual({ kind: 'win', winner: 0 });
    expect(say(state, 'SSS')).toBe(state);
  });

  it('ends after all rounds: the most points win, and equal points are a draw', () => {
    expect(afterTwo('RS', 'RR')).toEqual({ kind: 'win', winner: 0 });
    expect(afterTwo('RS', 'SR')).toEqual({ kind: 'draw' });
    expect(afterTwo('RR', 'RR')).toEqual({ kind: 'draw' });
  });
});

describe('a choice', () => {
  it('is told to nobody else before all have chosen, neither to seats nor to spectators', () => {
    for (const letter of ['R', 'P', 'S']) {
      const state = say(open(3), `${letter}  `);
      expect(seen(state, 0).chosen).toBe(letter);
      for (const seat of [1, 2]) expect(seen(state, seat)).toMatchObject({ chosen: '-', last: { 1: '-' } });
      expect([...rps.view(state)]).toEqual([...rps.view(say(open(3), 'R  '))]);
      expect(readRpsView(rps.view(state))?.seats[0]).toMatchObject({ ready: true, choice: 0 });
    }
  });

  it('is told when it is shown, and in the round after', () => {
    let state = say(open(2, { showMs: 100 }), 'RS');
    expect(seen(state, 1)).toMatchObject({ phase: 'shown', last: { 1: 'R', 2: 'S' }, scores: { 1: 1, 2: 0 } });
    for (let tick = 0; tick < 6; tick++) state = say(state, '  ');
    expect(seen(state, 1)).toMatchObject({ phase: 'choose', round: 2, chosen: '-', last: { 1: 'R', 2: 'S' } });
  });

  it('is left, up and right by hand; two buttons at once are none, and a tap within one tick is one', () => {
    expect([BUTTON.left, BUTTON.up, BUTTON.right].map(by)).toEqual([1, 2, 3]);
    expect([0, BUTTON.left | BUTTON.up, BUTTON.down, BUTTON.action].map(by)).toEqual([0, 0, 0, 0]);
    expect(rps.merge?.(by(BUTTON.up), by(0))).toBe(2);
    expect(rps.merge?.(by(BUTTON.up), by(BUTTON.left))).toBe(1);
  });

  it('of an agent is a word or a letter', () => {
    expect(['rock', 'paper', 'scissors', 'R', 'P', 'S', 'none'].map((word) => rps.validate(word, 0))).toEqual([
      1, 2, 3, 1, 2, 3, 0,
    ]);
    for (const value of ['r', 'Rock', 'lizard', 1, ['R'], null]) expect(rps.validate(value, 0)).toBeNull();
  });
});

describe('seats', () => {
  it('are awaited while they have not chosen', () => {
    expect(rps.awaits?.(open(3))).toEqual([0, 1, 2]);
    expect(rps.awaits?.(say(open(3), 'R  '))).toEqual([1, 2]);
    expect(rps.awaits?.(say(open(3), 'RRR'))).toEqual([]);
  });

  it('that are left keep their points until somebody else sits there, and hold up nobody', () => {
    let state = rps.leave(say(open(3, { showMs: 0 }), 'RRS'), 0);
    expect(rps.scores(state).slice(0, 3)).toEqual([1, 1, 0]);
    expect(rps.observe(state, 0)).toBeNull();
    state = say(state, ' PS');
    expect(state.round).toBe(3);
    expect(rps.scores(rps.join(state, 0))[0]).toBe(0);
  });

  it('that nobody has left: the match is void', () => {
    expect(rps.outcome(rps.leave(open(1), 0))).toEqual({ kind: 'void' });
  });

  it('tell what they like to choose', () => {
    const state = say(say(open(2, { showMs: 0 }), 'RS'), 'RP');
    expect(rps.stats?.(state, 0)).toEqual({ rock: 2, paper: 0, scissors: 0, beaten: 1, lost: 1 });
  });

  it('of a whole class fit into their messages', () => {
    const full = say(open(30, { target: 99, showMs: 0 }), 'S'.repeat(30));
    for (const form of ['cbor', 'json'] as const)
      expect(encode({ type: 'OBSERVE', tick: 4_000_000_000, value: rps.observe(full, 29) }, form).length).toBeLessThan(
        1024,
      );
    expect(rps.view(full)).toHaveLength(67);
  });
});
