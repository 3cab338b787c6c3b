/** The shapes of JSON that the HTTP API takes and gives: one description for types, checks and OpenAPI. */

/** A JSON Schema (2020-12, as OpenAPI 3.1 has it), with the type that it stands for. */
export interface Schema<T> {
  readonly json: Readonly<Record<string, unknown>>;
  /** Whether it may be left out of an object. */
  readonly optional?: true;
  /** @throws SchemaError */
  check(value: unknown, at: string): T;
}

export type ValueIn<S> = S extends Schema<infer T> ? T : never;

/** A sentence that names the field and what it must be. */
export class SchemaError extends Error {}

function fail(at: string, expected: string): never {
  throw new SchemaError(`${at} must be ${expected}.`);
}

/** @param maxLength in UTF-16 units */
export function text(maxLength: number, description: string): Schema<string> {
  return {
    json: { type: 'string', maxLength, description },
    check: (value, at) =>
      typeof value === 'string' && value.length <= maxLength ? value : fail(at, `a text of at most ${maxLength}`),
  };
}

export function integer(minimum: number, maximum: number, description: string): Schema<number> {
  return {
    json: { type: 'integer', minimum, maximum, description },
    check: (value, at) =>
      Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum
        ? (value as number)
        : fail(at, `an integer from ${minimum} to ${maximum}`),
  };
}

export function number(description: string): Schema<number> {
  return {
    json: { type: 'number', description },
    check: (value, at) => (typeof value === 'number' && Number.isFinite(value) ? value : fail(at, 'a number')),
  };
}

export function flag(description: string): Schema<boolean> {
  return {
    json: { type: 'boolean', description },
    check: (value, at) => (typeof value === 'boolean' ? value : fail(at, 'true or false')),
  };
}

export function choice<const V extends string>(values: readonly V[], description: string): Schema<V> {
  return {
    json: { type: 'string', enum: values, description },
    check: (value, at) => values.find((one) => one === value) ?? fail(at, `one of ${values.join(', ')}`),
  };
}

/** Any JSON. */
export function anything(description: string): Schema<unknown> {
  return { json: { description }, check: (value) => value };
}

export function orNull<T>(inner: Schema<T>): Schema<T | null> {
  return {
    json: { anyOf: [inner.json, { type: 'null' }] },
    check: (value, at) => (value === null ? null : inner.check(value, at)),
  };
}

export function optional<T>(inner: Schema<T>): Schema<T | undefined> {
  return {
    json: inner.json,
    optional: true,
    check: (value, at) => (value === undefined ? undefined : inner.check(value, at)),
  };
}

export function list<T>(inner: Schema<T>, description: string): Schema<readonly T[]> {
  return {
    json: { type: 'array', items: inner.json, description },
    check: (value, at) =>
      Array.isArray(value) ? value.map((one, index) => inner.check(one, `${at}[${index}]`)) : fail(at, 'a list'),
  };
}

/** An object whose names are data: a value for each. */
export function byName<T>(inner: Schema<T>, description: string): Schema<Readonly<Record<string, T>>> {
  return {
    json: { type: 'object', additionalProperties: inner.json, description },
    check: (value, at) => {
      if (!isObject(value)) return fail(at, 'an object');
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inner.check(one, `${at}.${name}`)]));
    },
  };
}

type Fields = Readonly<Record<string, Schema<unknown>>>;
type ObjectOf<F extends Fields> = { readonly [N in keyof F]: ValueIn<F[N]> };

/** An object of these fields. Others are left out of what `check` gives: a newer client may send more. */
export function object<const F extends Fields>(fields: F, description = ''): Schema<ObjectOf<F>> {
  const names = Object.keys(fields);
  return {
    json: {
      type: 'object',
      ...(description !== '' && { description }),
      required: names.filter((name) => fields[name]?.optional !== true),
      properties: Object.fromEntries(names.map((name) => [name, fields[name]?.json])),
    },
    check: (value, at) => {
      if (!isObject(value)) return fail(at, 'an object');
      const checked = names.map((name) => [name, fields[name]?.check(value[name], at === '' ? name : `${at}.${name}`)]);
      return Object.fromEntries(checked.filter(([, one]) => one !== undefined)) as ObjectOf<F>;
    },
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
