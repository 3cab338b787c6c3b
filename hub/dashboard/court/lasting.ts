/** How long what happened on a court is to be seen, in ms. */
import type { Shown } from '../live/effects.ts';

export const LASTS_MS: Readonly<Record<Shown, number>> = { point: 900, bounce: 160, serve: 400, win: 3000 };
