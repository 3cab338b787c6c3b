/** The hub's part of the kit on the clock of this computer, with hands that press as it asks. */
import { systemClock } from '../../../hub/clock.ts';
import { judge, type Result } from '../../../hub/conform/assertion.ts';
import { DEVICE_ASSERTIONS } from '../../../hub/conform/device/assertions.ts';
import { playDevice } from '../../../hub/conform/device/script.ts';
import type { DeviceWire } from '../../../hub/conform/device/wire.ts';
import { reportLines } from '../../../hub/conform/report.ts';

/** No test of these is as short as others: a device waits for its hub, and people press. */
export const MINUTES = 120_000;

export async function conform(wire: DeviceWire, hands: ((sentence: string) => void) | null): Promise<Result[]> {
  const transcript = await playDevice({ wire, clock: systemClock, hands, say: () => {}, patienceMs: 30_000 });
  return judge(DEVICE_ASSERTIONS, transcript);
}

export const failures = (results: readonly Result[]): string[] =>
  reportLines(results).filter((line) => line.includes('FAILED') || line.includes('came:'));

/** Presses as the kit asks: one button five times or once, or two at a time. */
export async function press(
  sentence: string,
  hold: (pressed: readonly boolean[]) => Promise<void> | void,
): Promise<void> {
  const one = [
    [true, false],
    [false, false],
  ];
  const chord = [
    [true, false],
    [true, true],
    [false, true],
    [false, false],
  ];
  const moves = /second one/.test(sentence)
    ? chord
    : /5 times/.test(sentence)
      ? Array.from({ length: 5 }, () => one).flat()
      : one;
  for (const held of moves) {
    await hold(held);
    await new Promise((resolve) => setTimeout(resolve, 90));
  }
}
