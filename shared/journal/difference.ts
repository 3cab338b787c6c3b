/** Where two plain values differ first. */

export interface FieldDifference {
  /** As in JavaScript: `ball.at[0]`; empty: the whole. */
  readonly field: string;
  readonly one: unknown;
  readonly other: unknown;
}

/** @returns null if they are equal; maps are equal whatever the order of their keys */
export function firstDifference(one: unknown, other: unknown): FieldDifference | null {
  return isEqual(one, other) ? null : differenceAt('', one, other);
}

/** Whether there is none: this is told much sooner than where it is. A field that is undefined is not as one that lacks. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isBox(one) || !isBox(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  for (const key of keys) if (!Object.hasOwn(other, key) || !isEqual(one[key], other[key])) return false;
  return true;
}

function differenceAt(field: string, one: unknown, other: unknown): FieldDifference | null {
  if (Object.is(one, other)) return null;
  if (!isBox(one) || !isBox(other) || Array.isArray(one) !== Array.isArray(other)) return { field, one, other };
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const path = Array.isArray(one) ? `${field}[${key}]` : field === '' ? key : `${field}.${key}`;
    const found = differenceAt(path, one[key], other[key]);
    if (found !== null) return found;
  }
  return null;
}

const isBox = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
