/** What a program could send that is a command of no game. */
import type { AnyGame } from '../registry.ts';
import type { Findings } from './findings.ts';

let nested: unknown = 1;
for (let depth = 0; depth < 8; depth++) nested = [nested];

const NONSENSE: readonly (readonly [what: string, value: unknown])[] = [
  ['undefined', undefined],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['1e300', 1e300],
  ['-1e9', -1e9],
  ['0.1234567', 0.123_456_7],
  ['an empty text', ''],
  ['a text of 10,000', 'x'.repeat(10_000)],
  ['"no such word"', 'no such word'],
  ['"__proto__"', '__proto__'],
  ['true', true],
  ['{}', {}],
  ['{"constructor": 1}', { constructor: 1 }],
  ['[]', []],
  ['[NaN, NaN, NaN]', [NaN, NaN, NaN]],
  ['["a"]', ['a']],
  ['[null]', [null]],
  ['1000 zeros', Array.from({ length: 1000 }, () => 0)],
  ['a list in a list in a list', nested],
  ['bytes', new Uint8Array(3)],
];

/** Each must be refused with null, and none may throw. */
export function checkNonsense(game: AnyGame, findings: Findings): void {
  const stamp = { at: 0, bound: 0 };
  for (const seat of game.seats.keys()) {
    for (const [what, value] of NONSENSE) {
      const command = findings.call(`validate, given ${what},`, () => game.validate(value, seat, stamp));
      if (command !== null)
        findings.add(
          'takes-nonsense',
          `validate takes ${what} as ${JSON.stringify(command)}; give null for all that is no command.`,
        );
    }
  }
}
