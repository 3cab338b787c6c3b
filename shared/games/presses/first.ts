/** Who was first, honestly: by the moments of the presses and not of their arrival, and no more surely than they are known. */
import type { Stamp } from '../game.ts';

/**
 * The seats that may have been first: the one with the earliest press, and all whose bounds overlap with its own. The
 * earliest comes first; more than one means a tie.
 */
export function firstOf(presses: readonly (Stamp | null)[]): number[] {
  const earliest = earliestOf(presses);
  if (earliest === -1) return [];
  const { at, bound } = presses[earliest] as Stamp;
  const others = presses.flatMap((press, seat) =>
    press !== null && seat !== earliest && press.at - press.bound <= at + bound ? [seat] : [],
  );
  return [earliest, ...others];
}

/** Of two at the same µs the one whose moment is known better, then the lower seat. -1: nobody pressed. */
function earliestOf(presses: readonly (Stamp | null)[]): number {
  let best = -1;
  for (const [seat, press] of presses.entries()) {
    const than = presses[best];
    if (press === null) continue;
    const before = than === null || than === undefined || press.at < than.at;
    if (before || (press.at === than.at && press.bound < than.bound)) best = seat;
  }
  return best;
}
