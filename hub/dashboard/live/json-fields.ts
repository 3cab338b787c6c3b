/** Fields of a JSON text that nobody vouches for: each is what it should be, or null. */

export type Fields = Readonly<Record<string, unknown>>;

export const MAX_TEXT = 64;
const MAX_LISTED = 200;

export function parseFields(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

export const list = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.slice(0, MAX_LISTED).filter(isFields) : [];

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = (value: unknown, most = MAX_TEXT): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, most) : null;

export const count = (value: unknown, otherwise = 0): number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.floor(value) : otherwise;

/** null for what is no number that can be shown. */
export const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

/** The sum of counts by name. */
export const total = (value: unknown): number =>
  isFields(value) ? Object.values(value).reduce((sum: number, one) => sum + count(one), 0) : 0;
