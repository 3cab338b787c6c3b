import { describe, expect, it } from 'vitest';
import { buzzer, type BuzzerState } from '../../../shared/games/buzzer/buzzer.ts';
import { withDefaults, type Game, type GameEvent, type Parameters, type Stamp } from '../../../shared/games/game.ts';
import { firstOf } from '../../../shared/games/presses/first.ts';
import { mergePresses, type PressCommand } from '../../../shared/games/presses/press.ts';
import { readPressView, type PressView } from '../../../shared/games/presses/view.ts';
import { reaction } from '../../../shared/games/reaction/reaction.ts';
import { Random } from '../../support/random.ts';

const RATE = 60;
const TICK_US = 1_000_000 / RATE;

/** A match under the test's hand: seats press at given moments, ticks pass. */
class Table<S, P extends Parameters> {
  readonly game: Game<S, PressCommand, P>;
  state: S;
  tick = 0;
  events: GameEvent[] = [];
  readonly #commands: (PressCommand | null)[] = [];

  constructor(game: Game<S, PressCommand, P>, parameters: Record<string, number>, seats: number) {
    this.game = game;
    this.state = game.initial(withDefaults(game.parameters, parameters), 1, RATE);
    for (let seat = 0; seat < seats; seat++) this.state = game.join(this.state, seat);
  }

