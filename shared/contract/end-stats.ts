/** How much an END can say beside its result. */
import { MESSAGES } from './messages.ts';

/** Bytes of an END without scores and stats, at most: heads, types, result, and a winner of twelve. */
const REST = 20;
/** A score of 65535 as CBOR. */
const SCORE_BYTES = 3;

/** The numbers of a game as they are, or null where an END has no room for them. */
export function fitting(
  stats: Readonly<Record<string, number>> | null,
  scores: readonly number[],
): Readonly<Record<string, number>> | null {
  const room = MESSAGES.END.maxBytes - REST - SCORE_BYTES * scores.length;
  // As JSON numbers and short names are no shorter than as CBOR.
  return stats !== null && JSON.stringify(stats).length <= room ? stats : null;
}
