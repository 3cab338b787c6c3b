/** Whether a value is what a state may hold: integers, short texts, null, lists and records of these. */

const MAX_TEXT = 64;
const MAX_DEPTH = 16;

/** The first place that is not plain, as `players.0.x is NaN`; null: all is. */
export function notPlain(value: unknown, path: readonly string[] = []): string | null {
  const place = path.length === 0 ? 'It' : path.join('.');
  if (value === null) return null;
  if (typeof value === 'number') return numberFault(value, place);
  if (typeof value === 'string') return value.length <= MAX_TEXT ? null : `${place} is a text of ${value.length}`;
  if (typeof value !== 'object') return `${place} is ${typeof value === 'boolean' ? 'a boolean' : `a ${typeof value}`}`;
  if (path.length > MAX_DEPTH) return `${place} is nested too deep`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype) return `${place} is an object of a class`;
  for (const [key, entry] of Object.entries(value)) {
    const fault = notPlain(entry, [...path, key]);
    if (fault !== null) return fault;
  }
  return null;
}

function numberFault(value: number, place: string): string | null {
  if (Object.is(value, -0)) return `${place} is -0`;
  return Number.isSafeInteger(value) ? null : `${place} is ${value}, which is no integer`;
}

/** Freezes a value and all in it, so that whoever writes to it is found. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const entry of Object.values(value)) freezeDeep(entry);
  return value;
}
