/** What becomes of play when devices vanish: three policies, as questions about numbers of seats. */

export const LOST_POLICIES = ['pause', 'freeze', 'remove', 'end'] as const;
/** `pause` until they are back, `freeze` their paddles, `remove` them, or `end` the match. */
export type LostPolicy = (typeof LOST_POLICIES)[number];

/** Whether play has to stop: somebody is awaited, or nobody who is there could play. */
export const mustPause = (policy: LostPolicy, taken: number, lost: number): boolean =>
  lost > 0 && (policy === 'pause' || lost === taken);

/** Whether a seat is kept for however long, because its paddle stands frozen in a running match. */
export const keepsFrozen = (policy: LostPolicy, playing: boolean): boolean => policy === 'freeze' && playing;
