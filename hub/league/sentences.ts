/** What who has played is told: how it stands, or why there is no result. */
import type { Place } from './ladder.ts';

const AGAIN = 'JOIN again to be paired.';

/** @param gone user whose device went away; undefined: nobody's */
export const unfinished = (gone: string | undefined): string =>
  gone === undefined
    ? `The match ended without a result. ${AGAIN}`
    : `The match ended because ${gone} went away. ${AGAIN}`;

export const standing = (place: Place | undefined): string =>
  place === undefined
    ? AGAIN
    : `You are ${place.rank} on the ladder of ${place.game} with ${place.score.toFixed(2)}. ${AGAIN}`;
