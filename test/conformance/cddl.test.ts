import { fileURLToPath } from 'node:url';
import { Decoder } from 'cbor-x';
import { parse } from 'cddl';
import { describe, expect, it } from 'vitest';
import { MESSAGES } from '../../shared/contract/messages.ts';
import { packageUrl } from '../../shared/package-files.ts';
import { vectors } from '../support/vectors.ts';

/** The part of the parsed CDDL that docs/contract.cddl uses. */
type Type =
  | string
  | { Type: 'literal'; Value: number }
  | { Type: 'range'; Value: { Min: { Value: number }; Max: { Value: number } } }
  | { Type: 'group'; Value: string }
  | { Type: 'tstr' | 'bstr'; Operator: { Type: 'size'; Value: Type } }
  | { Type: 'array'; Values: Member[] };
interface Member {
  Name: string;
  Occurrence: { n: number; m: number | null };
  Type: Type | Type[];
}
interface Rule {
  Name: string;
  Type: 'variable' | 'array';
  PropertyType?: Type[];
  Values?: Member[];
}

const rules = new Map(
  (parse(fileURLToPath(packageUrl('docs/contract.cddl'))) as unknown as Rule[]).map((rule) => [rule.Name, rule]),
);

function fitsRule(name: string, value: unknown): boolean {
  const rule = rules.get(name);
  if (rule === undefined) throw new Error(`no rule ${name}`);
  return rule.Type === 'array' ? fitsArray(rule.Values ?? [], value) : fitsAny(rule.PropertyType ?? [], value);
}

const fitsAny = (types: Type | Type[], value: unknown): boolean =>
  (Array.isArray(types) ? types : [types]).some((type) => fits(type, value));

function fits(type: Type, value: unknown): boolean {
  if (typeof type === 'string') {
    if (type === 'any') return true;
    if (type === 'null') return value === null;
    throw new Error(`the test does not know the type ${type}`);
  }
  switch (type.Type) {
    case 'literal':
      return value === type.Value;
    case 'range':
      return (
        Number.isInteger(value) &&
        (value as number) >= type.Value.Min.Value &&
        (value as number) <= type.Value.Max.Value
      );
    case 'group':
      return type.Value === 'null' ? value === null : fitsRule(type.Value, value);
    case 'tstr':
      return typeof value === 'string' && fits(type.Operator.Value, Buffer.byteLength(value));
    case 'bstr':
      return value instanceof Uint8Array && fits(type.Operator.Value, value.length);
    case 'array':
      return fitsArray(type.Values, value);
  }
}

function fitsArray(members: Member[], value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  let at = 0;
  for (const { Occurrence, Type: type } of members) {
    let count = 0;
    const most = Occurrence.m ?? Infinity;
    while (count < most && at < value.length && fitsAny(type, value[at])) {
      count++;
      at++;
    }
    if (count < Occurrence.n) return false;
  }
  return at === value.length;
}

const decoder = new Decoder({ useRecords: false, int64AsNumber: true } as ConstructorParameters<typeof Decoder>[0]);

describe('docs/contract.cddl', () => {
  it('has a rule for every message', () => {
    for (const name of Object.keys(MESSAGES)) expect(rules.has(name.toLowerCase()), name).toBe(true);
  });

  it.each(vectors('message'))('describes $name', ({ expected, payload }) => {
    const rule = (JSON.parse(expected) as { type: string }).type.toLowerCase();
    const value: unknown = decoder.decode(payload);
    expect(fitsRule(rule, value)).toBe(true);
    expect(fitsRule('message', value)).toBe(true);
    // Not because it would describe anything: one item more, another type, and a field of another kind do not fit.
    const items = value as unknown[];
    expect(fitsRule(rule, [...items, 0])).toBe(false);
    expect(fitsRule(rule, [99, ...items.slice(1)])).toBe(false);
    if (items.length > 1) expect(fitsRule(rule, [items[0], { not: 'this' }, ...items.slice(2)])).toBe(false);
  });

  it.each(vectors('short'))('describes the short input: $name', ({ payload }) => {
    expect(fitsRule('short-input', decoder.decode(payload))).toBe(true);
  });

  const refused = vectors('refused').filter(
    ({ expected, payload }) => expected !== 'message-malformed' && (payload[0] ?? 0) >= 0x80,
  );
  it.each(refused)('does not describe what is refused: $name', ({ payload }) => {
    expect(fitsRule('message', decoder.decode(payload))).toBe(false);
  });
});
