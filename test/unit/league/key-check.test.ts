import { describe, expect, it } from 'vitest';
import { Tries } from '../../../hub/broker/tries.ts';
import { keyCheck } from '../../../hub/league/key-check.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const check = (league: string, pin: string, clock = new VirtualClock()) => keyCheck({ league, pin }, new Tries(clock));

describe('the key for registering', () => {
  it('is that of the league, or the PIN; nothing else, and never an empty one', () => {
    for (const [league, pin, registration] of [
      ['lecture', '', 'key'],
      ['lecture', '4711', 'key'],
      ['', '4711', 'pin'],
      ['', '', 'closed'],
    ] as const) {
      const { key, registration: said } = check(league, pin);
      expect(said).toBe(registration);
      expect(key('lecture', 'a')).toBe(league === 'lecture');
      expect(key('4711', 'a')).toBe(pin === '4711');
      expect(key('', 'a')).toBe(false);
    }
  });

  it('is not looked at after many wrong ones from an address, for a minute', () => {
    const clock = new VirtualClock();
    const { key } = check('lecture', '', clock);
    for (let wrong = 0; wrong < 20; wrong++) {
      expect(key(`${wrong}`, 'pupil')).toBe(false);
      clock.advance(1000);
    }
    expect(key('lecture', 'pupil')).toBe(false);
    expect(key('lecture', 'other')).toBe(true);
    clock.advance(60_000);
    expect(key('lecture', 'pupil')).toBe(true);
  });
});
