/** docs/games.md: what it says of the games is what the games do; its example players play. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { botFor } from '../../../shared/games/bots.ts';
import { withDefaults } from '../../../shared/games/game.ts';
import { FINDING_CODES } from '../../../shared/games/check/findings.ts';
import { gameNamed, type AnyGame } from '../../../shared/games/registry.ts';
import { packageUrl } from '../../../shared/package-files.ts';
import { missing } from '../../support/needs.ts';

const page = readFileSync(packageUrl('docs/games.md'), 'utf8');

/** What the page says under a heading of a game, up to the next such heading. */
function chapter(heading: string): string {
  const [, text = ''] = page.split(`\n# ${heading}\n`);
  return text.split(/\n# /)[0] ?? '';
}

const DOCUMENTED = [
  ['rps', 'Rock-paper-scissors'],
  ['sum', 'Sum'],
  ['hockey', 'Hockey'],
  ['snake', 'Snake'],
] as const;

const called = (name: string): AnyGame => gameNamed(name) as AnyGame;
const seated = (game: AnyGame, seats: number): unknown => {
  let state = game.initial(withDefaults(game.parameters), 1, 60);
  for (let seat = 0; seat < seats; seat++) state = game.join(state, seat);
  return state;
};

describe.each(DOCUMENTED)('%s in docs/games.md', (name, heading) => {
  const game = called(name);
  const text = chapter(heading);

  it('has every parameter with its default and range', () => {
    for (const [key, parameter] of Object.entries(game.parameters)) {
      const [, fallback = '', range = ''] = new RegExp(`\\| \`${key}\` \\| ([^|]*) \\| ([^|]*) \\|`).exec(text) ?? [];
      const numbers = range.replaceAll(',', '').match(/\d+/g)?.map(Number);
      expect([key, Number(fallback.replaceAll(',', ''))]).toEqual([key, parameter.default]);
      expect([key, numbers]).toEqual([key, parameter.kind === 'integer' ? [parameter.min, parameter.max] : []]);
    }
  });

  it('has an observation as it is', () => {
    const [, json = '{}'] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
    const example = JSON.parse(json) as Record<string, unknown>;
    const told = game.observe(seated(game, game.minSeats), 0) as Record<string, unknown>;
    expect(Object.keys(example)).toEqual(Object.keys(told));
    for (const [key, value] of Object.entries(example)) expect([key, typeof value]).toEqual([key, typeof told[key]]);
  });

  it('has every number of the statistics', () => {
    for (const number of Object.keys(game.stats?.(seated(game, game.minSeats), 0) ?? {}))
      expect(text).toContain(`\`${number}\``);
  });
});

it('every finding of the check is in docs/games.md', () => {
  for (const code of FINDING_CODES) expect(page).toContain(`\`${code}\``);
});

/** What an example answers to each observation. It does not play that match: it is only asked. */
function answers(code: string, told: readonly unknown[]): unknown[] {
  const program = `import json, sys\n${code}\nfor line in sys.stdin:\n    print(json.dumps(decide(json.loads(line))))\n`;
  const input = told.map((one) => JSON.stringify(one)).join('\n');
  const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', program], { input, encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

/** Observations of one match of bots, one for each tick, until it is decided. */
function observations(game: AnyGame, ticks: number): unknown[] {
  const told: unknown[] = [];
  let state = seated(game, game.minSeats);
  const bots = Array.from({ length: game.minSeats }, (_, seat) => botFor(game.name)?.(seat + 1));
  const last: unknown[] = game.seats.map(() => null);
  while (told.length < ticks && game.outcome(state) === null) {
    told.push(game.observe(state, 0));
    for (const [seat, bot] of bots.entries()) {
      const value = bot?.(game.observe(state, seat)) ?? null;
      if (value !== null) last[seat] = game.validate(value, seat);
      else if (game.late === 'null') last[seat] = null;
    }
    state = game.step(state, last, []);
  }
  return told;
}

describe.skipIf(missing('paho'))('the example players of docs/games.md', () => {
  it.each([
    ['rps', 'Rock-paper-scissors'],
    ['hockey', 'Hockey'],
    ['snake', 'Snake'],
  ] as const)('%s: whatever it is told, what it says is a command', (name, heading) => {
    const game = called(name);
    const [, code = ''] = /```python\n([\s\S]*?)```/.exec(chapter(heading)) ?? [];
    const said = answers(code, observations(game, 3000)).filter((value) => value !== null);
    expect(new Set(said.map((value) => JSON.stringify(value))).size).toBeGreaterThan(1);
    for (const value of said) expect([value, game.validate(value, 0) === null]).toEqual([value, false]);
  });
});
