/** `paddlewire games`: what can be played, and whether a game keeps to its contract. */
import { PaddlewireError } from '../../shared/errors.ts';
import { botFor } from '../../shared/games/bots.ts';
import { checkGame } from '../../shared/games/check.ts';
import { rangeOf } from '../../shared/games/positional.ts';
import { gameNamed, GAMES, type AnyGame } from '../../shared/games/registry.ts';
import { print, type Command, type Context } from './context.ts';
import { parseOptions } from './hub-options.ts';
import { columns } from './table.ts';

export const games: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, true);
  const [verb, ...names] = positionals;
  const json = values['json'] === true;
  if (verb === 'check') return check(names.length === 0 ? GAMES : names.map(called), json, context);
  const shown = positionals.length === 0 ? GAMES : positionals.map(called);
  if (json) print(context, JSON.stringify(shown.map(described), null, 2));
  else print(context, shown.map(text).join('\n\n'));
  return 0;
};

/** @throws PaddlewireError game-unknown */
export function called(name: string): AnyGame {
  const game = gameNamed(name);
  if (game !== undefined) return game;
  const names = GAMES.map((one) => one.name).join(', ');
  throw new PaddlewireError('game-unknown', `There is no game ${name}; the games are ${names}.`);
}

/** @returns 1 if anything was found */
function check(checked: readonly AnyGame[], json: boolean, context: Context): number {
  const results = checked.map((game) => ({ game: game.name, findings: checkGame(game) }));
  if (json) print(context, JSON.stringify(results, null, 2));
  else
    for (const { game, findings } of results) {
      print(context, `${game}: ${findings.length === 0 ? 'keeps to the contract of a game.' : 'does not.'}`);
      for (const finding of findings) print(context, `  ${finding.code}: ${finding.text}`);
    }
  return results.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

const described = ({ name, version, about, seats, minSeats, parameters, controls, words, late }: AnyGame) => ({
  name,
  version,
  about,
  seats,
  minSeats,
  parameters,
  controls,
  words: words ?? [],
  late,
  bot: botFor(name) !== undefined,
});

function text(game: AnyGame): string {
  const { name, about, seats, minSeats, controls, words } = game;
  const players = minSeats === seats.length ? `${minSeats}` : `${minSeats} to ${seats.length}`;
  const bot = botFor(name) === undefined ? '' : ', also bots of the hub';
  const hands = handsOf(controls);
  return [
    `${name}: ${about}`,
    `  players     ${players}${bot}`,
    `  by hand     ${hands}`,
    ...(words === undefined ? [] : [`  words       ${words.join(', ')}`]),
    '  parameters',
    ...parameterLines(game),
  ].join('\n');
}

/** What each control does; one thing for all of them where they do the same. */
function handsOf(controls: AnyGame['controls']): string {
  const [first, ...others] = Object.values(controls);
  if (first !== undefined && others.length > 1 && others.every((does) => does === first)) return `any button: ${first}`;
  return Object.entries(controls)
    .map(([control, does]) => `${control}: ${does}`)
    .join(', ');
}

const parameterLines = ({ parameters }: AnyGame): string[] => {
  const rows = Object.entries(parameters).map(([name, parameter]) => [
    `    ${name}`,
    `${parameter.default}`,
    rangeOf(parameter),
    parameter.doc,
  ]);
  return rows.length === 0 ? ['    none'] : columns(rows).split('\n');
};
