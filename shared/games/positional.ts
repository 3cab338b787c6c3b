/** Parameters of a game as a command line gives them: in their order, or by name. */
import { PaddlewireError } from '../errors.ts';
import { isValid, withDefaults, type Parameter, type ParameterValues, type Parameters } from './game.ts';
import type { AnyGame } from './registry.ts';

/**
 * The values that `3 rounds=10` means: what stands alone goes to the next parameter in the order of the game that has
 * none yet. What is not given has its default.
 * @throws PaddlewireError parameter-invalid
 */
export function positional(game: AnyGame, texts: readonly string[]): ParameterValues<Parameters> {
  const given = new Map<string, string | number>();
  for (const text of texts) {
    const [name, value] = named(game, text) ?? [nextOf(game, given, text), text];
    if (given.has(name)) throw invalid(`${name} of ${game.name} is given twice.`);
    given.set(name, valueOf(game, name, value));
  }
  return withDefaults(game.parameters, Object.fromEntries(given));
}

/** What a parameter may be, in words. */
export const rangeOf = (parameter: Parameter): string =>
  parameter.kind === 'choice'
    ? `one of ${parameter.choices.join(', ')}`
    : `an integer from ${parameter.min} to ${parameter.max}${parameter.unit === '' ? '' : ` (${parameter.unit})`}`;

const invalid = (text: string): PaddlewireError => new PaddlewireError('parameter-invalid', text);

/** `name=value`; null: the text stands alone. */
function named(game: AnyGame, text: string): [string, string] | null {
  const at = text.indexOf('=');
  if (at === -1) return null;
  const name = text.slice(0, at);
  if (Object.hasOwn(game.parameters, name)) return [name, text.slice(at + 1)];
  throw invalid(`${game.name} has no parameter ${name}; it has ${namesOf(game)}.`);
}

function nextOf(game: AnyGame, given: ReadonlyMap<string, unknown>, text: string): string {
  const next = Object.keys(game.parameters).find((name) => !given.has(name));
  if (next !== undefined) return next;
  throw invalid(`${game.name} has no parameter left for ${text}; it has ${namesOf(game)}.`);
}

function valueOf(game: AnyGame, name: string, text: string): string | number {
  const parameter = game.parameters[name] as Parameter;
  const value = parameter.kind === 'integer' && /^[+-]?\d+$/.test(text) ? Number(text) : text;
  if (isValid(parameter, value)) return value;
  throw invalid(`${name} of ${game.name} must be ${rangeOf(parameter)}, and not ${text}.`);
}

const namesOf = (game: AnyGame): string => Object.keys(game.parameters).join(', ') || 'none';
