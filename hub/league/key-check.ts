/** Whether somebody may register: with the key of the league, or with the PIN or token of the class. */
import { createHash, timingSafeEqual } from 'node:crypto';

interface KeyCheck {
  readonly registration: 'key' | 'pin' | 'closed';
  /** @param address where it comes from: too many tries from there are not looked at */
  readonly key: (given: string, address: string) => boolean;
}

interface Tries {
  take(address: string): boolean;
  wrong(address: string): void;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @param keys what counts; an empty one counts not */
export function keyCheck(keys: { readonly league: string; readonly pin: string }, tries: Tries): KeyCheck {
  const right = [keys.league, keys.pin].filter((key) => key !== '').map(digest);
  return {
    registration: keys.league !== '' ? 'key' : keys.pin !== '' ? 'pin' : 'closed',
    key: (given, address) => {
      if (!tries.take(address)) return false;
      // Equal lengths, whatever was given: a comparison that tells nothing by its time.
      if (right.some((one) => timingSafeEqual(one, digest(given)))) return true;
      tries.wrong(address);
      return false;
    },
  };
}
