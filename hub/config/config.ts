/** Reads the configuration: defaults, then a TOML file, then the environment, then flags. Each value is checked. */
import { readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import { PaddlewireError } from '../../shared/errors.ts';
import { rangeOf, SETTINGS, type Setting, type SettingKey } from './schema.ts';

export type Value = number | string | readonly string[];
export type Config = Readonly<Record<SettingKey, Value>>;

export interface ConfigSources {
  /** What a command wants where the user says nothing. */
  readonly defaults?: Readonly<Partial<Record<SettingKey, Value>>>;
  /** Path of a TOML file. */
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Values of flags by setting; what was not given is undefined. */
  readonly flags: Readonly<Partial<Record<SettingKey, string | string[] | undefined>>>;
}

/** @throws PaddlewireError config-malformed, config-value: naming key, value, range and line */
export function loadConfig(sources: ConfigSources): Config {
  const config = Object.fromEntries(entries().map(([key, setting]) => [key, setting.default])) as Record<
    SettingKey,
    Value
  >;
  Object.assign(config, sources.defaults);
  if (sources.file !== undefined) Object.assign(config, fromFile(sources.file));
  for (const [key, setting] of entries()) {
    const variable = environmentName(key);
    const text = sources.env[variable];
    if (text !== undefined) config[key] = check(setting, fromText(setting, text), variable);
    const flag = sources.flags[key];
    if (flag !== undefined) config[key] = check(setting, fromText(setting, flag), `--${setting.flag}`);
  }
  return config;
}

/** `http.port` is PADDLEWIRE_HTTP_PORT in the environment. */
export const environmentName = (key: SettingKey): string =>
  `PADDLEWIRE_${key
    .replaceAll('.', '_')
    .replaceAll(/[A-Z]/g, (capital) => `_${capital}`)
    .toUpperCase()}`;

/** The settings of a group without their prefix, e.g. of `pong`. */
export function group(config: Config, prefix: string): Record<string, Value> {
  const own = Object.entries(config).filter(([key]) => key.startsWith(`${prefix}.`));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length + 1), value]));
}

const entries = (): [SettingKey, Setting][] => Object.entries(SETTINGS) as [SettingKey, Setting][];

function fromFile(path: string): Partial<Record<SettingKey, Value>> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new PaddlewireError('config-malformed', `Cannot read ${path}: ${(error as Error).message}`);
  }
  const values: Partial<Record<SettingKey, Value>> = {};
  for (const [key, value] of flatten(parseToml(path, text))) {
    const where = `${path}${lineOf(text, key)}: ${key}`;
    const setting = Object.hasOwn(SETTINGS, key) ? (SETTINGS as Record<string, Setting>)[key] : undefined;
    if (setting === undefined)
      throw new PaddlewireError('config-value', `${where} is no setting of this hub.`, { key });
    values[key as SettingKey] = check(setting, value, where);
  }
  return values;
}

function parseToml(path: string, text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason] = error.message.split('\n');
    throw new PaddlewireError('config-malformed', `${path}, line ${error.line}, column ${error.column}: ${reason}`);
  }
}

/** Tables become dotted keys. */
function flatten(table: Record<string, unknown>, prefix = ''): [string, unknown][] {
  return Object.entries(table).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flatten(value as Record<string, unknown>, `${prefix}${name}.`)
      : [[`${prefix}${name}`, value] as [string, unknown]],
  );
}

/** Where a key stands, as `, line 7`; empty if it cannot be told. */
function lineOf(text: string, key: string): string {
  let table = '';
  for (const [index, line] of text.split('\n').entries()) {
    const header = /^\s*\[([^\]]+)\]/.exec(line);
    if (header !== null) table = `${header[1]?.trim()}.`;
    const name = /^\s*([\w.-]+)\s*=/.exec(line)?.[1];
    if (name !== undefined && table + name === key) return `, line ${index + 1}`;
  }
  return '';
}

function fromText(setting: Setting, text: string | string[]): unknown {
  if (setting.kind === 'texts') return Array.isArray(text) ? text : text.split(',');
  const one = Array.isArray(text) ? text.at(-1) : text;
  return setting.kind === 'integer' && /^-?\d+$/.test(one ?? '') ? Number(one) : one;
}

function check(setting: Setting, value: unknown, where: string): Value {
  if (!isValid(setting, value)) {
    const text = `${where} must be ${rangeOf(setting)}, not ${JSON.stringify(value)}.`;
    throw new PaddlewireError('config-value', text, { where, value });
  }
  return value as Value;
}

function isValid(setting: Setting, value: unknown): boolean {
  switch (setting.kind) {
    case 'integer':
      return Number.isInteger(value) && (value as number) >= setting.min && (value as number) <= setting.max;
    case 'choice':
      return setting.choices.includes(value as string);
    case 'text':
      return typeof value === 'string' && (setting.pattern?.test(value) ?? true);
    case 'texts':
      return (
        Array.isArray(value) &&
        value.length > 0 &&
        value.every((text) => typeof text === 'string' && text !== '' && (setting.pattern?.test(text) ?? true)) &&
        (setting.unique === undefined ||
          new Set(value.map((text: string) => setting.unique?.(text))).size === value.length)
      );
  }
}
