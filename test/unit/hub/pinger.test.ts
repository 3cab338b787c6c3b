import { expect, it } from 'vitest';
import { emptyCounters, type Link } from '../../../hub/links/link.ts';
import { Pinger } from '../../../hub/lobby/pinger.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

it('who says HELLO again and again is asked once for each, and quickly only after the last', () => {
  const clock = new VirtualClock();
  const pinger = new Pinger(clock);
  let pings = 0;
  const link = {
    kind: 'serial',
    address: 'here',
    deviceId: null,
    answersPing: true,
    counters: emptyCounters(),
    send: () => void pings++,
    close: () => {},
  } satisfies Link;
  for (let hello = 0; hello < 100; hello++) pinger.add(link);
  expect(pings).toBe(100);
  clock.advance(5000);
  expect(pings).toBe(107);
  pinger.add(link);
  pinger.forget(link);
  expect(clock.pending).toBe(0);
});
