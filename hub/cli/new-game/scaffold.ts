/** Makes the files of a new game in a checkout of the project, and enters it into the registry. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PaddlewireError } from '../../../shared/errors.ts';
import { packageUrl } from '../../../shared/package-files.ts';

const NAME = /^[a-z][a-z0-9]{1,19}$/;
const REGISTRY = 'shared/games/registry.ts';
const TEMPLATE = 'hub/cli/new-game/template';

/** From template to file. */
const FILES: readonly (readonly [template: string, file: (name: string) => string])[] = [
  ['rules.ts.txt', (name) => `shared/games/${name}/${name}.ts`],
  ['picture.ts.txt', (name) => `shared/games/${name}/picture.ts`],
  ['test.ts.txt', (name) => `test/unit/games/${name}.test.ts`],
];

/**
 * @param root of the checkout; where this program comes from, if none is named
 * @returns the files that were made or changed
 * @throws PaddlewireError game-name-invalid, game-exists, checkout-missing
 */
export function makeGame(name: string, root = fileURLToPath(packageUrl('./'))): readonly string[] {
  if (!NAME.test(name))
    throw new PaddlewireError('game-name-invalid', `${JSON.stringify(name)} cannot be the name of a game.`);
  const templates = join(fileURLToPath(packageUrl('./')), TEMPLATE);
  if (!existsSync(join(root, REGISTRY)) || !existsSync(templates))
    throw new PaddlewireError('checkout-missing', `There is no source of games in ${root}.`);
  const registry = readFileSync(join(root, REGISTRY), 'utf8');
  // What lies in the folder beside the games (check, presses) is no free name either.
  const taken = existsSync(join(root, 'shared/games', name)) || existsSync(join(root, 'shared/games', `${name}.ts`));
  const files = FILES.map(([template, file]) => [join(templates, template), file(name)] as const);
  const there = files.find(([, file]) => existsSync(join(root, file)));
  if (taken || there !== undefined)
    throw new PaddlewireError('game-exists', `There is a game, or a part of games, called ${name}.`);
  const entered = withGame(registry, name);
  for (const [template, file] of files) write(root, file, filled(readFileSync(template, 'utf8'), name));
  writeFileSync(join(root, REGISTRY), entered);
  return [...files.map(([, file]) => file), REGISTRY];
}

function write(root: string, file: string, text: string): void {
  const path = join(root, file);
  mkdirSync(join(path, '..'), { recursive: true });
  // Never over a file that somebody made meanwhile.
  writeFileSync(path, text, { flag: 'wx' });
}

const filled = (template: string, name: string): string =>
  template.replaceAll('__name__', name).replaceAll('__Name__', name.charAt(0).toUpperCase() + name.slice(1));

/** The registry with one import and one entry more. @throws PaddlewireError checkout-missing */
function withGame(registry: string, name: string): string {
  const list = /(export const GAMES: readonly AnyGame\[\] = \[)([^\]]*?),?\s*\];/;
  const lastImport = registry.lastIndexOf('\nimport ');
  if (!list.test(registry) || lastImport === -1)
    throw new PaddlewireError('checkout-missing', `${REGISTRY} has no list of games that could be added to.`);
  const end = registry.indexOf('\n', lastImport + 1) + 1;
  const imported = `${registry.slice(0, end)}import { ${name}Game } from './${name}/${name}.ts';\n${registry.slice(end)}`;
  return imported.replace(list, `$1$2, ${name}Game];`);
}
