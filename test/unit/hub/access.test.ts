import { describe, expect, it } from 'vitest';
import { Access, freshSecret } from '../../../hub/broker/access.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Tries all PINs, five a second. @returns how long it took until one was taken, in ms; null: longer than `limitMs` */
function guess(access: Access, clock: VirtualClock, limitMs: number): number | null {
  const began = clock.now();
  for (let pin = 0; clock.now() - began < limitMs; pin = (pin + 1) % 10_000) {
    if (access.grant(bytes(String(pin).padStart(4, '0')), 'guesser') === 'play') return clock.now() - began;
    clock.advance(200);
  }
  return null;
}

describe('who may play', () => {
  it('gives the PIN; who gives none may watch, who gives another one may not even that', () => {
    const access = new Access('pin', '0042', new VirtualClock());
    expect(access.grant(bytes('0042'), 'a')).toBe('play');
    expect(access.grant(undefined, 'a')).toBe('watch');
    expect(access.grant(bytes(''), 'a')).toBe('watch');
    for (const wrong of ['42', '00420', '0043', ' 0042']) expect(access.grant(bytes(wrong), 'a')).toBe('denied');
  });

  it('after 20 wrong tries nothing is taken from that address for a minute, and everything from another', () => {
    const clock = new VirtualClock();
    const access = new Access('pin', '0042', clock);
    for (let wrong = 0; wrong < 20; wrong++) {
      expect(access.grant(bytes('0042'), 'pupil')).toBe('play');
      expect(access.grant(bytes('1111'), 'pupil')).toBe('denied');
      clock.advance(1000);
    }
    expect(access.grant(bytes('0042'), 'pupil')).toBe('denied');
    expect(access.grant(bytes('0042'), 'other')).toBe('play');
    clock.advance(58_000);
    expect(access.grant(bytes('0042'), 'pupil')).toBe('denied');
    clock.advance(1000);
    expect(access.grant(bytes('0042'), 'pupil')).toBe('play');
  });

  it('a lesson is too short to try many PINs', () => {
    const clock = new VirtualClock();
    expect(guess(new Access('pin', '0019', clock), clock, 60_000)).toBe(19 * 200);
    // 45 minutes: 42 rounds of 4 s and a minute.
    expect(guess(new Access('pin', '0999', clock), clock, 45 * 60_000)).toBeNull();
  });

  it('a fresh PIN has four digits, also where it begins with zeros', () => {
    const pins = Array.from({ length: 500 }, () => freshSecret('pin'));
    for (const pin of pins) expect(pin).toMatch(/^\d{4}$/);
    expect(new Set(pins).size).toBeGreaterThan(400);
    expect(freshSecret('token')).toMatch(/^\d{6}$/);
  });
});
