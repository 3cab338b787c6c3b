/** As much of JSON Schema as the generated documents use; what it does not know is an error of the test. */

export type JsonSchema = Readonly<Record<string, unknown>>;

const KNOWN = new Set(
  'type enum const anyOf required properties additionalProperties items minimum maximum maxLength maxItems description default'.split(
    ' ',
  ),
);

/** @returns what is wrong with a value, each as `where: what`; empty: nothing */
export function faults(schema: JsonSchema, value: unknown, at = '$'): string[] {
  const unknown = Object.keys(schema).filter((key) => !KNOWN.has(key));
  if (unknown.length > 0) throw new Error(`${at}: unknown in a schema: ${unknown.join(', ')}`);
  const { anyOf } = schema;
  if (Array.isArray(anyOf)) {
    const fits = (anyOf as JsonSchema[]).some((one) => faults(one, value, at).length === 0);
    return fits ? [] : [`${at}: fits none of ${anyOf.length}`];
  }
  return [...plainFaults(schema, value, at), ...insideFaults(schema, value, at)];
}

function plainFaults(schema: JsonSchema, value: unknown, at: string): string[] {
  const found: string[] = [];
  const { type, minimum, maximum, maxLength, maxItems } = schema as Record<string, number | undefined> & JsonSchema;
  const types = type === undefined ? null : [type].flat();
  if (types !== null && !types.some((one) => isOf(String(one), value)))
    found.push(`${at}: is no ${types.join(' or ')}`);
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) found.push(`${at}: is not in the list`);
  if ('const' in schema && schema['const'] !== value) found.push(`${at}: is not ${String(schema['const'])}`);
  if (typeof value === 'number' && (value < (minimum ?? -Infinity) || value > (maximum ?? Infinity)))
    found.push(`${at}: is out of range`);
  if (typeof value === 'string' && value.length > (maxLength ?? Infinity)) found.push(`${at}: is too long`);
  if (Array.isArray(value) && value.length > (maxItems ?? Infinity)) found.push(`${at}: has too many items`);
  return found;
}

function insideFaults(schema: JsonSchema, value: unknown, at: string): string[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => faults((schema['items'] ?? {}) as JsonSchema, item, `${at}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const others = (schema['additionalProperties'] ?? {}) as JsonSchema;
  const missing = ((schema['required'] ?? []) as string[]).filter((name) => !Object.hasOwn(value, name));
  return [
    ...missing.map((name) => `${at}.${name}: is missing`),
    ...Object.entries(value).flatMap(([name, one]) => faults(properties[name] ?? others, one, `${at}.${name}`)),
  ];
}

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
