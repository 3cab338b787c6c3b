/** What a game's owner wants to remember beside the state: nested maps and lists of plain values. */
import { PaddlewireError } from '../errors.ts';
import { ByteWriter, type Plain } from './byte-writer.ts';

export type MemoryKey = string | number;
type Box = Record<string, Plain> | Plain[];

export class Memory {
  #all: Plain = {};

  get all(): Plain {
    return this.#all;
  }

  /** @throws PaddlewireError journal-memory-key if there is none */
  get(keys: readonly MemoryKey[]): Plain {
    let value = this.#all;
    for (const [depth, key] of keys.entries()) {
      if (!holds(value, key)) throw noKey(keys, depth + 1);
      value = (value as Record<MemoryKey, Plain>)[key] as Plain;
    }
    return value;
  }

  /**
   * Sets a value, kept as a copy. In a list, the place behind the last may be set too.
   * @throws PaddlewireError journal-memory-key if what is to hold it is not there; journal-memory-value
   */
  set(keys: readonly MemoryKey[], value: Plain): void {
    const copy = plainCopy(value);
    const last = keys.at(-1);
    if (last === undefined) throw noKey(keys, 0);
    const parent = this.get(keys.slice(0, -1));
    if (!canHold(parent, last)) throw noKey(keys, keys.length);
    Object.defineProperty(parent, last, { value: copy, writable: true, enumerable: true, configurable: true });
  }

  /** As `set`, for what a journal tells: no keys are the whole, and what does not fit is let go. */
  take(keys: readonly MemoryKey[], value: Plain): void {
    if (keys.length === 0) {
      this.#all = plainCopy(value);
      return;
    }
    try {
      this.set(keys, value);
    } catch (error) {
      if (!(error instanceof PaddlewireError)) throw error;
    }
  }
}

const isBox = (value: Plain): value is Box => typeof value === 'object' && value !== null;

const holds = (value: Plain, key: MemoryKey): boolean =>
  isBox(value) && (Array.isArray(value) ? typeof key === 'number' : true) && Object.hasOwn(value, key);

const canHold = (value: Plain, key: MemoryKey): boolean =>
  isBox(value) &&
  (Array.isArray(value) ? Number.isInteger(key) && (key as number) >= 0 && (key as number) <= value.length : true);

const noKey = (keys: readonly MemoryKey[], depth: number): PaddlewireError =>
  new PaddlewireError('journal-memory-key', `The memory has no ${JSON.stringify(keys.slice(0, depth))}.`);

/** @throws PaddlewireError journal-memory-value */
function plainCopy(value: Plain): Plain {
  try {
    new ByteWriter().value(value);
  } catch (error) {
    throw new PaddlewireError('journal-memory-value', (error as Error).message);
  }
  return copied(value);
}

function copied(value: Plain): Plain {
  if (Array.isArray(value)) return value.map((entry) => copied(entry as Plain));
  if (!isBox(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copied(entry)]));
}
