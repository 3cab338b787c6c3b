/** Parameters on a command line. */
import { describe, expect, it } from 'vitest';
import { PaddlewireError } from '../../../shared/errors.ts';
import { withDefaults } from '../../../shared/games/game.ts';
import { positional } from '../../../shared/games/positional.ts';
import { gameNamed, type AnyGame } from '../../../shared/games/registry.ts';

const rps = gameNamed('rps') as AnyGame;
const LEVELS: AnyGame = {
  ...rps,
  parameters: {
    difficulty: { kind: 'choice', choices: ['easy', 'normal'], default: 'normal', doc: 'How hard it is.' },
    level: { kind: 'integer', min: -1, max: 9, default: 1, unit: '', doc: 'Where it begins.' },
  },
};

describe('parameters on a command line', () => {
  it('go by their order, by their names, or both', () => {
    expect(positional(rps, [])).toEqual(withDefaults(rps.parameters));
    expect(positional(rps, ['5', '20'])).toEqual(withDefaults(rps.parameters, { target: 5, rounds: 20 }));
    expect(positional(rps, ['showMs=0'])).toEqual(withDefaults(rps.parameters, { showMs: 0 }));
    expect(positional(rps, ['rounds=9', '5', '400'])).toEqual(
      withDefaults(rps.parameters, { rounds: 9, target: 5, chooseMs: 400 }),
    );
    expect(positional(LEVELS, ['easy', '-1'])).toEqual({ difficulty: 'easy', level: -1 });
  });

  it.each([
    [rps, ['0'], 'target of rps must be an integer from 1 to 99 (points), and not 0.'],
    [rps, ['3.5'], 'target of rps must be an integer from 1 to 99 (points), and not 3.5.'],
    [rps, ['0x3'], 'target of rps must be an integer from 1 to 99 (points), and not 0x3.'],
    [rps, [''], 'target of rps must be an integer from 1 to 99 (points), and not .'],
    [rps, ['5', 'target=6'], 'target of rps is given twice.'],
    [rps, ['speed=6'], 'rps has no parameter speed; it has target, rounds, chooseMs, showMs.'],
    [rps, ['__proto__=6'], 'rps has no parameter __proto__; it has target, rounds, chooseMs, showMs.'],
    [rps, ['1', '2', '300', '4', '5'], 'rps has no parameter left for 5; it has target, rounds, chooseMs, showMs.'],
    [LEVELS, ['EASY'], 'difficulty of rps must be one of easy, normal, and not EASY.'],
    [LEVELS, ['easy', '10'], 'level of rps must be an integer from -1 to 9, and not 10.'],
  ])('are refused with the range: %# %s', (game, texts, sentence) => {
    expect(() => positional(game, texts)).toThrow(new PaddlewireError('parameter-invalid', sentence));
  });
});
