/** Where two plain values differ first. */

export interface FieldDifference {
  /** As in JavaScript: `ball.at[0]`; empty: the whole. */
  readonly field: string;
  readonly one: unknown;
  readonly other: unknown;
}

/** @returns null if they are equal; maps are equal whatever the order of their keys */
export function firstDifference(one: unknown, other: unknown, field = ''): FieldDifference | null {
  if (Object.is(one, other)) return null;
  if (!isBox(one) || !isBox(other) || Array.isArray(one) !== Array.isArray(other)) return { field, one, other };
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const path = Array.isArray(one) ? `${field}[${key}]` : field === '' ? key : `${field}.${key}`;
    const found = firstDifference(one[key], other[key], path);
    if (found !== null) return found;
  }
  return null;
}

const isBox = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