  run(ticks: number): this {
    for (let done = 0; done < ticks; done++) {
      this.tick++;
      this.state = this.game.step(this.state, this.#commands, this.events);
    }
    return this;
  }

  until(phase: PressView['phase']): this {
    for (let ticks = 0; this.view.phase !== phase; ticks++) {
      if (ticks > 3600) throw new Error(`it stays ${this.view.phase}`);
      this.run(1);
    }
    return this;
  }

  /** A press so many ms from now (or before: it was on its way), known so exactly. */
  press(seat: number, inMs = 0, boundMs = 0.1): this {
    this.#commands[seat] = { press: this.stamp(inMs, boundMs) };
    return this;
  }

  stamp(inMs: number, boundMs: number): Stamp {
    return { at: Math.round(this.tick * TICK_US + inMs * 1000), bound: Math.round(boundMs * 1000) };
  }

  host(word: string): boolean {
    const next = this.game.host?.(this.state, word, this.events) ?? null;
    if (next === null) return false;
    this.state = next;
    return true;
  }

  get view(): PressView {
    return readPressView(this.game.view(this.state)) as PressView;
  }

  get scores(): number[] {
    return this.game.scores(this.state).slice(0, 4);
  }

  said(kind: GameEvent['kind']): unknown[] {
    return this.events.filter((event) => event.kind === kind).map(({ seat }) => seat);
  }
}

const QUICK = { rounds: 2, waitMinMs: 1000, waitMaxMs: 1000, limitMs: 1000, holdMs: 200, showMs: 500 };

describe('who was first', () => {
  it.each([
    ['nobody', [null, null], []],
    [
      'the earlier press, whatever the order of seats',
      [
        { at: 900, bound: 10 },
        { at: 500, bound: 10 },
      ],
      [1],
    ],
    [
      'who overlaps has tied',
      [
        { at: 500, bound: 10 },
        { at: 519, bound: 10 },
        { at: 521, bound: 10 },
      ],
      [0, 1],
    ],
    [
      'one that is hardly known ties with whom it may have beaten',
      [
        { at: 500, bound: 0 },
        { at: 700, bound: 250 },
      ],
      [0, 1],
    ],
    [
      'at the same moment, the one that is known better comes first',
      [
        { at: 5, bound: 9 },
        { at: 5, bound: 1 },
      ],
      [1, 0],
    ],
  ])('%s', (_, presses, expected) => {
    expect(firstOf(presses)).toEqual(expected);
  });

  it('of two presses within one tick the earlier counts, and a release takes none back', () => {
    const early = { press: { at: 5, bound: 1 } };
    expect(mergePresses(early, { press: null })).toEqual(early);
    expect(mergePresses({ press: null }, early)).toEqual(early);
    expect(mergePresses({ press: { at: 9, bound: 0 } }, early)).toEqual(early);
  });
});

describe('reaction', () => {
  it('the light goes on after the wait, and the first press has the point: by its moment, not by its arrival', () => {
    const table = new Table(reaction, QUICK, 3).until('lit');
    table.run(20).press(0, -40).run(2).press(1, -90).run(1);
    expect(table.view.phase).toBe('hold');
    table.until('shown');
    expect(table.scores).toEqual([0, 1, 0, 0]);
    expect(table.view.seats[1]).toMatchObject({ winner: true, press: { ms: expect.closeTo(276.7, 0), bound: 0.1 } });
    expect(table.view.tie).toBe(false);
    expect(table.said('go')).toEqual([null]);
  });

  it('presses that cannot be told apart have tied, and both have the point', () => {
    const table = new Table(reaction, QUICK, 3).until('lit').run(20);
    table.press(0, -40, 3).press(2, -36, 3).until('shown');
    expect(table.scores).toEqual([1, 0, 1, 0]);
    expect(table.said('tie')).toEqual([0, 2]);
    expect(table.view.tie).toBe(true);
  });

  it('a press before the light is a false start: out of this round, in again in the next', () => {
    const table = new Table(reaction, QUICK, 2).until('wait').run(10).press(0).run(1);
    expect(table.said('false-start')).toEqual([0]);
    expect(table.view.seats[0]).toMatchObject({ out: true, press: null });
    table.until('lit').run(20).press(0, -10).run(1);
    expect(table.view.phase).toBe('lit');
    table.press(1, -10).until('shown');
    expect(table.scores).toEqual([0, 1, 0, 0]);
    expect(table.until('wait').view.seats[0]?.out).toBe(false);
  });

  it('a press that left before the light but arrived after it is a false start too', () => {
    const table = new Table(reaction, QUICK, 2).until('lit').run(1).press(0, -60).run(1);
    expect(table.said('false-start')).toEqual([0]);
  });

  it('faster than anybody can be is a guess; a doubt is the player’s', () => {
    const table = new Table(reaction, QUICK, 3).until('lit').run(6);
    table.press(0, -20, 1).press(1, -20, 30).run(1);
    expect(table.said('false-start')).toEqual([0]);
    expect(table.view.seats[1]?.press).not.toBeNull();
  });

  it('when all have pressed nobody is waited for', () => {
    const table = new Table(reaction, QUICK, 2).until('lit').run(20).press(0, -9).press(1, -5).run(2);
    expect(table.view.phase).toBe('shown');
  });

  it('nobody presses: no point, and the match goes on', () => {
    const table = new Table(reaction, QUICK, 2).until('lit').until('shown');
    expect(table.said('nobody')).toEqual([null]);
    expect(table.until('wait').view.round).toBe(2);
  });

  it('all start too early: the light need not go on', () => {
    const table = new Table(reaction, QUICK, 2).until('wait').run(3).press(0).press(1).run(2);
    expect(table.view.phase).toBe('shown');
    expect(table.said('go')).toEqual([]);
  });

  it('a press of the round before, or one that is still held, means nothing in this one', () => {
    const table = new Table(reaction, QUICK, 2).until('lit').run(20).press(0, -10).until('shown').until('wait').run(30);
    expect(table.said('false-start')).toEqual([]);
  });

  it('most points after the last round win; with equal points nobody does', () => {
    const won = new Table(reaction, QUICK, 2).until('lit').run(20).press(0, -10).until('over');
    expect(reaction.outcome(won.state)).toEqual({ kind: 'win', winner: 0 });
    const drawn = new Table(reaction, QUICK, 2).until('over');
    expect(reaction.outcome(drawn.state)).toEqual({ kind: 'draw' });
  });

  it('who sits where a winner sat is not shown as one', () => {
    const table = new Table(reaction, QUICK, 3).until('lit').run(20).press(0, -10).until('shown');
    table.state = reaction.join(reaction.leave(table.state, 0), 0);
    expect(table.view.seats.some(({ winner }) => winner)).toBe(false);
  });

  it('who comes in the middle of a round plays from the next one; when all have gone it is void', () => {
    const table = new Table(reaction, QUICK, 2).until('lit');
    table.state = reaction.join(table.state, 7);
    table.run(20).press(7, -5).run(1);
    expect(table.view.phase).toBe('lit');
    for (const seat of [0, 1, 7]) table.state = reaction.leave(table.state, seat);
    expect(reaction.outcome(table.state)).toEqual({ kind: 'void' });
  });
});

function armed(seats = 3): Table<BuzzerState, typeof buzzer.parameters> {
  const table = new Table(buzzer, { target: 2 }, seats).run(10);
  expect(table.host('arm')).toBe(true);
  return table.run(10);
}

describe('buzzer', () => {
  it('the first press may answer; right gives the point, and the next question waits', () => {
    const table = armed();
    table.press(2, -3).run(1).press(1, -30).until('shown');
    expect(table.said('buzz')).toEqual([1]);
    expect(table.view.seats[1]?.winner).toBe(true);
    expect(table.host('right')).toBe(true);
    expect(table.scores).toEqual([0, 1, 0, 0]);
    expect(table.view.phase).toBe('idle');
  });

  it('wrong: the same question for the others, without who was wrong', () => {
    const table = armed().press(1, -3).until('shown');
    expect(table.host('wrong')).toBe(true);
    table.run(2).press(1, -1).press(0, 5).run(1).until('shown');
    expect(table.said('buzz')).toEqual([1, 0]);
    expect(table.view.round).toBe(1);
  });

  it('who presses before it is armed is locked out for a while', () => {
    const table = new Table(buzzer, { lockoutMs: 1000 }, 2).run(10).press(0).run(10);
    expect(table.said('false-start')).toEqual([0]);
    table.host('arm');
    table.run(3).press(0, -1).run(1);
    expect(table.view.phase).toBe('lit');
    table.run(60).press(0, -1).until('shown');
    expect(table.said('buzz')).toEqual([0]);
  });

  it('who presses on and on is locked out until it stops, and that is said once', () => {
    const table = new Table(buzzer, { lockoutMs: 1000 }, 2).run(10);
    for (let tick = 0; tick < 120; tick++) table.press(0).run(1);
    expect(table.said('false-start')).toEqual([0]);
    table.host('arm');
    table.run(30).press(0, -1).run(1);
    expect(table.view.phase).toBe('lit');
  });

  it('a tie is said; who was a hair earlier answers', () => {
    const table = armed().press(0, -3, 2).press(2, -4, 2).until('shown');
    expect(table.said('buzz')).toEqual([2]);
    expect(table.said('tie')).toEqual([2, 0]);
  });

  it('words count only when they mean something', () => {
    const table = new Table(buzzer, {}, 2).run(5);
    for (const word of ['right', 'wrong', 'nonsense', '', 'constructor']) expect(table.host(word)).toBe(false);
    expect(table.host('arm')).toBe(true);
    expect(table.host('arm')).toBe(false);
    expect(table.host('next')).toBe(true);
  });

  it('who may answer and goes takes no point: it is the next one’s who tied, or nobody’s who sits there now', () => {
    const table = armed().press(0, -3, 2).press(2, -4, 2).until('shown');
    table.state = buzzer.join(buzzer.leave(table.state, 2), 2);
    expect(table.view.seats.flatMap(({ winner }, seat) => (winner ? [seat] : []))).toEqual([0]);
    table.state = buzzer.join(buzzer.leave(table.state, 0), 0);
    expect(table.host('right')).toBe(false);
    expect(table.host('arm')).toBe(true);
  });

  it('the target wins', () => {
    const table = armed();
    for (let answer = 0; answer < 2; answer++) {
      table.run(5).press(1, -1).until('shown');
      table.host('right');
      if (answer === 0) table.host('arm');
    }
    expect(buzzer.outcome(table.state)).toEqual({ kind: 'win', winner: 1 });
  });
});

describe.each([reaction, buzzer] as unknown as Game<unknown, PressCommand>[])('$name', (game) => {
  const play = (): string => {
    const random = new Random(9);
    let state = game.initial(withDefaults(game.parameters, { rounds: 50, showMs: 200 }), 5, RATE);
    const commands: (PressCommand | null)[] = game.seats.map(() => null);
    for (let tick = 1; tick <= 10_000; tick++) {
      const seat = random.below(30);
      if (random.below(40) === 0) state = game.join(state, seat);
      if (random.below(200) === 0) state = game.leave(state, seat);
      if (random.below(60) === 0)
        state = game.host?.(state, random.pick(['arm', 'right', 'wrong', 'next']), []) ?? state;
      const at = Math.round(tick * TICK_US) - random.below(50_000);
      commands[seat] = random.below(2) === 0 ? null : { press: { at, bound: random.below(9000) } };
      state = game.step(state, commands, []);
      const view = game.view(state);
      expect(view.length).toBeLessThanOrEqual(240);
      expect(readPressView(view)).not.toBeNull();
    }
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    return JSON.stringify(state);
  };

  it('10,000 ticks of random play: the same twice, plain data, a view that can be read', () => {
    expect(play()).toBe(play());
  });

  it('an agent presses by a word, and nothing else is a command', () => {
    const stamp = { at: 1, bound: 2 };
    expect(game.validate('press', 0, stamp)).toEqual({ press: stamp });
    expect(game.validate('none', 0, stamp)).toEqual({ press: null });
    for (const value of ['up', 1, null, {}, []]) expect(game.validate(value, 0, stamp)).toBeNull();
  });

  it('tells each seat what concerns it, and an absent seat nothing', () => {
    const state = game.join(game.initial(withDefaults(game.parameters), 1, RATE), 3);
    expect(game.observe(state, 3)).toMatchObject({ you: '4', phase: 'idle', winners: [] });
    expect(game.observe(state, 4)).toBeNull();
  });
});
