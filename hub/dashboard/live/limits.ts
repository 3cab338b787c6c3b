/** Limits of the contract. Its table of all messages, which has them too, is more than a page that looks on should load. */
import type { MAX_SEATS as Most } from '../../../shared/contract/messages.ts';

/** The most seats a game can have; the type holds it equal to the contract's. */
export const MAX_SEATS: typeof Most = 32;
