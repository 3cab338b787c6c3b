import { describe, expect, it } from 'vitest';
import { HeldKeys, KEY_MAPS, KEY_MAP_NAMES } from '../../../shared/contract/key-maps.ts';
import { BUTTON } from '../../../shared/contract/messages.ts';

describe('key maps', () => {
  it('share no key, so that four can play on one keyboard', () => {
    const codes = KEY_MAP_NAMES.flatMap((name) => Object.keys(KEY_MAPS[name]));
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each(KEY_MAP_NAMES)('%s has all five buttons', (name) => {
    const bits = Object.values<number>(KEY_MAPS[name]).reduce((all, bit) => all | bit, 0);
    expect(bits).toBe(BUTTON.up | BUTTON.down | BUTTON.left | BUTTON.right | BUTTON.action);
  });

  it('releasing one key never releases another that is held', () => {
    const keys = new HeldKeys('wasd');
    keys.set('KeyW', true);
    keys.set('KeyS', true);
    keys.set('KeyW', false);
    expect(keys.buttons).toBe(BUTTON.down);
    keys.set('KeyA', true);
    keys.set('KeyA', false);
    expect(keys.buttons).toBe(BUTTON.down);
    expect(keys.set('ArrowUp', true)).toBe(false);
  });
});
