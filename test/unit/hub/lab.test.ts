import { describe, expect, it } from 'vitest';
import { LabNetworks } from '../../../hub/lobby/lab.ts';
import { Session } from '../../../hub/lobby/session.ts';
import { MESSAGES, type MessageName } from '../../../shared/contract/messages.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const LAB = { delayMs: 80, jitterMs: 0, lossPercent: 50 };
type Passing = Parameters<LabNetworks['pass']>[2];
const NAMES = Object.keys(MESSAGES).filter((name) => name !== 'SNAPSHOT') as Passing[];

/** Sends a hundred of each message. @returns by message, how many came at once, and how many came in all */
function passed(lab: typeof LAB | null): Record<string, { atOnce: number; inAll: number }> {
  const clock = new VirtualClock();
  const networks = new LabNetworks(clock, () => 1);
  const session = new Session('ada');
  const count = Object.fromEntries(NAMES.map((name) => [name, 0]));
  for (const name of NAMES)
    for (let number = 0; number < 100; number++) networks.pass(session, lab, name, () => void count[name]!++);
  const atOnce = { ...count };
  clock.advance(1000);
  return Object.fromEntries(NAMES.map((name) => [name, { atOnce: atOnce[name]!, inAll: count[name]! }]));
}

describe('what the lab does', () => {
  const fate = passed(LAB);
  const of = (...names: MessageName[]) => names.map((name) => fate[name]);

  it('loses and delays what the next message says better', () => {
    for (const one of of('INPUT', 'COMMAND', 'PONG', 'SYNC', 'OBSERVE')) {
      expect(one?.atOnce).toBe(0);
      expect(one?.inAll).toBeGreaterThan(20);
      expect(one?.inAll).toBeLessThan(80);
    }
  });

  it('only delays what would be sent again, and the sign of life of the hub', () => {
    for (const one of of('PING', 'START', 'SCORE', 'EFFECT', 'END')) expect(one).toEqual({ atOnce: 0, inAll: 100 });
  });

  it('leaves everything else alone, and everything where there is no lab', () => {
    const touched = new Set('INPUT COMMAND PONG SYNC OBSERVE PING START SCORE EFFECT END'.split(' '));
    for (const [name, one] of Object.entries(fate))
      if (!touched.has(name)) expect(one, name).toEqual({ atOnce: 100, inAll: 100 });
    for (const one of Object.values(passed(null))) expect(one).toEqual({ atOnce: 100, inAll: 100 });
  });
});
