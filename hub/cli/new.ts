/** `paddlewire new game`: the beginning of a game of one's own, that can be played at once. */
import { PaddlewireError } from '../../shared/errors.ts';
import { print, type Command } from './context.ts';
import { parseOptions } from './hub-options.ts';
import { makeGame } from './new-game/scaffold.ts';

// oxlint-disable-next-line require-await -- a command is asynchronous, whatever it does
export const makeNew: Command = async (args, context) => {
  const { values, positionals } = parseOptions(args, { in: { type: 'string' } }, true);
  const [what, name, ...more] = positionals;
  if (what !== 'game' || name === undefined || more.length > 0)
    throw new PaddlewireError('usage', 'Say `new game NAME`, e.g. `new game treasure`.');
  const files = makeGame(name, values['in'] as string | undefined);
  print(context, `${name} is there:`);
  for (const file of files) print(context, `  ${file}`);
  print(context, 'Next:');
  print(context, `  npx vitest run test/unit/games/${name}.test.ts   does it keep to the contract of a game?`);
  print(context, '  npm run build && npm start                       open a room of it on the page Rooms');
  print(context, '  docs/new-game.md                                 what each part is for');
  return 0;
};
