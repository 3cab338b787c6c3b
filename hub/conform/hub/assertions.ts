/** All that is asserted of a hub, in the order of the report. */
import { ANSWERS } from './answer-assertions.ts';
import type { HubAssertion } from './judging.ts';
import { SERVICE } from './service-assertions.ts';

export const HUB_ASSERTIONS: readonly HubAssertion[] = [...ANSWERS, ...SERVICE];
