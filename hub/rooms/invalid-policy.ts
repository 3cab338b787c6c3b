/** What becomes of who sent a command that no game could take. */

export const INVALID_POLICIES = ['ignore', 'disconnect'] as const;
/** It is told why, and nothing else; or its connection is ended too. */
export type InvalidPolicy = (typeof INVALID_POLICIES)[number];
