/** The hash of a state against its definition, put together the slow way. */
import { expect, it } from 'vitest';
import { GAMES } from '../../../shared/games/registry.ts';
import { stateHash } from '../../../shared/sim/state-hash.ts';
import { RandomMatch } from '../../support/journals.ts';
import { Random } from '../../support/random.ts';

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, entry]) => [JSON.stringify(key), canonical(entry), key] as const);
  const inOrder = entries.toSorted((a, b) => (a[2] < b[2] ? -1 : 1));
  return `{${inOrder.map(([key, entry]) => `${key}:${entry}`).join(',')}}`;
}

/** FNV-1a, 32 bits, over the bytes of UTF-16LE. */
function byDefinition(value: unknown): string {
  let hash = 0x811c9dc5n;
  for (const byte of Buffer.from(canonical(value), 'utf16le')) hash = ((hash ^ BigInt(byte)) * 0x01000193n) % 2n ** 32n;
  return hash.toString(16).padStart(8, '0');
}

const wrong = (values: readonly unknown[]): unknown[] =>
  values.filter((value) => stateHash(value) !== byDefinition(value));

it('is that of numbers of any size and sign', () => {
  const edges = [0, -0, 1, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53, 1.5, 1e21, 1e-7].flatMap((value) => [
    value,
    -value,
  ]);
  const random = new Random(1);
  const others = Array.from({ length: 2000 }, () => (random.below(2 ** 20) - 2 ** 19) * 2 ** random.below(16));
  expect(wrong([...edges, ...others, NaN, Infinity])).toEqual([]);
});

it('is that of texts and keys that JSON escapes, and of keys in any order', () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`k${(index * 7919) % 97}`, index]));
  const keys = { b: 1, a: [], Z: 2, 'a b': 3, ä: 4, '"': 5, '\\': 6, '10': 7, '9': 8, '': 9, '😀': 10 };
  expect(wrong([null, true, '', 'a"b', 'ü€😀\0', keys, many, [[], {}, [1, [keys]]]])).toEqual([]);
  expect(stateHash({ a: 1, b: 2 })).toBe(stateHash({ b: 2, a: 1 }));
});

it.each(GAMES.map((game) => [game.name, game] as const))('is that of states of %s', (_name, game) => {
  const match = new RandomMatch(game, { seed: 3, ticks: 60, rare: 20 });
  const states = Array.from({ length: 60 }, () => {
    match.step();
    return match.state;
  });
  expect(wrong(states)).toEqual([]);
});
