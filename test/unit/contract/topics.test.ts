import { describe, expect, it } from 'vitest';
import { isDeviceId, mayPublish, maySubscribe } from '../../../shared/contract/topics.ts';

describe('who may use which topic', () => {
  it('publishes on its own device only', () => {
    expect(mayPublish('a', 'paddlewire/1/devices/a/up')).toBe(true);
    expect(mayPublish('a', 'paddlewire/1/devices/a/presence')).toBe(true);
    expect(mayPublish('a', 'game/player_choices')).toBe(true);
    for (const topic of [
      'paddlewire/1/devices/b/up',
      'paddlewire/1/devices/a/down',
      'paddlewire/1/devices/a/up/x',
      'paddlewire/1/rooms/main/state',
      'paddlewire/1/hub/health',
      '$SYS/x',
      'game/lifetime_wins',
    ]) {
      expect(mayPublish('a', topic), topic).toBe(false);
    }
  });

  it('reads what is public, and no other device’s down', () => {
    for (const filter of [
      'paddlewire/1/rooms/#',
      'paddlewire/1/rooms/main/state',
      'paddlewire/1/devices/+/presence',
      'paddlewire/1/hub/health',
      'game/#',
    ]) {
      expect(maySubscribe('a', filter), filter).toBe(true);
    }
    expect(maySubscribe('a', 'paddlewire/1/devices/a/down')).toBe(true);
    for (const filter of [
      '#',
      '+/#',
      'paddlewire/#',
      'paddlewire/1/#',
      'paddlewire/1/devices/#',
      'paddlewire/1/devices/b/down',
      'paddlewire/1/devices/+/down',
      'paddlewire/1/+/a/down',
      '$SYS/#',
      'paddlewire/1/rooms/a/b/c',
      'paddlewire/1/rooms/main/secrets',
      '$share/x/paddlewire/1/rooms/#',
    ]) {
      expect(maySubscribe('a', filter), filter).toBe(false);
    }
  });

  it('an id is one topic level and a safe name', () => {
    for (const id of ['a', 'uno-7f3a2c91', 'A.b_c-9', 'x'.repeat(32)]) expect(isDeviceId(id), id).toBe(true);
    for (const id of ['', '-a', '.hidden', 'a/b', 'a+', '#', 'ä', 'a b', 'x'.repeat(33), 'a\u0000'])
      expect(isDeviceId(id), id).toBe(false);
  });
});
