/** Every registered game keeps to the contract of a game, and a game that does not is named with a reason. */
import { describe, expect, it } from 'vitest';
import { checkGame, type FindingCode } from '../../../shared/games/check.ts';
import { checkWholeMatch } from '../../../shared/games/check/whole-match.ts';
import { Findings } from '../../../shared/games/check/findings.ts';
import type { Game } from '../../../shared/games/game.ts';
import { GAMES } from '../../../shared/games/registry.ts';
import type { Shape } from '../../../shared/games/scene.ts';

/** Some ten thousand ticks, each played twice and compared: seconds on a machine that does other things too. */
const TIMEOUT_MS = 180_000;

describe('the contract of a game', () => {
  it.each(GAMES.map((game) => [game.name, game] as const))(
    'is kept by %s',
    (_name, game) => {
      expect(checkGame(game)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it.each(GAMES.map((game) => [game.name, game] as const))(
    'of %s: matches of other seeds end too',
    (_name, game) => {
      for (const seed of [2, 3]) {
        const findings = new Findings();
        const match = checkWholeMatch(game, seed, findings);
        expect(findings.all).toEqual([]);
        expect(match?.outcome.kind).toMatch(/^(win|draw)$/);
      }
    },
    TIMEOUT_MS,
  );
});

interface State {
  readonly seated: readonly (0 | 1)[];
  readonly tick: number;
  readonly points: readonly number[];
}

const SHAPE: Shape = { kind: 'disc', paint: 'ink', x: 1, y: 1, r: 1 };
let outside = 0;

/** The smallest game there is: who holds a button collects points, and a hundred win. */
const SOUND: Game<State, number> = {
  name: 'sound',
  version: 1,
  about: 'Hold a button.',
  seats: ['1', '2'],
  minSeats: 1,
  parameters: {},
  controls: { action: 'collect' },
  late: 'repeat',
  initial: () => ({ seated: [0, 0], tick: 0, points: [0, 0] }),
  join: (state, seat) => ({ ...state, seated: state.seated.map((was, at) => (at === seat ? 1 : was)) }),
  leave: (state, seat) => ({ ...state, seated: state.seated.map((was, at) => (at === seat ? 0 : was)) }),
  step: (state, commands) =>
    Math.max(...state.points) >= 100
      ? state
      : { ...state, tick: state.tick + 1, points: state.points.map((was, at) => was + (commands[at] === 1 ? 1 : 0)) },
  command: ({ buttons }) => (buttons === 0 ? 0 : 1),
  validate: (value) => (value === 'none' ? 0 : value === 'up' ? 1 : null),
  scores: ({ points }) => points,
  outcome: ({ points }) => {
    const winner = points.findIndex((score) => score >= 100);
    return winner === -1 ? null : { kind: 'win', winner };
  },
  observe: ({ seated, tick }, seat) => (seated[seat] === 1 ? { tick } : null),
  view: ({ points }) => Uint8Array.from(points),
  draw: () => ({ width: 10, height: 10, shapes: [SHAPE] }),
};

type Change = Partial<Game<State, number>>;

const BROKEN: readonly [what: string, change: Change, code: FindingCode, sentence: RegExp][] = [
  [
    'throws',
    {
      step: (state) => {
        if (state.tick > 50) throw new Error('no more');
        return { ...state, tick: state.tick + 1 };
      },
    },
    'throws',
    /^step throws Error: no more\.$/,
  ],
  ['gives NaN', { step: (state) => ({ ...state, tick: NaN }) }, 'not-plain', /tick is NaN/],
  ['keeps floats', { step: (state) => ({ ...state, tick: state.tick + 0.1 }) }, 'not-plain', /tick is [\d.]+/],
  ['keeps -0', { step: (state) => ({ ...state, tick: -0 }) }, 'not-plain', /tick is -0/],
  [
    'keeps a class',
    { initial: () => ({ ...SOUND.initial({}, 1, 60), at: new Date(0) }) },
    'not-plain',
    /at is an object/,
  ],
  [
    'writes to its state',
    { step: (state) => Object.assign(state, { tick: state.tick + 1 }) },
    'changes-state',
    /^step changes the state/,
  ],
  [
    'throws dice',
    { step: (state) => ({ ...state, tick: state.tick + (outside++ % 7) }) },
    'not-deterministic',
    /differ at/,
  ],
  ['begins otherwise', { initial: () => ({ ...SOUND.initial({}, 1, 60), tick: outside++ }) }, 'reset', /another state/],
  ['never ends', { outcome: () => null }, 'never-ends', /no outcome after 216000 ticks/],
  ['draws nothing', { draw: () => ({ width: 10, height: 10, shapes: [] }) }, 'draws-nothing', /no shape at tick 1/],
  ['draws nowhere', { draw: () => ({ width: 0, height: 10, shapes: [SHAPE] }) }, 'drawing', /0 by 10/],
  [
    'draws at NaN',
    { draw: () => ({ width: 9, height: 9, shapes: [{ ...SHAPE, x: NaN }] }) },
    'drawing',
    /disc with x NaN/,
  ],
  [
    'paints a seat that is none',
    { draw: () => ({ width: 9, height: 9, shapes: [{ ...SHAPE, paint: 2 }] }) },
    'drawing',
    /paint 2/,
  ],
  ['takes everything', { validate: () => 1 }, 'takes-nonsense', /^validate takes undefined as 1/],
  [
    'throws at nonsense',
    { validate: (value) => (value as string).length },
    'throws',
    /^validate, given undefined, throws/,
  ],
  ['forgets a seat', { scores: () => [0] }, 'scores', /1 numbers at tick 1; the game has 2 seats/],
  ['gives half points', { scores: () => [0.5, 0] }, 'scores', /0\.5, 0/],
  ['lets nobody win', { outcome: () => ({ kind: 'win', winner: 7 }) }, 'outcome', /seat 7/],
  [
    'changes its mind',
    {
      step: (state) => ({ ...state, tick: state.tick + 1 }),
      outcome: ({ tick }) => (tick % 64 < 60 ? null : { kind: 'draw' }),
    },
    'outcome-changes',
    /decided at tick 60/,
  ],
  ['tells who is not there', { observe: ({ tick }) => ({ tick }) }, 'observation', /nobody is seated/],
  [
    'tells too much',
    { observe: ({ seated }, seat) => (seated[seat] === 1 ? 'x'.repeat(600) : null) },
    'observation',
    /512/,
  ],
  ['shows too much', { view: () => new Uint8Array(241) }, 'view', /241 bytes/],
  ['waits for nobody', { awaits: () => [0, 1] }, 'awaits', /nobody has/],
  ['counts by halves', { stats: () => ({ hits: 0.5 }) }, 'stats', /integers only/],
  ['has no name', { name: 'No Name' }, 'description', /"No Name"/],
  ['has a deaf word', { words: ['jump'] }, 'description', /"jump"/],
];

describe('a game that does not keep to it', () => {
  it('is not this one', () => {
    expect(checkGame(SOUND, { ticks: 2000 })).toEqual([]);
  });

  it.each(BROKEN)('is named with its reason: it %s', (_what, change, code, sentence) => {
    const found = checkGame({ ...SOUND, ...change }, { ticks: 2000 });
    expect(found.map((finding) => finding.code)).toContain(code);
    expect(found.find((finding) => finding.code === code)?.text).toMatch(sentence);
  });

  it('is named when a default is out of range', () => {
    const parameters = { speed: { kind: 'integer', min: 1, max: 5, default: 9, unit: '', doc: 'Speed.' } } as const;
    const found = checkGame({ ...SOUND, parameters }, { ticks: 100 });
    expect(found).toEqual([
      { code: 'parameters', text: expect.stringMatching(/^The parameter speed has the default 9/) },
    ]);
  });
});
