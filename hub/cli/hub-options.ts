/** The flags that `start` and `demo` share, from the settings' own table. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { PaddlewireError } from '../../shared/errors.ts';
import { loadConfig, type Config, type Value } from '../config/config.ts';
import { SETTINGS, type Setting, type SettingKey } from '../config/schema.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** @throws PaddlewireError usage */
export function parseOptions(
  args: readonly string[],
  options: Options,
  allowPositionals = false,
): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options, allowPositionals, strict: true });
  } catch (error) {
    throw new PaddlewireError('usage', (error as Error).message);
  }
}

const FLAGGED = (Object.entries(SETTINGS) as [SettingKey, Setting][]).filter(
  ([, setting]) => setting.flag !== undefined,
);

const OPTIONS: Options = {
  config: { type: 'string' },
  json: { type: 'boolean' },
  ...Object.fromEntries(FLAGGED.map(([, { flag, kind }]) => [flag, { type: 'string', multiple: kind === 'texts' }])),
};

export interface HubOptions {
  readonly config: Config;
  readonly json: boolean;
  /** Values of the options that only this command has. */
  readonly own: Values;
}

/**
 * @param own options of this command alone
 * @param defaults what this command wants where the user says nothing
 * @throws PaddlewireError usage, config-malformed, config-value
 */
export function hubOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  own: Options = {},
  defaults: Readonly<Partial<Record<SettingKey, Value>>> = {},
): HubOptions {
  const { values } = parseOptions(args, { ...OPTIONS, ...own });
  const given = FLAGGED.map(([key, { flag }]) => [key, values[flag as string]]);
  const flags = Object.fromEntries(given) as Partial<Record<SettingKey, string | string[]>>;
  const config = loadConfig({ defaults, file: values['config'] as string | undefined, env, flags });
  return { config, json: values['json'] === true, own: values };
}
